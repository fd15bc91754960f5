using ClawGrains.Contracts;
using ClawGrains.Sandbox.Audit;

namespace ClawGrains.Client.Api;

/// <summary>Asks for a plugin to be installed or upgraded.</summary>
/// <param name="Path">A directory with a manifest, or a zip archive of one, on the host's machine.</param>
/// <param name="Force">Whether critical findings of the scan are overruled.</param>
/// <param name="Approve">Whether what it asks for is approved with the install.</param>
/// <param name="Id">The id it must have; null for any.</param>
/// <param name="Upgrade">Whether it must be installed already.</param>
internal sealed record PluginInstallRequest(string Path, bool Force = false, bool Approve = false, string? Id = null, bool Upgrade = false)
{
    /// <summary>Who asks, as it is recorded; default <c>api</c>.</summary>
    public string By { get; init; } = "api";
}

/// <summary>Which audit records are wanted. Everything null means all.</summary>
internal sealed record AuditQuery
{
    public string? Tenant { get; init; }

    public string? Plugin { get; init; }

    public string? Function { get; init; }

    /// <summary><c>allowed</c> or <c>denied</c>.</summary>
    public string? Decision { get; init; }

    public DateTimeOffset? Since { get; init; }

    public DateTimeOffset? Until { get; init; }

    /// <summary>After this sequence number.</summary>
    public long After { get; init; }

    /// <summary>At most so many, up to 10,000.</summary>
    public int Limit { get; init; } = 100;

    /// <summary>Whether the newest that fit are wanted, rather than the oldest.</summary>
    public bool Newest { get; init; }

    public AuditFilter ToFilter() => new()
    {
        Tenant = Tenant is null ? null : TenantId.Parse(Tenant),
        Plugin = Plugin,
        Function = Function,
        Allowed = Decision is null ? null : Decision == AuditRow.AllowedText,
        From = Since,
        Until = Until,
        After = After,
        Limit = Math.Clamp(Limit, 1, 10_000),
        Newest = Newest,
    };
}

/// <summary>An audit record.</summary>
internal sealed record AuditRow
{
    public const string AllowedText = "allowed";
    public const string DeniedText = "denied";

    public required long Seq { get; init; }

    public required DateTimeOffset Time { get; init; }

    public required string Tenant { get; init; }

    public required string Plugin { get; init; }

    public required string Version { get; init; }

    public required string Function { get; init; }

    public required string Arguments { get; init; }

    public required string Decision { get; init; }

    public required string Reason { get; init; }

    public required long DurationUs { get; init; }

    public required string Call { get; init; }

    public required string Hash { get; init; }

    public static AuditRow Of(AuditRecord r) => new()
    {
        Seq = r.Sequence,
        Time = r.Entry.Time,
        Tenant = r.Entry.Tenant.Value,
        Plugin = r.Entry.Plugin,
        Version = r.Entry.Version,
        Function = r.Entry.Function,
        Arguments = r.Entry.Arguments,
        Decision = r.Entry.Allowed ? AllowedText : DeniedText,
        Reason = r.Entry.Reason,
        DurationUs = (long)r.Entry.Duration.TotalMicroseconds,
        Call = r.Entry.CallId,
        Hash = r.Hash,
    };
}

/// <summary>What verifying the audit found.</summary>
/// <param name="Intact">Whether nothing was tampered with.</param>
/// <param name="Records">Records that were checked.</param>
/// <param name="BrokenAt">The first record that does not fit, or null.</param>
/// <param name="Reason">What does not fit.</param>
/// <param name="Head">The last hash; keep it elsewhere to notice records cut from the end.</param>
internal sealed record AuditCheck(bool Intact, long Records, long? BrokenAt, string Reason, string Head);
