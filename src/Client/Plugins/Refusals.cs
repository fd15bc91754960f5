using System.Collections.Concurrent;
using ClawGrains.Sandbox.Audit;

namespace ClawGrains.Client.Plugins;

/// <summary>An audit that also notes what was refused, so that whoever runs a component's file learns what it lacked.</summary>
internal sealed class Refusals(IAuditStore audit) : IAuditStore
{
    private const int Most = 5;
    private readonly ConcurrentQueue<AuditEntry> _refused = new();

    /// <summary>A line for each refusal that an option can lift, with the option; the first few.</summary>
    public IEnumerable<string> Advice => _refused.Select(e => (Entry: e, Option: OptionFor(e))).Where(r => r.Option is not null)
        .Select(r => $"refused {r.Entry.Function} {r.Entry.Arguments}: {r.Entry.Reason}. Allow it with {r.Option}.").Distinct().Take(Most);

    /// <inheritdoc/>
    public ValueTask EnqueueAsync(AuditEntry entry, CancellationToken cancellationToken = default)
    {
        if (!entry.Allowed && _refused.Count < 100) _refused.Enqueue(entry);
        return audit.EnqueueAsync(entry, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<Task> AppendAsync(AuditEntry entry, CancellationToken cancellationToken = default) => audit.AppendAsync(entry, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<AuditRecord>> QueryAsync(AuditFilter filter, CancellationToken cancellationToken = default) => audit.QueryAsync(filter, cancellationToken);

    /// <inheritdoc/>
    public Task<AuditVerification> VerifyAsync(string? expectedHead = null, CancellationToken cancellationToken = default) => audit.VerifyAsync(expectedHead, cancellationToken);

    /// <inheritdoc/>
    public Task<long> RetainAsync(AuditRetention retention, CancellationToken cancellationToken = default) => audit.RetainAsync(retention, cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => audit.DisposeAsync();

    private static string? OptionFor(AuditEntry entry) => entry.Reason switch
    {
        _ when entry.Reason.StartsWith("private or reserved address", StringComparison.Ordinal) => "--allow-private IP:PORT",
        "network access not permitted" => "--allow-net HOST",
        _ when entry.Reason.StartsWith("host not in network allow-list", StringComparison.Ordinal) => "--allow-net HOST",
        "environment access not permitted" or "variable not permitted" => "--allow-env NAME",
        "path outside the directories permitted for writing" => "--allow-write PATH",
        "filesystem access not permitted" or "path outside the permitted directories" => entry.Function == "write-file" ? "--allow-write PATH" : "--allow-read PATH",
        _ => null,
    };
}
