using ClawGrains.Client.Mcp.Approvals;
using ClawGrains.Client.Mcp.Features;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace ClawGrains.Client.Mcp.Sessions;

/// <summary>
/// One MCP server on one transport: a process's stdio, an HTTP session, or a single HTTP request of a stateless revision.
/// A session that began with <c>initialize</c> is told of changes of features until it ends.
/// </summary>
internal sealed partial class McpSession : IAsyncDisposable
{
    private readonly FeatureHub _hub;
    private readonly ILogger _logger;
    private readonly ApprovalPrompts? _prompts;
    private readonly SessionSubscriptions _subscriptions;
    private readonly TaskCompletionSource _initialized;
    private readonly CancellationTokenSource _ended = new();

    internal McpSession(
        FeatureHub hub, McpServer server, SessionSubscriptions subscriptions, TaskCompletionSource initialized, ApprovalPrompts? prompts, ILogger logger)
    {
        (_hub, Server, _subscriptions, _initialized, _prompts, _logger) = (hub, server, subscriptions, initialized, prompts, logger);
    }

    /// <summary>The SDK's server.</summary>
    public McpServer Server { get; }

    /// <summary>Serves until the transport ends or the token is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _ended.Token);
        var notices = Task.WhenAll(NotifyAsync(either.Token), PromptAsync(either.Token));
        try
        {
            await Server.RunAsync(cancellationToken);
        }
        finally
        {
            await _ended.CancelAsync();
            await notices;
        }
    }

    /// <summary>Serves one request of a stateless revision; there is no one to notify afterwards.</summary>
    public Task RunStatelessAsync(CancellationToken cancellationToken) => Server.RunAsync(cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        _ended.Dispose();
    }

    private async Task NotifyAsync(CancellationToken cancellationToken)
    {
        try
        {
            var seen = await _hub.GetAsync(cancellationToken);
            await _initialized.Task.WaitAsync(cancellationToken);
            while (true)
            {
                var next = await _hub.WaitForOtherAsync(seen, cancellationToken);
                foreach (var notice in ChangeNotices.Between(seen, next, Wanted()))
                    await Server.SendMessageAsync(notice, cancellationToken);
                seen = next;
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The session ended.
        }
        catch (Exception e)
        {
            NoticesEnded(Server.SessionId ?? "stdio", e);
        }
    }

    private async Task PromptAsync(CancellationToken cancellationToken)
    {
        if (_prompts is null) return;
        try
        {
            await _initialized.Task.WaitAsync(cancellationToken);
            await _prompts.ServeAsync(Server, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The session ended.
        }
        catch (Exception e)
        {
            PromptsEnded(Server.SessionId ?? "stdio", e);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "MCP session {Session} is no longer asked for approvals.")]
    private partial void PromptsEnded(string session, Exception exception);

    private SubscriptionsListenNotifications Wanted() => new()
    {
        ToolsListChanged = true,
        PromptsListChanged = true,
        ResourcesListChanged = true,
        ResourceSubscriptions = [.. _subscriptions.Uris],
    };

    [LoggerMessage(Level = LogLevel.Warning, Message = "MCP session {Session} is no longer told of changes.")]
    private partial void NoticesEnded(string session, Exception exception);
}
