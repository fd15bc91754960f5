using ClawGrains.Contracts;

namespace ClawGrains.Sandbox.Audit;

/// <summary>Something that a plugin did or was refused, or that was done to it.</summary>
public sealed record AuditEntry
{
    /// <summary>When it began, UTC.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The tenant.</summary>
    public required TenantId Tenant { get; init; }

    /// <summary>The plugin's id.</summary>
    public required string Plugin { get; init; }

    /// <summary>The plugin's version.</summary>
    public string Version { get; init; } = "";

    /// <summary>The host function (<c>http-request</c>, …), <c>execute-tool</c>, or a step of life such as <c>plugin.install</c>.</summary>
    public required string Function { get; init; }

    /// <summary>What it was called with, secrets left out, at most 512 characters.</summary>
    public string Arguments { get; init; } = "";

    /// <summary>Whether it was let through.</summary>
    public required bool Allowed { get; init; }

    /// <summary>Why not, or the failure; empty where all went well.</summary>
    public string Reason { get; init; } = "";

    /// <summary>How long it took.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>The call that it belongs to.</summary>
    public string CallId { get; init; } = "";
}

/// <summary>An entry as it is stored.</summary>
/// <param name="Sequence">From 1, without gaps.</param>
/// <param name="Entry">The entry.</param>
/// <param name="Hash">SHA-256, in hexadecimal, over the hash before it and this entry.</param>
public sealed record AuditRecord(long Sequence, AuditEntry Entry, string Hash);

/// <summary>Which records are wanted. Everything null means all.</summary>
public sealed record AuditFilter
{
    /// <summary>Of this tenant.</summary>
    public TenantId? Tenant { get; init; }

    /// <summary>Of this plugin.</summary>
    public string? Plugin { get; init; }

    /// <summary>Of this function.</summary>
    public string? Function { get; init; }

    /// <summary>Allowed ones or denied ones.</summary>
    public bool? Allowed { get; init; }

    /// <summary>From this time on.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Before this time.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>After this sequence number.</summary>
    public long After { get; init; }

    /// <summary>At most so many. Default 1,000.</summary>
    public int Limit { get; init; } = 1_000;

    /// <summary>Whether the newest that fit are wanted, still oldest first. Default false: the oldest.</summary>
    public bool Newest { get; init; }
}

/// <summary>What verifying the chain found.</summary>
/// <param name="Records">Records that were checked.</param>
/// <param name="BrokenAt">The first sequence number that does not fit; null where all do.</param>
/// <param name="Reason">What does not fit; empty where all do.</param>
/// <param name="Head">The last hash; keep it elsewhere to notice records cut from the end.</param>
public sealed record AuditVerification(long Records, long? BrokenAt, string Reason, string Head)
{
    /// <summary>Whether nothing was tampered with.</summary>
    public bool IsIntact => BrokenAt is null;
}
