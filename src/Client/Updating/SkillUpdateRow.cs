using System.Collections.Immutable;

namespace ClawGrains.Client.Updating;

/// <summary>What <c>claw skill update --json</c> prints of each skill.</summary>
internal sealed record SkillUpdateRow
{
    public required string Name { get; init; }

    /// <summary><c>current</c>, <c>available</c>, <c>updated</c>, <c>pending</c>, <c>declined</c>, <c>skipped</c> or <c>failed</c>.</summary>
    public required string State { get; init; }

    /// <summary>The version that is installed, where it has one.</summary>
    public string? From { get; init; }

    /// <summary>The version that was found.</summary>
    public string? To { get; init; }

    /// <summary>What it asks for beyond the installed one.</summary>
    public ImmutableArray<string> Growth { get; init; } = [];

    /// <summary>What it does not ask for any more.</summary>
    public ImmutableArray<string> Dropped { get; init; } = [];

    /// <summary>The files that differ.</summary>
    public ImmutableArray<string> Files { get; init; } = [];

    /// <summary>The texts that differ, as unified diffs.</summary>
    public string? Diff { get; init; }

    /// <summary>The approval it waits for.</summary>
    public string? Approval { get; init; }

    /// <summary>Why it was skipped or failed.</summary>
    public string? Reason { get; init; }
}
