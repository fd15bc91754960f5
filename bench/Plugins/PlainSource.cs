using System.Text.Json;
using ClawGrains.Client.Mcp.Features;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace ClawGrains.Client.Bench;

/// <summary>
/// The same echo in C#: <c>plain</c> answers on the spot, <c>away</c> from another turn of the thread pool, as any tool does
/// that waits for something, and <c>kept</c> from behind a grain, where all tools of the server are.
/// </summary>
internal sealed class PlainSource(IGrainFactory grains) : IMcpFeatureSource
{
    private static readonly McpFeatureSet _features = new()
    {
        Number = 1,
        Tools = [Named("plain"), Named("away"), Named("kept")],
    };

    private static Tool Named(string name) =>
        new() { Name = name, Description = "Gives its parameters back.", InputSchema = JsonDocument.Parse("""{"type":"object"}""").RootElement };

    public string Name => "the plain tool";

    public ValueTask<McpFeatureSet> GetAsync(CancellationToken cancellationToken) => new(_features);

    public Task WaitForChangeAsync(long number, CancellationToken cancellationToken) =>
        number < 1 ? Task.CompletedTask : Task.Delay(Timeout.Infinite, cancellationToken);

    public async ValueTask<CallToolResult> CallToolAsync(RequestContext<CallToolRequestParams> request, CancellationToken cancellationToken)
    {
        if (request.Params.Name == "away") await Task.Yield();
        var json = JsonSerializer.Serialize(request.Params.Arguments);
        if (request.Params.Name == "kept") json = await grains.GetGrain<IPlainGrain>("default/plain").EchoAsync(json, cancellationToken);
        return new CallToolResult { Content = [new TextContentBlock { Text = json }], StructuredContent = JsonDocument.Parse(json).RootElement };
    }

    public ValueTask<GetPromptResult> GetPromptAsync(RequestContext<GetPromptRequestParams> request, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<ReadResourceResult?> ReadResourceAsync(RequestContext<ReadResourceRequestParams> request, CancellationToken cancellationToken) => new((ReadResourceResult?)null);

    public ValueTask<Completion?> CompleteAsync(CompleteRequestParams request, CancellationToken cancellationToken) => new((Completion?)null);

    public ValueTask<McpSkill?> GetSkillAsync(string uri, CancellationToken cancellationToken) => new((McpSkill?)null);
}
