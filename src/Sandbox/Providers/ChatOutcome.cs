using System.Collections.Immutable;
using System.Text.Json.Nodes;
using ClawGrains.Contracts;
using ClawGrains.Sandbox.Execution;

namespace ClawGrains.Sandbox.Providers;

/// <summary>A whole answer of a model.</summary>
public sealed record ChatResponse
{
    /// <summary>The text.</summary>
    public required string Content { get; init; }

    /// <summary>Tools that the model wants to be run.</summary>
    public ImmutableArray<ChatToolCall> ToolCalls { get; init; } = [];

    /// <summary><c>stop</c>, <c>length</c>, <c>tool-calls</c> or <c>content-filter</c>.</summary>
    public required string FinishReason { get; init; }

    /// <summary>Tokens in and out, where the provider counts them.</summary>
    public (long Input, long Output)? Usage { get; init; }
}

/// <summary>How a chat with a provider plugin ended.</summary>
/// <param name="Response">The answer; null where there is none.</param>
/// <param name="Failure">The provider's own error: <c>unavailable</c>, <c>rate-limited</c>, <c>invalid-request</c> or <c>failed</c>; null where it is not its own.</param>
/// <param name="Error">Why there is no answer; null where there is one.</param>
public sealed record ChatOutcome(ChatResponse? Response, string? Failure, PluginError? Error)
{
    internal static ChatOutcome Of(PluginOutcome outcome)
    {
        if (outcome.Result is null) return new(null, null, outcome.Error ?? new PluginError(PluginErrorKind.Trap, outcome.ToolError ?? ""));
        var result = JsonNode.Parse(outcome.Result)!.AsObject().First();
        if (result.Key == "ok") return new(Read(result.Value!), null, null);
        var failure = result.Value!.AsObject().First();
        return new(null, failure.Key, new PluginError(KindOf(failure.Key), failure.Value!.GetValue<string>(), failure.Key == "rate-limited" ? ExhaustedResource.Rate : ExhaustedResource.None));
    }

    private static PluginErrorKind KindOf(string failure) => failure switch
    {
        "unavailable" => PluginErrorKind.NotFound,
        "rate-limited" => PluginErrorKind.ResourceExhausted,
        "invalid-request" => PluginErrorKind.InvalidArguments,
        _ => PluginErrorKind.Internal,
    };

    private static ChatResponse Read(JsonNode node) => new()
    {
        Content = node["content"]!.GetValue<string>(),
        ToolCalls = [.. node["tool-calls"]!.AsArray().Select(c => new ChatToolCall(c!["id"]!.GetValue<string>(), c["name"]!.GetValue<string>(), c["arguments"]!.GetValue<string>()))],
        FinishReason = node["finish-reason"]!.GetValue<string>(),
        Usage = node["usage"] is { } usage ? (usage["input-tokens"]!.GetValue<long>(), usage["output-tokens"]!.GetValue<long>()) : null,
    };
}

/// <summary>The models of a provider plugin, or why it could not say.</summary>
/// <param name="Names">Their names.</param>
/// <param name="Error">Null where the plugin answered.</param>
public sealed record ChatModels(ImmutableArray<string> Names, PluginError? Error)
{
    internal static ChatModels Of(PluginOutcome outcome) => outcome.Result is null
        ? new([], outcome.Error ?? new PluginError(PluginErrorKind.Trap, outcome.ToolError ?? ""))
        : new([.. JsonNode.Parse(outcome.Result)!.AsArray().Select(n => n!.GetValue<string>())], null);
}
