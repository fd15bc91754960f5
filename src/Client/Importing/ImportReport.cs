using System.Collections.Immutable;

namespace ClawGrains.Client.Importing;

/// <summary>What <c>claw import openclaw --json</c> prints.</summary>
internal sealed record ImportReport
{
    /// <summary>The home that was read.</summary>
    public required string Home { get; init; }

    public ImmutableArray<ImportRow> Skills { get; init; } = [];

    /// <summary>Files of the workspace that were copied, or why not.</summary>
    public ImmutableArray<ImportRow> Files { get; init; } = [];

    /// <summary>What the home has and was not taken over.</summary>
    public ImmutableArray<string> NotImported { get; init; } = [];
}

/// <summary>One thing that was to be imported.</summary>
internal sealed record ImportRow
{
    public required string Name { get; init; }

    /// <summary>Where it was.</summary>
    public required string Path { get; init; }

    /// <summary><c>found</c>, <c>installed</c>, <c>pending</c>, <c>copied</c>, <c>unchanged</c>, <c>skipped</c> or <c>failed</c>.</summary>
    public required string State { get; init; }

    /// <summary>The approval it waits for.</summary>
    public string? Approval { get; init; }

    /// <summary>Why it was skipped or failed, or why it waits.</summary>
    public string? Reason { get; init; }
}
