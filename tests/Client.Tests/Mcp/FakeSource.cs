using System.Text.Json;
using ClawGrains.Client.Mcp.Features;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace ClawGrains.Client.Tests.Mcp;

/// <summary>A source whose offers a test sets, and whose answers a test gives.</summary>
internal sealed class FakeSource : IMcpFeatureSource
{
    private readonly Lock _lock = new();
    private McpFeatureSet _features = new() { Number = 1 };
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Name { get; init; } = "the fake";

    public Dictionary<string, Func<RequestContext<CallToolRequestParams>, CancellationToken, ValueTask<CallToolResult>>> Calls { get; } = [];

    public Dictionary<string, string> Texts { get; } = [];

    public Dictionary<string, McpSkill> Skills { get; } = [];

    public Func<CompleteRequestParams, Completion?> Completes { get; set; } = _ => null;

    /// <summary>What reading it throws; null for nothing.</summary>
    public Exception? Failure { get; set; }

    /// <summary>A source of <paramref name="count"/> tools, prompts and resources.</summary>
    public static FakeSource Of(int count)
    {
        var source = new FakeSource();
        source.Change(f => f with
        {
            Number = 1,
            Tools = [.. Enumerable.Range(0, count).Select(i => Tool($"tool-{i:0000}"))],
            Prompts = [.. Enumerable.Range(0, count).Select(i => new Prompt { Name = $"prompt-{i:0000}" })],
            Resources = [.. Enumerable.Range(0, count).Select(i => Resource($"test://{i:0000}"))],
        });
        return source;
    }

    public static Tool Tool(string name) => new() { Name = name, Description = "A tool", InputSchema = JsonDocument.Parse("""{"type":"object"}""").RootElement };

    public static Resource Resource(string uri) => new() { Uri = uri, Name = uri, MimeType = "text/plain" };

    public static CallToolResult Text(string text) => new() { Content = [new TextContentBlock { Text = text }] };

    /// <summary>Replaces the offers by ones with the next number.</summary>
    public void Change(Func<McpFeatureSet, McpFeatureSet> change)
    {
        lock (_lock)
        {
            _features = change(_features) with { Number = _features.Number + 1 };
            var changed = _changed;
            _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
            changed.SetResult();
        }
    }

    public ValueTask<McpFeatureSet> GetAsync(CancellationToken cancellationToken)
    {
        if (Failure is { } failure) throw failure;
        lock (_lock) return new(_features);
    }

    public async Task WaitForChangeAsync(long number, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                if (_features.Number > number) return;
                changed = _changed.Task;
            }
            await changed.WaitAsync(cancellationToken);
        }
    }

    public ValueTask<CallToolResult> CallToolAsync(RequestContext<CallToolRequestParams> request, CancellationToken cancellationToken) =>
        Calls.TryGetValue(request.Params.Name, out var call) ? call(request, cancellationToken) : new(Text($"called {request.Params.Name}"));

    public ValueTask<GetPromptResult> GetPromptAsync(RequestContext<GetPromptRequestParams> request, CancellationToken cancellationToken) =>
        new(new GetPromptResult { Messages = [new() { Role = Role.User, Content = new TextContentBlock { Text = $"prompt {request.Params.Name}" } }] });

    public ValueTask<ReadResourceResult?> ReadResourceAsync(
        RequestContext<ReadResourceRequestParams> request, CancellationToken cancellationToken) =>
        new(Texts.TryGetValue(request.Params.Uri, out var text)
            ? new ReadResourceResult { Contents = [new TextResourceContents { Uri = request.Params.Uri, Text = text }] }
            : null);

    public ValueTask<Completion?> CompleteAsync(CompleteRequestParams request, CancellationToken cancellationToken) => new(Completes(request));

    public ValueTask<McpSkill?> GetSkillAsync(string uri, CancellationToken cancellationToken) => new(Skills.GetValueOrDefault(uri));
}
