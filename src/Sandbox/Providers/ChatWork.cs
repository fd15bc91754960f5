using System.Text.Json.Nodes;
using ClawGrains.Sandbox.Execution;

namespace ClawGrains.Sandbox.Providers;

/// <summary>Has a provider plugin answer a chat, whole or piece by piece; without a chat, asks for its models.</summary>
internal sealed class ChatWork(ChatRequest? request = null, Func<string, bool>? sink = null) : GuestWork
{
    private static readonly string[] Namespaces = ["clawgrains", "zeroclaw"];
    private static readonly string[] List = Names("list-models");
    private static readonly string[] Complete = Names("complete");
    private static readonly string[] Stream = Names("stream-chat");

    private readonly JsonObject _arguments = request is null ? [] : new JsonObject { ["request"] = Json(request) };

    public override string? Function => request is null ? null : "chat";

    public override string Arguments => request?.Model ?? "";

    public override int InputBytes => request is null ? 0 : request.Messages.Sum(m => m.Content.Length);

    public override Func<string, bool>? Sink => sink;

    protected override PluginOutcome Call(LiveGuest guest, HostSession session) =>
        guest.Find(request is null ? List : sink is null ? Complete : Stream) is { } function
            ? CallJson(function, session, _arguments)
            : Lacks(guest, "clawgrains:providers/providers");

    private static string[] Names(string function) => [.. Namespaces.Select(n => $"{n}:providers/providers@1.0.0#{function}")];

    private static JsonObject Json(ChatRequest request) => new()
    {
        ["model"] = request.Model,
        ["messages"] = new JsonArray([.. request.Messages.Select(Json)]),
        ["tools"] = new JsonArray([.. request.Tools.Select(t => new JsonObject { ["name"] = t.Name, ["description"] = t.Description, ["input-schema"] = t.InputSchema })]),
        ["temperature"] = request.Temperature,
        ["max-tokens"] = request.MaxTokens,
        ["stop"] = new JsonArray([.. request.Stop.Select(s => (JsonNode)s)]),
    };

    private static JsonNode Json(ChatMessage message) => new JsonObject
    {
        ["role"] = message.Role.ToString().ToLowerInvariant(),
        ["content"] = message.Content,
        ["tool-calls"] = new JsonArray([.. message.ToolCalls.Select(c => new JsonObject { ["id"] = c.Id, ["name"] = c.Name, ["arguments"] = c.Arguments })]),
        ["tool-call-id"] = message.ToolCallId,
    };
}
