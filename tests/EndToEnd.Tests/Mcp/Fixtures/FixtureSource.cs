using ClawGrains.Client.Mcp.Features;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace ClawGrains.EndToEnd.Tests.Mcp.Fixtures;

/// <summary>The tools, prompts and resources that the conformance suite asks a server under test for.</summary>
internal sealed class FixtureSource : IMcpFeatureSource
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, FixtureCall> _calls;
    private McpFeatureSet _features;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public FixtureSource()
    {
        FixtureTool[] tools =
        [
            .. ContentTools.All, .. NotifyingTools.All, .. AskingTools.All, .. RoundTripTools.All,
            FixtureTool.Of("test_trigger_tool_change", "Adds a tool", (_, _) => Change(ToolAdded)),
            FixtureTool.Of("test_trigger_prompt_change", "Adds a prompt", (_, _) => Change(PromptAdded)),
        ];
        _calls = tools.ToDictionary(t => t.Definition.Name, t => t.Call);
        _features = new()
        {
            Number = 1,
            Tools = [.. tools.Select(t => t.Definition)],
            Prompts = FixturePrompts.All,
            Resources = FixtureResources.All,
            ResourceTemplates = FixtureResources.Templates,
        };
    }

    public string Name => "the conformance fixture";

    public ValueTask<McpFeatureSet> GetAsync(CancellationToken cancellationToken)
    {
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
        _calls.TryGetValue(request.Params.Name, out var call) ? call(request, cancellationToken) : new(FixtureTool.Text("added"));

    public ValueTask<GetPromptResult> GetPromptAsync(RequestContext<GetPromptRequestParams> request, CancellationToken cancellationToken) =>
        new(FixturePrompts.Get(request));

    public ValueTask<ReadResourceResult?> ReadResourceAsync(
        RequestContext<ReadResourceRequestParams> request, CancellationToken cancellationToken) =>
        new(FixtureResources.Read(request.Params.Uri));

    public ValueTask<Completion?> CompleteAsync(CompleteRequestParams request, CancellationToken cancellationToken) => default;

    public ValueTask<McpSkill?> GetSkillAsync(string uri, CancellationToken cancellationToken) => default;

    private static McpFeatureSet ToolAdded(McpFeatureSet before) =>
        before with { Tools = [.. before.Tools, new Tool { Name = $"added_{before.Number}", Description = "Was added" }] };

    private static McpFeatureSet PromptAdded(McpFeatureSet before) =>
        before with { Prompts = [.. before.Prompts, new Prompt { Name = $"added_{before.Number}", Description = "Was added" }] };

    private ValueTask<CallToolResult> Change(Func<McpFeatureSet, McpFeatureSet> change)
    {
        lock (_lock)
        {
            _features = change(_features) with { Number = _features.Number + 1 };
            var changed = _changed;
            _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
            changed.SetResult();
        }
        return new(FixtureTool.Text("changed"));
    }
}
