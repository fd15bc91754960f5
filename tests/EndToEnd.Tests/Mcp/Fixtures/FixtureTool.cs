using System.Text.Json;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace ClawGrains.EndToEnd.Tests.Mcp.Fixtures;

internal delegate ValueTask<CallToolResult> FixtureCall(
    RequestContext<CallToolRequestParams> request, CancellationToken cancellationToken);

/// <summary>A tool that a scenario of the conformance suite asks for by name.</summary>
internal sealed record FixtureTool(Tool Definition, FixtureCall Call)
{
    private const string NoArguments = """{"type":"object","properties":{}}""";

    /// <summary>A tool that takes no arguments, or those of a schema.</summary>
    public static FixtureTool Of(string name, string description, FixtureCall call, string schema = NoArguments) => new(
        new Tool { Name = name, Description = description, InputSchema = JsonDocument.Parse(schema).RootElement }, call);

    /// <summary>A tool whose answer is always the same.</summary>
    public static FixtureTool Of(string name, string description, params ContentBlock[] content) =>
        Of(name, description, (_, _) => new(new CallToolResult { Content = content }));

    /// <summary>A result of one text.</summary>
    public static CallToolResult Text(string text) => new() { Content = [new TextContentBlock { Text = text }] };
}
