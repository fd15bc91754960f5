using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace ClawGrains.Client.Mcp.Sessions;

/// <summary>
/// Tells what is wrong with the parameters of a request. The SDK reads them before any handler and says of what it can't read that
/// an error occurred. They are looked at where a request failed, so that one that is right costs nothing.
/// </summary>
internal static class ParameterFaults
{
    private static readonly Parameter Name = new("name", JsonValueKind.String, IsRequired: true);
    private static readonly Parameter Uri = new("uri", JsonValueKind.String, IsRequired: true);
    private static readonly Parameter Arguments = new("arguments", JsonValueKind.Object);
    private static readonly Parameter[] OfAll = [new("_meta", JsonValueKind.Object), new("cursor", JsonValueKind.String)];

    private static readonly Dictionary<string, Parameter[]> OfMethods = new(StringComparer.Ordinal)
    {
        [RequestMethods.ToolsCall] = [Name, Arguments],
        [RequestMethods.PromptsGet] = [Name, Arguments],
        [RequestMethods.ResourcesRead] = [Uri],
        [RequestMethods.ResourcesSubscribe] = [Uri],
        [RequestMethods.ResourcesUnsubscribe] = [Uri],
        [RequestMethods.SubscriptionsListen] = [new("notifications", JsonValueKind.Object, IsRequired: true)],
        [RequestMethods.CompletionComplete] = [new("ref", JsonValueKind.Object, IsRequired: true), new("argument", JsonValueKind.Object, IsRequired: true)],
        [RequestMethods.Initialize] =
        [
            new("protocolVersion", JsonValueKind.String, IsRequired: true), new("capabilities", JsonValueKind.Object, IsRequired: true),
            new("clientInfo", JsonValueKind.Object, IsRequired: true),
        ],
    };

    /// <summary>A message filter that gives what failed by a fault of its parameters the error that names it.</summary>
    public static McpMessageHandler Tell(McpMessageHandler next) => async (context, cancellationToken) =>
    {
        try
        {
            await next(context, cancellationToken);
        }
        catch (Exception e) when (Explain(e, context.JsonRpcMessage) is { } fault)
        {
            throw FeatureErrors.InvalidParams(fault);
        }
    };

    /// <summary>The fault of the parameters by which a message failed; null where it failed by something else.</summary>
    public static string? Explain(Exception e, JsonRpcMessage message) =>
        e is not (McpException or OperationCanceledException) && message is JsonRpcRequest request ? Find(request) : null;

    private static string? Find(JsonRpcRequest request)
    {
        if (request.Params is not (null or JsonObject)) return "params must be an object.";
        var parameters = request.Params as JsonObject ?? [];
        return Unreadable(parameters, "params")
            ?? OfMethods.GetValueOrDefault(request.Method, []).Concat(OfAll).Select(p => p.FaultIn(parameters)).FirstOrDefault(f => f is not null);
    }

    // A node reads its text when it is asked for it, and throws then.
    private static string? Unreadable(JsonNode? node, string path)
    {
        try
        {
            if (node is JsonValue value) value.TryGetValue<string>(out _);
            return node switch
            {
                JsonObject o => o.Select(p => Unreadable(p.Value, $"{path}.{p.Key}")).FirstOrDefault(f => f is not null),
                JsonArray a => a.Select((item, i) => Unreadable(item, $"{path}[{i}]")).FirstOrDefault(f => f is not null),
                _ => null,
            };
        }
        catch (InvalidOperationException)
        {
            return $"{path} has half of a surrogate pair, which is no character.";
        }
        catch (ArgumentException)
        {
            return $"{path} has two fields of one name.";
        }
    }

    private sealed record Parameter(string Name, JsonValueKind Kind, bool IsRequired = false)
    {
        public string? FaultIn(JsonObject parameters)
        {
            if (parameters[Name] is not { } value) return IsRequired ? $"params.{Name} is missing." : null;
            return value.GetValueKind() == Kind ? null : $"params.{Name} must be {(Kind == JsonValueKind.String ? "a string" : "an object")}.";
        }
    }
}
