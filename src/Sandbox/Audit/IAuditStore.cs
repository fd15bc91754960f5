namespace ClawGrains.Sandbox.Audit;

/// <summary>An append-only, hash-chained store of what plugins did. One writer per chain.</summary>
public interface IAuditStore : IAsyncDisposable
{
    /// <summary>
    /// Queues an entry that nobody waits for: it is on disk within a tenth of a second, and when the store is disposed. Waits
    /// only where the queue is full. Throws <see cref="IOException"/> where entries before it could not be written.
    /// </summary>
    ValueTask EnqueueAsync(AuditEntry entry, CancellationToken cancellationToken = default);

    /// <summary>
    /// Queues an entry; waits only where the queue is full. The order of calls of one thread is kept. The task that it
    /// gives ends when the entry is on disk; callers for which a lost record matters await it.
    /// </summary>
    ValueTask<Task> AppendAsync(AuditEntry entry, CancellationToken cancellationToken = default);

    /// <summary>The records that fit, oldest first, including all that were queued before the call.</summary>
    Task<IReadOnlyList<AuditRecord>> QueryAsync(AuditFilter filter, CancellationToken cancellationToken = default);

    /// <summary>Recomputes the chain from its oldest record.</summary>
    /// <param name="expectedHead">A head noted before, which must still be in the chain; null checks none.</param>
    /// <param name="cancellationToken">Ends the check.</param>
    Task<AuditVerification> VerifyAsync(string? expectedHead = null, CancellationToken cancellationToken = default);

    /// <summary>Lets go of the oldest records by time and number; the chain stays verifiable from what is left.</summary>
    /// <returns>How many were let go.</returns>
    Task<long> RetainAsync(AuditRetention retention, CancellationToken cancellationToken = default);
}

/// <summary>What is kept.</summary>
/// <param name="MaxAge">Nothing older; null for any age.</param>
/// <param name="MaxRecords">No more than so many, the newest; null for any number.</param>
/// <param name="MaxBytes">No more than so many bytes of records, the newest; null for any size.</param>
public sealed record AuditRetention(TimeSpan? MaxAge, long? MaxRecords, long? MaxBytes = null);
