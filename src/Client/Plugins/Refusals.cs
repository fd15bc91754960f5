using System.Collections.Concurrent;
using ClawGrains.Sandbox.Audit;
using ClawGrains.Sandbox.Permissions;

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

    // A text's particulars follow after a colon.
    private static string? OptionFor(AuditEntry entry) => entry.Reason.Split(':')[0] switch
    {
        Denials.PrivateAddress => "--allow-private IP:PORT",
        Denials.NoNetwork or Denials.Host => "--allow-net HOST",
        Denials.NoEnvironment or Denials.Variable => "--allow-env NAME",
        Denials.WritePath => "--allow-write PATH",
        Denials.NoFilesystem or Denials.Path => entry.Function == "write-file" ? "--allow-write PATH" : "--allow-read PATH",
        _ => null,
    };
}
