using System.Text;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

#pragma warning disable MCP9005 // Sampling is deprecated from 2026-07-28 on; the suite asks for it.

namespace ClawGrains.EndToEnd.Tests.Mcp.Fixtures;

/// <summary>Tools whose answers show each kind of content.</summary>
internal static class ContentTools
{
    /// <summary>A red pixel as PNG, in Base64 as it goes over the wire.</summary>
    public const string Png =
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==";

    private const string Wav = "UklGRiYAAABXQVZFZm10IBAAAAABAAEAQB8AAAB9AAACABAAZGF0YQIAAAA=";

    public static IEnumerable<FixtureTool> All =>
    [
        FixtureTool.Of("test_simple_text", "One text", Text("This is a simple text response for testing.")),
        FixtureTool.Of("test_image_content", "One image", Image()),
        FixtureTool.Of("test_audio_content", "One sound", new AudioContentBlock { Data = Encoding.UTF8.GetBytes(Wav), MimeType = "audio/wav" }),
        FixtureTool.Of("test_embedded_resource", "One resource",
            Resource("test://embedded-resource", "text/plain", "This is an embedded resource content.")),
        FixtureTool.Of("test_multiple_content_types", "Several kinds", Text("Multiple content types test:"), Image(),
            Resource("test://mixed-content-resource", "application/json", """{"test":"data","value":123}""")),
        FixtureTool.Of("test_error_handling", "Fails", (_, _) => new(new CallToolResult
        {
            IsError = true,
            Content = [Text("This tool intentionally returns an error for testing")],
        })),
        FixtureTool.Of("test_streaming_elicitation", "Answers without asking anything", Text("Only this result.")),
        FixtureTool.Of("test_missing_capability", "Needs sampling", (request, _) =>
            request.Server.ClientCapabilities?.Sampling is null
                ? throw new MissingRequiredClientCapabilityException(new ClientCapabilities { Sampling = new() }, "This tool needs sampling.")
                : new(FixtureTool.Text("The client offers sampling."))),
        FixtureTool.Of("json_schema_2020_12_tool", "Has a schema of all keywords", (_, _) => new(FixtureTool.Text("called")), Schema),
        FixtureTool.Of("test_header_tool", "Mirrors an argument in a header",
            (request, _) => new(FixtureTool.Text($"region {request.Params.Arguments?["region"]}")),
            """
            {"type":"object","required":["region"],"properties":{
              "region":{"type":"string","x-mcp-header":"Region"},"query":{"type":"string"}}}
            """),
    ];

    private const string Schema = """
        {
          "$schema": "https://json-schema.org/draft/2020-12/schema",
          "type": "object",
          "$defs": { "address": { "$anchor": "addressDef", "type": "object",
            "properties": { "street": { "type": "string" }, "city": { "type": "string" } } } },
          "properties": {
            "name": { "type": "string" }, "address": { "$ref": "#/$defs/address" },
            "contactMethod": { "type": "string", "enum": ["phone", "email"] },
            "phone": { "type": "string" }, "email": { "type": "string" } },
          "allOf": [{ "anyOf": [{ "required": ["phone"] }, { "required": ["email"] }] }],
          "if": { "properties": { "contactMethod": { "const": "phone" } }, "required": ["contactMethod"] },
          "then": { "required": ["phone"] },
          "else": { "required": ["email"] },
          "additionalProperties": false
        }
        """;

    private static TextContentBlock Text(string text) => new() { Text = text };

    private static ImageContentBlock Image() => new() { Data = Encoding.UTF8.GetBytes(Png), MimeType = "image/png" };

    private static EmbeddedResourceBlock Resource(string uri, string mimeType, string text) =>
        new() { Resource = new TextResourceContents { Uri = uri, MimeType = mimeType, Text = text } };
}
