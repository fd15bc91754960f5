using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using ClawGrains.Client.Mcp.Sessions;
using Microsoft.AspNetCore.Http;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace ClawGrains.Client.Mcp.Http;

/// <summary>A request that the endpoint refuses before any session sees it.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Code">The JSON-RPC code.</param>
/// <param name="Message">The reason.</param>
/// <param name="Details">The <c>data</c> of the error.</param>
internal sealed record RpcError(int Status, int Code, string Message, JsonNode? Details = null)
{
    /// <summary>The code of refusals that JSON-RPC has no code for.</summary>
    public const int Transport = -32000;

    /// <summary>The code of unknown sessions, as other implementations have it.</summary>
    public const int SessionNotFound = -32001;

    private static readonly JsonTypeInfo<JsonRpcError> WireType =
        (JsonTypeInfo<JsonRpcError>)McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(JsonRpcError));

    /// <summary>A request that is wrong in itself.</summary>
    public static RpcError BadRequest(McpErrorCode code, string message) =>
        new(StatusCodes.Status400BadRequest, (int)code, message);

    /// <summary>The header and the body disagree (SEP-2243).</summary>
    public static RpcError Mismatch(string message) => BadRequest(McpErrorCode.HeaderMismatch, message);

    /// <summary>A revision that is not spoken; names what <c>server/discover</c> lists.</summary>
    public static RpcError UnsupportedVersion(string requested) => new(
        StatusCodes.Status400BadRequest, (int)McpErrorCode.UnsupportedProtocolVersion,
        $"Protocol version '{(requested.Length > 40 ? requested[..40] : requested)}' is not supported.",
        new JsonObject
        {
            ["supported"] = new JsonArray([.. ProtocolVersions.Stateless.Select(v => (JsonNode)v)]),
            ["requested"] = requested,
        });

    /// <summary>Answers a request with the error.</summary>
    public Task WriteAsync(HttpContext context, RequestId id = default)
    {
        var body = new JsonRpcError { Id = id, Error = new() { Code = Code, Message = Message, Data = Details } };
        context.Response.StatusCode = Status;
        return context.Response.WriteAsJsonAsync(body, WireType, contentType: null, context.RequestAborted);
    }
}
