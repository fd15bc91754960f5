using System.Threading.Channels;
using ClawGrains.Contracts;
using ClawGrains.Interfaces;
using Microsoft.Extensions.Logging;
using ModelContextProtocol;
using ModelContextProtocol.Server;
using Orleans.Streams;

namespace ClawGrains.Client.Mcp.Approvals;

/// <summary>
/// Asks the user of a connected client about what begins to wait for approval, where the client declares elicitation. One
/// session is asked, the newest; who does not decide leaves it waiting.
/// </summary>
internal sealed partial class ApprovalPrompts(IClusterClient client, TenantId tenant, ILogger<ApprovalPrompts> logger)
{
    private readonly SemaphoreSlim _subscribing = new(1, 1);
    private readonly Lock _lock = new();
    private readonly List<Channel<Approval>> _sessions = [];
    private bool _subscribed;

    /// <summary>Asks in a session until it ends.</summary>
    /// <param name="server">The session's server, which was initialized.</param>
    /// <param name="cancellationToken">Ends with the session.</param>
    public async Task ServeAsync(McpServer server, CancellationToken cancellationToken)
    {
        if (server.ClientCapabilities?.Elicitation is null) return;
        await SubscribeAsync(cancellationToken);
        var asked = Channel.CreateUnbounded<Approval>();
        lock (_lock) _sessions.Add(asked);
        try
        {
            await foreach (var approval in asked.Reader.ReadAllAsync(cancellationToken)) await AskAsync(server, approval, cancellationToken);
        }
        finally
        {
            lock (_lock) _sessions.Remove(asked);
        }
    }

    private async Task AskAsync(McpServer server, Approval approval, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await server.ElicitAsync(ApprovalForm.Of(approval), cancellationToken);
            if (ApprovalForm.Decision(approval, answer, server.ClientInfo?.Name) is not { } decision) return;
            await client.GetGrain<IApprovalGrain>(GrainKeys.Of(tenant)).DecideAsync(decision);
        }
        catch (Exception e) when (e is McpException or InvalidOperationException or PluginException)
        {
            // It waits on, and can be decided on by command.
            NotDecided(approval.Id, e.Message);
        }
    }

    private async Task SubscribeAsync(CancellationToken cancellationToken)
    {
        await _subscribing.WaitAsync(cancellationToken);
        try
        {
            if (_subscribed) return;
            var id = StreamId.Create(StreamNames.ApprovalChanged, GrainKeys.Of(tenant));
            await client.GetStreamProvider(StreamNames.Provider).GetStream<ApprovalChanged>(id).SubscribeAsync((notice, _) => Tell(notice.Approval));
            _subscribed = true;
        }
        finally
        {
            _subscribing.Release();
        }
    }

    private Task Tell(Approval approval)
    {
        if (approval.State != ApprovalStates.Pending) return Task.CompletedTask;
        lock (_lock)
            if (_sessions.Count > 0) _sessions[^1].Writer.TryWrite(approval);
        return Task.CompletedTask;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The client did not decide on {Approval}: {Reason}")]
    private partial void NotDecided(string approval, string reason);
}
