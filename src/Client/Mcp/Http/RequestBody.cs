using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace ClawGrains.Client.Mcp.Http;

/// <summary>Reads the message of a POST.</summary>
internal static class RequestBody
{
    private static readonly JsonTypeInfo<JsonRpcMessage> WireType =
        (JsonTypeInfo<JsonRpcMessage>)McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(JsonRpcMessage));

    /// <summary>The message, or why there is none.</summary>
    public static async Task<(JsonRpcMessage? Message, RpcError? Error)> ReadAsync(HttpContext context, long maxBytes)
    {
        if (!EventStreams.IsAccepted(context.Request) || !EventStreams.Accepts(context.Request, "application/json"))
            return (null, Refuse(StatusCodes.Status406NotAcceptable, "Send 'Accept: application/json, text/event-stream'."));
        if (!context.Request.HasJsonContentType())
            return (null, Refuse(StatusCodes.Status415UnsupportedMediaType, "Send 'Content-Type: application/json'."));
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = maxBytes;
        try
        {
            using var document = await JsonDocument.ParseAsync(context.Request.Body, default, context.RequestAborted);
            return Read(document.RootElement);
        }
        catch (JsonException e)
        {
            return (null, RpcError.BadRequest(McpErrorCode.ParseError, $"The body is not JSON: {e.Message}"));
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return (null, Refuse(StatusCodes.Status413PayloadTooLarge, $"The body is greater than {maxBytes} bytes."));
        }
    }

    private static (JsonRpcMessage?, RpcError?) Read(JsonElement root)
    {
        if (root.ValueKind == JsonValueKind.Array)
            return (null, RpcError.BadRequest(McpErrorCode.InvalidRequest, "Batches are not supported; send one message per request."));
        try
        {
            if (root.Deserialize(WireType) is { } message) return (message, null);
        }
        catch (JsonException)
        {
            // Well-formed JSON that is no JSON-RPC message: reported below.
        }
        return (null, RpcError.BadRequest(McpErrorCode.InvalidRequest, "The body is not a JSON-RPC 2.0 message."));
    }

    private static RpcError Refuse(int status, string message) => new(status, RpcError.Transport, message);
}
