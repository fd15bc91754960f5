using ClawGrains.Contracts;
using ClawGrains.Sandbox.Execution;

namespace ClawGrains.Sandbox.Scheduling;

/// <summary>A call that waits for a thread, or has one. Its task ends with the outcome, never on the guest's thread.</summary>
internal abstract class GuestJob() : TaskCompletionSource<PluginOutcome>(TaskCreationOptions.RunContinuationsAsynchronously)
{
    public required TenantId Tenant { get; init; }

    public required PluginId Plugin { get; init; }

    /// <summary>Calls of the plugin that may run at once.</summary>
    public required int Concurrency { get; init; }

    /// <summary>Calls of the plugin that may wait.</summary>
    public required int QueueLength { get; init; }

    public CancellationToken Cancellation { get; init; }

    /// <summary>Where the job waits; null once it was taken or withdrawn. The scheduler's, under its lock.</summary>
    public LinkedListNode<GuestJob>? Place { get; set; }

    public GuestLane? Lane { get; set; }

    /// <summary>When the guest's time is over, as a timestamp of <see cref="System.Diagnostics.Stopwatch"/>; 0 while it is not counted.</summary>
    public abstract long Due { get; }

    /// <summary>Runs the guest to its end; throws for our own bugs only.</summary>
    public abstract PluginOutcome Run();

    /// <summary>Ends the guest at its next loop head, call or host function.</summary>
    public abstract void Abort();
}

/// <summary>The calls of one plugin of one tenant. All of it is the scheduler's, under its lock.</summary>
internal sealed class GuestLane((TenantId Tenant, PluginId Plugin) key)
{
    public (TenantId Tenant, PluginId Plugin) Key { get; } = key;

    public LinkedList<GuestJob> Waiting { get; } = new();

    public int Concurrency { get; set; }

    public int Running { get; set; }

    /// <summary>Whether the lane stands among those that have work for a thread.</summary>
    public bool Ready { get; set; }

    public bool HasWork => Waiting.Count > 0 && Running < Concurrency;
}
