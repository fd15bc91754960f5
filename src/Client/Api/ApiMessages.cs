using System.Collections.Immutable;
using ClawGrains.Interfaces;

namespace ClawGrains.Client.Api;

/// <summary>Asks for a skill to be copied into the managed layer.</summary>
/// <param name="Path">The skill's directory, or its <c>SKILL.md</c>, on the host's machine.</param>
/// <param name="Force">Whether a skill of the same name is replaced.</param>
internal sealed record InstallRequest(string Path, bool Force)
{
    /// <summary>Where it came from; absent for the directory itself.</summary>
    public SkillSourceInfo? Source { get; init; }

    /// <summary>The hash of what was shown; another content is refused. Absent checks none.</summary>
    public string? Sha256 { get; init; }

    /// <summary>Whether critical findings of the scan are accepted.</summary>
    public bool AcceptFindings { get; init; }

    /// <summary>Who asks, as it is recorded; default <c>api</c>.</summary>
    public string By { get; init; } = "api";

    public SkillSubmission ToSubmission() => new()
    {
        Path = Path, Replace = Force, Source = Source, Sha256 = Sha256, AcceptFindings = AcceptFindings, By = By,
    };
}

/// <summary>A decision on an approval.</summary>
/// <param name="By">Who decides, as it is recorded; default <c>api</c>.</param>
/// <param name="Reason">Why.</param>
/// <param name="Kind"><c>skill</c> or <c>plugin</c>; absent for either.</param>
internal sealed record DecisionRequest(string By = "api", string? Reason = null, string? Kind = null);

/// <summary>What an install did.</summary>
internal sealed record InstallReply
{
    /// <summary>The name the skill is known by.</summary>
    public required string Name { get; init; }

    /// <summary><c>installed</c>, or <c>pending</c> where it waits for approval and is not served.</summary>
    public required string State { get; init; }

    /// <summary>The approval it waits for.</summary>
    public string? Approval { get; init; }

    /// <summary>Why it needs approval.</summary>
    public ImmutableArray<string> ApprovalReasons { get; init; } = [];

    /// <summary>The directory it was copied to; absent while it is pending.</summary>
    public string? Directory { get; init; }

    /// <summary>The SHA-256 over the whole skill, as the lock file records it.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Whether it took the place of an older one.</summary>
    public required bool Replaced { get; init; }

    /// <summary>What is odd about it.</summary>
    public ImmutableArray<string> Warnings { get; init; } = [];

    /// <summary>What was shown before it was installed; commands only.</summary>
    public SkillReview? Review { get; init; }

    /// <summary>The file of a stronger layer that stands before it, or null.</summary>
    public string? ShadowedBy { get; init; }

    /// <summary>The number of the snapshot that has it.</summary>
    public long Snapshot { get; init; }
}

/// <summary>What a removal did.</summary>
internal sealed record RemoveReply
{
    public required string Name { get; init; }

    /// <summary>Whether there was such a skill in the managed layer.</summary>
    public required bool Removed { get; init; }

    /// <summary>The layer that still has a skill of that name, or null.</summary>
    public string? StillIn { get; init; }

    /// <summary>The number of the snapshot now in force.</summary>
    public long Snapshot { get; init; }
}

/// <summary>Asks for the skills of an earlier snapshot, or for an end of that.</summary>
/// <param name="To">The snapshot's number; null for the one before that in force.</param>
/// <param name="Resume">Whether a rollback is ended instead.</param>
internal sealed record RollbackRequest(long? To = null, bool Resume = false);

/// <summary>The snapshots that are remembered, newest first.</summary>
internal sealed record SnapshotListing(ImmutableArray<SnapshotInfo> Snapshots);

/// <summary>Versions that were replaced and on which calls still run.</summary>
internal sealed record DrainingListing(ImmutableArray<DrainingVersion> Draining);

/// <summary>An error as the API answers it.</summary>
/// <param name="Code">The stable code.</param>
/// <param name="Message">What it means and what to do.</param>
internal sealed record ApiError(string Code, string Message);

/// <summary>What <c>/readyz</c> and <c>GET /api/v1/status</c> tell.</summary>
internal sealed record StatusReply
{
    public required string Version { get; init; }

    public required string Workspace { get; init; }

    public required string DataDirectory { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required long Snapshot { get; init; }

    public required int Skills { get; init; }

    public required int Invalid { get; init; }
}
