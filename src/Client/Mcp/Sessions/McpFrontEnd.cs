using ClawGrains.Client.Mcp.Features;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

#pragma warning disable MCPEXP002 // Custom request handlers are the SDK's way to speak an extension.

namespace ClawGrains.Client.Mcp.Sessions;

/// <summary>The features of one tenant, ready to be served over any transport.</summary>
internal sealed class McpFrontEnd : IAsyncDisposable
{
    private static readonly McpServerFilters Filters = new() { Message = new() { IncomingFilters = [ParameterFaults.Tell] } };

    private readonly McpOptions _options;
    private readonly ILoggerFactory _loggers;
    private readonly FeatureHandlers _handlers;
    private readonly McpObservers? _observers;
    private readonly SkillMethods _skills;
    private readonly SubscriptionStream _subscriptions;
    private readonly CancellationTokenSource _stopping = new();

    /// <param name="sources">Where the features come from.</param>
    /// <param name="options">Page size, name and instructions.</param>
    /// <param name="loggers">Makes the loggers; over stdio they must not write to standard output.</param>
    public McpFrontEnd(IReadOnlyList<IMcpFeatureSource> sources, McpOptions options, ILoggerFactory loggers)
    {
        (_options, _loggers, _observers) = (options, loggers, options.Observers?.Invoke(loggers));
        Hub = new FeatureHub(sources, TimeProvider.System, loggers.CreateLogger<FeatureHub>());
        var pager = new Pager(Hub, options.PageSize);
        _handlers = new FeatureHandlers(Hub, pager, _observers?.Recorder, loggers.CreateLogger<FeatureHandlers>());
        _skills = new SkillMethods(Hub, pager);
        _subscriptions = new SubscriptionStream(Hub, _stopping.Token);
    }

    /// <summary>The merged features.</summary>
    public FeatureHub Hub { get; }

    /// <summary>Creates a session on a transport; it serves when it is run.</summary>
    public McpSession CreateSession(ITransport transport)
    {
        var subscriptions = new SessionSubscriptions();
        var initialized = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var server = McpServer.Create(transport, CreateOptions(subscriptions, initialized), _loggers);
        return new McpSession(Hub, server, subscriptions, initialized, _observers?.Prompts, _loggers.CreateLogger<McpSession>());
    }

    /// <summary>Ends the streams of <c>subscriptions/listen</c>, so that a host can stop without waiting for clients.</summary>
    public Task StopAsync() => _stopping.CancelAsync();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await Hub.DisposeAsync();
        if (_observers is not null) await _observers.Recorder.DisposeAsync();
    }

    private McpServerOptions CreateOptions(SessionSubscriptions subscriptions, TaskCompletionSource initialized) => new()
    {
        ServerInfo = _options.ServerInfo,
        ServerInstructions = _options.Instructions,
        ScopeRequests = false,
        Capabilities = new()
        {
            Tools = new() { ListChanged = true },
            Prompts = new() { ListChanged = true },
            Resources = new() { ListChanged = true, Subscribe = true },
            Completions = new(),
            Extensions = new Dictionary<string, object> { [SkillMethods.Extension] = SkillMethods.Settings },
        },
        RequestHandlers = _skills.Handlers,
        Filters = Filters,
        Handlers = new()
        {
            ListToolsHandler = _handlers.ListToolsAsync,
            CallToolHandler = _handlers.CallToolAsync,
            ListPromptsHandler = _handlers.ListPromptsAsync,
            GetPromptHandler = _handlers.GetPromptAsync,
            ListResourcesHandler = _handlers.ListResourcesAsync,
            ListResourceTemplatesHandler = _handlers.ListResourceTemplatesAsync,
            ReadResourceHandler = _handlers.ReadResourceAsync,
            CompleteHandler = _handlers.CompleteAsync,
            SubscribeToResourcesHandler = (request, ct) => SubscribeAsync(subscriptions, request, ct),
            UnsubscribeFromResourcesHandler = (request, _) => Unsubscribe(subscriptions, request),
            SubscriptionsListenHandler = _subscriptions.ListenAsync,
            NotificationHandlers =
            [
                new(NotificationMethods.InitializedNotification, (_, _) =>
                {
                    initialized.TrySetResult();
                    return default;
                }),
            ],
        },
    };

    private async ValueTask<EmptyResult> SubscribeAsync(
        SessionSubscriptions subscriptions, RequestContext<SubscribeRequestParams> request, CancellationToken cancellationToken)
    {
        var uri = request.Params.Uri;
        if ((await Hub.GetAsync(cancellationToken)).FindResourceOwner(uri) is null)
            throw FeatureErrors.UnknownResource(uri, request.JsonRpcRequest, request.Server);
        return subscriptions.TryAdd(uri)
            ? new EmptyResult()
            : throw FeatureErrors.InvalidParams($"A session can subscribe to at most {SessionSubscriptions.Limit} resources.");
    }

    private static ValueTask<EmptyResult> Unsubscribe(
        SessionSubscriptions subscriptions, RequestContext<UnsubscribeRequestParams> request)
    {
        subscriptions.Remove(request.Params.Uri);
        return new(new EmptyResult());
    }
}
