using System.Text.Json.Nodes;
using ClawGrains.Client.Mcp.Sessions;
using ClawGrains.Contracts;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace ClawGrains.Client.Mcp.Http;

/// <summary>
/// Streamable HTTP: requests of revision 2026-07-28 stand alone, older revisions keep a session from
/// <c>initialize</c> to <c>DELETE</c>.
/// </summary>
internal sealed class McpEndpoint : IAsyncDisposable
{
    private static readonly string[] RemovedMethods =
    [
        RequestMethods.Initialize, RequestMethods.Ping, "logging/setLevel",
        RequestMethods.ResourcesSubscribe, RequestMethods.ResourcesUnsubscribe,
    ];

    private readonly McpHttpOptions _options;
    private readonly Func<TenantId, McpFrontEnd> _frontEnds;
    private readonly ILoggerFactory _loggers;
    private readonly HttpAccess _access;
    private readonly HttpSessions _sessions;
    private readonly CancellationTokenSource _stopping = new();

    /// <param name="options">Access and limits.</param>
    /// <param name="frontEnds">Finds the features of a tenant; the caller owns them.</param>
    /// <param name="loggers">Makes the loggers.</param>
    public McpEndpoint(McpHttpOptions options, Func<TenantId, McpFrontEnd> frontEnds, ILoggerFactory loggers)
    {
        (_options, _frontEnds, _loggers) = (options, frontEnds, loggers);
        (_access, _sessions) = (new HttpAccess(options), new HttpSessions(options, loggers));
    }

    /// <summary>How many sessions are open.</summary>
    public int SessionCount => _sessions.Count;

    /// <summary>Ends all open streams, so that the host can stop without waiting for clients.</summary>
    public void Stop() => _stopping.Cancel();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _sessions.DisposeAsync();

    /// <summary>Answers one HTTP request.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        if (_access.CheckOrigin(context) is { } foreign)
        {
            await new RpcError(foreign.Status, RpcError.Transport, foreign.Message).WriteAsync(context);
            return;
        }
        HttpAccess.AllowOrigin(context);
        if (HttpMethods.IsOptions(context.Request.Method))
        {
            Preflight(context);
            return;
        }
        if (_access.Authenticate(context, out var refusal) is not { } tenant)
        {
            await new RpcError(refusal.Status, RpcError.Transport, refusal.Message).WriteAsync(context);
            return;
        }
        await DispatchAsync(context, tenant);
    }

    private Task DispatchAsync(HttpContext context, TenantId tenant)
    {
        var method = context.Request.Method;
        if (HttpMethods.IsPost(method)) return PostAsync(context, tenant);
        var isGet = HttpMethods.IsGet(method);
        if (!isGet && !HttpMethods.IsDelete(method)) return NotAllowed(context, "GET, POST, DELETE, OPTIONS");
        var version = RequestHeaders.VersionOf(context);
        if (version is not null && !ProtocolVersions.IsSupported(version))
            return RpcError.UnsupportedVersion(version).WriteAsync(context);
        if (ProtocolVersions.IsStateless(version)) return NotAllowed(context, "POST, OPTIONS");
        return isGet ? GetAsync(context, tenant) : DeleteAsync(context, tenant);
    }

    private async Task PostAsync(HttpContext context, TenantId tenant)
    {
        var (message, error) = await RequestBody.ReadAsync(context, _options.MaxBodyBytes);
        var id = message is JsonRpcRequest request ? request.Id : default;
        try
        {
            error ??= RequestHeaders.Check(context, message!);
            if (error is not null) await error.WriteAsync(context, id);
            else if (ProtocolVersions.IsStateless(RequestHeaders.VersionOf(context))) await PostStatelessAsync(context, tenant, message!);
            else await PostToSessionAsync(context, tenant, message!, id);
        }
        catch (Exception e) when (!context.Response.HasStarted && message is not null && ParameterFaults.Explain(e, message) is { } fault)
        {
            await RpcError.BadRequest(McpErrorCode.InvalidParams, fault).WriteAsync(context, id);
        }
    }

    private async Task PostStatelessAsync(HttpContext context, TenantId tenant, JsonRpcMessage message)
    {
        var frontEnd = _frontEnds(tenant);
        if (message is JsonRpcRequest request && await CheckStatelessAsync(context, frontEnd, request) is { } error)
        {
            await error.WriteAsync(context, request.Id);
            return;
        }
        // The SDK takes the revision from here; for sessions it has it from initialize.
        message.Context = new() { ProtocolVersion = RequestHeaders.VersionOf(context) };
        await using var transport = new StreamableHttpServerTransport(_loggers) { Stateless = true };
        await using var session = frontEnd.CreateSession(transport);
        var running = session.RunStatelessAsync(context.RequestAborted);
        await RespondAsync(context, transport, message, first => MapStatus(context, first));
        await transport.DisposeAsync();
        await running;
    }

    private static async ValueTask<RpcError?> CheckStatelessAsync(HttpContext context, McpFrontEnd frontEnd, JsonRpcRequest request)
    {
        if (RemovedMethods.Contains(request.Method))
            return new(StatusCodes.Status404NotFound, (int)McpErrorCode.MethodNotFound,
                $"'{request.Method}' is not part of revision {RequestHeaders.VersionOf(context)}.");
        if (request.Method != RequestMethods.ToolsCall || (request.Params as JsonObject)?["name"] is not JsonValue value || !value.TryGetValue(out string? name)) return null;
        var index = await frontEnd.Hub.GetAsync(context.RequestAborted);
        return index.FindTool(name) is { } found
            ? ParameterHeaders.Check(context.Request.Headers, found.Tool.InputSchema, request.Params!["arguments"])
            : null;
    }

    private async Task PostToSessionAsync(HttpContext context, TenantId tenant, JsonRpcMessage message, RequestId id)
    {
        var (session, error) = FindOrOpen(context, tenant, message);
        if (session is null)
        {
            await error!.WriteAsync(context, id);
            return;
        }
        using var _ = session.Use();
        if (session.Closed.IsCancellationRequested)
        {
            // It went idle for too long between being found and being used.
            await UnknownSession.WriteAsync(context, id);
            return;
        }
        context.Response.Headers[RequestHeaders.SessionId] = session.Id;
        await RespondAsync(context, session.Transport.Posts, message, null);
    }

    private (HttpSession? Session, RpcError? Error) FindOrOpen(HttpContext context, TenantId tenant, JsonRpcMessage message)
    {
        var id = context.Request.Headers[RequestHeaders.SessionId].ToString();
        if (id.Length > 0) return _sessions.Find(id, tenant) is { } known ? (known, null) : (null, UnknownSession);
        if (message is not JsonRpcRequest { Method: RequestMethods.Initialize })
            return (null, new(StatusCodes.Status400BadRequest, RpcError.Transport,
                $"The header {RequestHeaders.SessionId} is missing. Begin with initialize, or use revision {ProtocolVersions.FirstStateless}."));
        if (_sessions.TryOpen(tenant, _frontEnds(tenant)) is { } opened) return (opened, null);
        context.Response.Headers.RetryAfter = "10";
        return (null, new(StatusCodes.Status503ServiceUnavailable, RpcError.Transport,
            $"All {_options.MaxSessions} sessions are in use. End one with DELETE, or try again later."));
    }

    private async Task RespondAsync(
        HttpContext context, StreamableHttpServerTransport transport, JsonRpcMessage message, Func<JsonRpcMessage?, ValueTask>? starting)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, _stopping.Token);
        // Only the streams that would go on for ever are cut when the host stops; other requests may finish.
        var endless = message is JsonRpcRequest { Method: RequestMethods.SubscriptionsListen };
        EventStreams.Begin(context.Response);
        try
        {
            var wrote = await transport.HandlePostRequestAsync(
                message, context.Response.Body, starting, endless ? either.Token : context.RequestAborted);
            if (!wrote) EventStreams.Accept(context.Response);
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            // The client went away, or the host stops.
        }
    }

    // SEP-2575: the status says what the error says. It can only do so before the first byte is written.
    private static ValueTask MapStatus(HttpContext context, JsonRpcMessage? first)
    {
        if (first is JsonRpcError error && !context.Response.HasStarted)
            context.Response.StatusCode = (McpErrorCode)error.Error.Code switch
            {
                McpErrorCode.MethodNotFound => StatusCodes.Status404NotFound,
                McpErrorCode.MissingRequiredClientCapability or McpErrorCode.UnsupportedProtocolVersion
                    or McpErrorCode.HeaderMismatch => StatusCodes.Status400BadRequest,
                _ => context.Response.StatusCode,
            };
        return default;
    }

    private async Task GetAsync(HttpContext context, TenantId tenant)
    {
        var (session, error) = Require(context, tenant);
        if (error is null && !EventStreams.IsAccepted(context.Request))
            error = new(StatusCodes.Status406NotAcceptable, RpcError.Transport, "Send 'Accept: text/event-stream'.");
        if (error is not null)
        {
            await error.WriteAsync(context);
            return;
        }
        using var _ = session!.Use();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, _stopping.Token, session.Closed);
        using var keepAlive = new PeriodicTimer(_options.KeepAlive, _options.Time);
        EventStreams.Begin(context.Response);
        try
        {
            await session.Transport.Unasked.WriteToAsync(context.Response.Body, EventStreams.ResumeOf(context), keepAlive, end.Token);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // The client went away, the session ended, or the host stops.
        }
    }

    private async Task DeleteAsync(HttpContext context, TenantId tenant)
    {
        var (session, error) = Require(context, tenant);
        if (error is not null) await error.WriteAsync(context);
        else await _sessions.CloseAsync(session!);
    }

    private (HttpSession? Session, RpcError? Error) Require(HttpContext context, TenantId tenant)
    {
        var id = context.Request.Headers[RequestHeaders.SessionId].ToString();
        if (id.Length == 0)
            return (null, new(StatusCodes.Status400BadRequest, RpcError.Transport, $"The header {RequestHeaders.SessionId} is missing."));
        return _sessions.Find(id, tenant) is { } session ? (session, null) : (null, UnknownSession);
    }

    private static RpcError UnknownSession => new(
        StatusCodes.Status404NotFound, RpcError.SessionNotFound, "There is no such session (any more). Begin again with initialize.");

    private static Task NotAllowed(HttpContext context, string allowed)
    {
        context.Response.Headers.Allow = allowed;
        return new RpcError(StatusCodes.Status405MethodNotAllowed, RpcError.Transport,
            $"{context.Request.Method} is not allowed here; use {allowed}.").WriteAsync(context);
    }

    private static void Preflight(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.AccessControlAllowMethods = "GET, POST, DELETE";
        headers.AccessControlAllowHeaders = context.Request.Headers.AccessControlRequestHeaders is { Count: > 0 } asked
            ? asked.ToString()
            : "Authorization, Content-Type, Mcp-Session-Id, MCP-Protocol-Version, Mcp-Method, Mcp-Name, Last-Event-ID";
        headers.AccessControlMaxAge = "600";
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }
}
