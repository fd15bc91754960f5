using System.Text.Json;
using ClawGrains.Client.Mcp.Features;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace ClawGrains.Client.Bench;

/// <summary>The same echo in C#, answered on the spot.</summary>
internal sealed class PlainSource : IMcpFeatureSource
{
    private static readonly McpFeatureSet _features = new()
    {
        Number = 1,
        Tools = [new Tool { Name = "plain", Description = "Gives its parameters back.", InputSchema = JsonDocument.Parse("""{"type":"object"}""").RootElement }],
    };

    public string Name => "the plain tool";

    public ValueTask<McpFeatureSet> GetAsync(CancellationToken cancellationToken) => new(_features);

    public Task WaitForChangeAsync(long number, CancellationToken cancellationToken) =>
        number < 1 ? Task.CompletedTask : Task.Delay(Timeout.Infinite, cancellationToken);

    public ValueTask<CallToolResult> CallToolAsync(RequestContext<CallToolRequestParams> request, CancellationToken cancellationToken)
    {
        var json = JsonSerializer.Serialize(request.Params.Arguments);
        return new(new CallToolResult { Content = [new TextContentBlock { Text = json }], StructuredContent = JsonDocument.Parse(json).RootElement });
    }

    public ValueTask<GetPromptResult> GetPromptAsync(RequestContext<GetPromptRequestParams> request, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<ReadResourceResult?> ReadResourceAsync(RequestContext<ReadResourceRequestParams> request, CancellationToken cancellationToken) => new((ReadResourceResult?)null);

    public ValueTask<Completion?> CompleteAsync(CompleteRequestParams request, CancellationToken cancellationToken) => new((Completion?)null);

    public ValueTask<McpSkill?> GetSkillAsync(string uri, CancellationToken cancellationToken) => new((McpSkill?)null);
}
