using System.Collections.Immutable;
using System.Text.Json.Nodes;
using ClawGrains.Contracts;
using ClawGrains.Sandbox.Execution;

namespace ClawGrains.Sandbox.Hooks;

/// <summary>What a hook decided.</summary>
public enum HookDecision
{
    /// <summary>Go on; also where the hook failed.</summary>
    Proceed,

    /// <summary>Go on with another payload.</summary>
    Replace,

    /// <summary>Do not go on.</summary>
    Cancel,
}

/// <summary>How telling a hook plugin of an event ended.</summary>
/// <param name="Decision">What to do.</param>
/// <param name="Text">The other payload, or the reason to cancel; empty otherwise.</param>
/// <param name="Error">What went wrong; null where nothing did. Never a reason to stop.</param>
public sealed record HookOutcome(HookDecision Decision, string Text, PluginError? Error)
{
    internal static HookOutcome Of(PluginOutcome outcome)
    {
        if ((outcome.Error ?? Told(outcome.ToolError)) is { } error) return new(HookDecision.Proceed, "", error);
        var result = JsonNode.Parse(outcome.Result!)!.AsObject().First();
        if (result.Key == "error") return new(HookDecision.Proceed, "", Told(result.Value!.GetValue<string>()));
        var decision = result.Value!.AsObject().First();
        return decision.Key switch
        {
            "replace" => new(HookDecision.Replace, decision.Value!.GetValue<string>(), null),
            "cancel" => new(HookDecision.Cancel, decision.Value!.GetValue<string>(), null),
            _ => new(HookDecision.Proceed, "", null),
        };
    }

    private static PluginError? Told(string? message) => message is null ? null : new PluginError(PluginErrorKind.Trap, $"the hook failed: {message}");
}

/// <summary>What a hook plugin subscribes to, or why it could not say.</summary>
/// <param name="Items">The subscriptions.</param>
/// <param name="Error">Null where the plugin answered.</param>
public sealed record HookSubscriptions(ImmutableArray<HookSubscription> Items, PluginError? Error)
{
    internal static HookSubscriptions Of(PluginOutcome outcome)
    {
        if (outcome.Result is null) return new([], outcome.Error ?? new PluginError(PluginErrorKind.Trap, outcome.ToolError ?? ""));
        return new([.. JsonNode.Parse(outcome.Result)!.AsArray().Select(Read)], null);
    }

    private static HookSubscription Read(JsonNode? node) => new(
        HookNames.Point(node!["point"]!.GetValue<string>()),
        node["mode"]!.GetValue<string>() == "modifying" ? HookMode.Modifying : HookMode.Observing,
        (int)node["priority"]!.GetValue<long>());
}
