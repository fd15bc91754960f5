using System.Text.Json;

namespace ClawGrains.Sandbox.Audit;

/// <summary>Records as JSON, one on each line.</summary>
public static class AuditExport
{
    /// <summary>Writes every record that fits, reading a page at a time.</summary>
    /// <returns>How many were written.</returns>
    public static async Task<long> WriteAsync(IAuditStore store, AuditFilter filter, Stream output, CancellationToken cancellationToken = default)
    {
        var (written, after) = (0L, filter.After);
        while (await store.QueryAsync(filter with { After = after }, cancellationToken).ConfigureAwait(false) is { Count: > 0 } page)
        {
            foreach (var record in page)
            {
                await output.WriteAsync(Line(record), cancellationToken).ConfigureAwait(false);
                output.WriteByte((byte)'\n');
            }
            written += page.Count;
            after = page[^1].Sequence;
        }
        return written;
    }

    private static byte[] Line(AuditRecord r) => JsonSerializer.SerializeToUtf8Bytes(new
    {
        seq = r.Sequence,
        time = r.Entry.Time,
        tenant = r.Entry.Tenant.Value,
        plugin = r.Entry.Plugin,
        version = r.Entry.Version,
        function = r.Entry.Function,
        arguments = r.Entry.Arguments,
        decision = r.Entry.Allowed ? "allowed" : "denied",
        reason = r.Entry.Reason,
        duration_us = (long)r.Entry.Duration.TotalMicroseconds,
        call = r.Entry.CallId,
        hash = r.Hash,
    });
}
