using System.Text.Json.Nodes;
using ClawGrains.Client.Mcp.Sessions;
using Microsoft.AspNetCore.Http;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace ClawGrains.Client.Mcp.Http;

/// <summary>
/// Holds the headers of a request against its body: the revision in both (SEP-2575), and from 2026-07-28 on
/// <c>Mcp-Method</c>, <c>Mcp-Name</c> and the required <c>_meta</c> (SEP-2243).
/// </summary>
internal static class RequestHeaders
{
    /// <summary>The header that names the revision.</summary>
    public const string ProtocolVersion = "MCP-Protocol-Version";

    /// <summary>The header that names the session.</summary>
    public const string SessionId = "Mcp-Session-Id";

    private const string Method = "Mcp-Method";
    private const string Name = "Mcp-Name";

    /// <summary>The revision that the header names, or null.</summary>
    public static string? VersionOf(HttpContext context) =>
        context.Request.Headers[ProtocolVersion].ToString() is { Length: > 0 } version ? version : null;

    /// <summary>The first thing that is wrong with the headers, or null.</summary>
    public static RpcError? Check(HttpContext context, JsonRpcMessage message)
    {
        var version = VersionOf(context);
        if (version is not null && !ProtocolVersions.IsSupported(version)) return RpcError.UnsupportedVersion(version);
        var (method, parameters) = message switch
        {
            JsonRpcRequest r => (r.Method, r.Params as JsonObject),
            JsonRpcNotification n => (n.Method, n.Params as JsonObject),
            _ => (null, null),
        };
        if (method is null) return null;
        if (!ProtocolVersions.IsStateless(version)) return CheckOlder(version, method, parameters);
        return CheckEnvelope(version!, message, parameters) ?? CheckRouting(context, method, parameters)
            ?? CheckCapabilities(message, parameters);
    }

    private static RpcError? CheckOlder(string? version, string method, JsonObject? parameters)
    {
        if (ProtocolVersions.IsStateless(MetaText(parameters, MetaKeys.ProtocolVersion)))
            return RpcError.Mismatch($"The body's _meta names a revision that needs the header {ProtocolVersion}.");
        var asked = method == RequestMethods.Initialize ? Text(parameters, "protocolVersion") : null;
        return version is not null && asked is not null && version != asked
            ? RpcError.Mismatch($"The header {ProtocolVersion} says '{version}', params.protocolVersion '{asked}'.")
            : null;
    }

    private static RpcError? CheckEnvelope(string version, JsonRpcMessage message, JsonObject? parameters)
    {
        var named = MetaText(parameters, MetaKeys.ProtocolVersion);
        if (named == version) return null;
        if (named is not null) return RpcError.Mismatch($"The header {ProtocolVersion} says '{version}', _meta '{named}'.");
        // No one would read the error of a notification, and a lost notifications/cancelled leaves work running.
        return message is JsonRpcRequest
            ? RpcError.BadRequest(McpErrorCode.InvalidParams, $"_meta needs '{MetaKeys.ProtocolVersion}'.")
            : null;
    }

    private static RpcError? CheckRouting(HttpContext context, string method, JsonObject? parameters)
    {
        var headers = context.Request.Headers;
        if (!headers.ContainsKey(Method)) return RpcError.Mismatch($"The header {Method} is missing.");
        var routed = headers[Method].ToString().Trim();
        if (routed != method) return RpcError.Mismatch($"The header {Method} says '{routed}', the body '{method}'.");
        var key = method switch
        {
            RequestMethods.ToolsCall or RequestMethods.PromptsGet => "name",
            RequestMethods.ResourcesRead => "uri",
            _ => null,
        };
        return key is null ? null : CheckName(context, Text(parameters, key));
    }

    private static RpcError? CheckName(HttpContext context, string? body)
    {
        if (!context.Request.Headers.ContainsKey(Name)) return RpcError.Mismatch($"The header {Name} is missing.");
        var raw = context.Request.Headers[Name].ToString().Trim();
        if (HeaderValue.Decode(raw) is not { } name) return RpcError.Mismatch($"The header {Name} is not validly encoded.");
        return name == body ? null : RpcError.Mismatch($"The header {Name} says '{name}', the body '{body}'.");
    }

    private static RpcError? CheckCapabilities(JsonRpcMessage message, JsonObject? parameters) =>
        message is JsonRpcRequest && Meta(parameters)?[MetaKeys.ClientCapabilities] is not JsonObject
            ? RpcError.BadRequest(McpErrorCode.InvalidParams, $"_meta needs '{MetaKeys.ClientCapabilities}', an object.")
            : null;

    private static JsonObject? Meta(JsonObject? parameters) => parameters?["_meta"] as JsonObject;

    private static string? MetaText(JsonObject? parameters, string key) => Text(Meta(parameters), key);

    private static string? Text(JsonObject? node, string key) =>
        node?[key] is JsonValue value && value.TryGetValue(out string? text) ? text : null;
}
