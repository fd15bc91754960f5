using System.Text;
using System.Text.Json.Nodes;
using ModelContextProtocol.Protocol;

namespace ClawGrains.EndToEnd.Tests.Mcp.Fixtures;

/// <summary>The resources that scenarios ask for by URI.</summary>
internal static class FixtureResources
{
    public static IReadOnlyList<Resource> All { get; } =
    [
        new() { Uri = "test://static-text", Name = "static-text", MimeType = "text/plain" },
        new() { Uri = "test://static-binary", Name = "static-binary", MimeType = "image/png" },
        new() { Uri = "test://watched-resource", Name = "watched-resource", MimeType = "text/plain" },
    ];

    public static IReadOnlyList<ResourceTemplate> Templates { get; } =
    [
        new() { UriTemplate = "test://template/{id}/data", Name = "template", MimeType = "application/json" },
    ];

    public static ReadResourceResult? Read(string uri) => uri switch
    {
        "test://static-text" => Text(uri, "text/plain", "This is the content of the static text resource."),
        "test://watched-resource" => Text(uri, "text/plain", "Watched resource content"),
        "test://static-binary" => Of(new BlobResourceContents { Uri = uri, MimeType = "image/png", Blob = Encoding.UTF8.GetBytes(ContentTools.Png) }),
        _ when uri.StartsWith("test://template/", StringComparison.Ordinal) && uri.EndsWith("/data", StringComparison.Ordinal) =>
            Template(uri, uri["test://template/".Length..^"/data".Length]),
        _ => null,
    };

    private static ReadResourceResult Template(string uri, string id) => Text(uri, "application/json",
        new JsonObject { ["id"] = id, ["templateTest"] = true, ["data"] = $"Data for ID: {id}" }.ToJsonString());

    private static ReadResourceResult Text(string uri, string mimeType, string text) =>
        Of(new TextResourceContents { Uri = uri, MimeType = mimeType, Text = text });

    private static ReadResourceResult Of(ResourceContents contents) => new() { Contents = [contents] };
}
