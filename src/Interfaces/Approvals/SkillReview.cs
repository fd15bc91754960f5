using System.Collections.Immutable;

namespace ClawGrains.Interfaces;

/// <summary>All that somebody should see before a skill is installed.</summary>
[GenerateSerializer, Immutable, Alias("clawgrains.skill-review")]
public sealed record SkillReview
{
    /// <summary>The skill's name.</summary>
    [Id(0)]
    public required string Name { get; init; }

    /// <summary>What it says it is for.</summary>
    [Id(1)]
    public required string Description { get; init; }

    /// <summary>Its version: the source's revision, else what its metadata says; null where there is none.</summary>
    [Id(2)]
    public string? Version { get; init; }

    /// <summary>Where it came from.</summary>
    [Id(3)]
    public required SkillSourceInfo Source { get; init; }

    /// <summary>The SHA-256 over all its files, as the lock file records it.</summary>
    [Id(4)]
    public required string Sha256 { get; init; }

    /// <summary>How many files it has.</summary>
    [Id(5)]
    public required int Files { get; init; }

    /// <summary>How many bytes they have.</summary>
    [Id(6)]
    public required long Bytes { get; init; }

    /// <summary>What it asks for.</summary>
    [Id(7)]
    public ImmutableArray<SkillAsk> Asks { get; init; } = [];

    /// <summary>What it asks for beyond the installed version, as text; everything where none is installed.</summary>
    [Id(8)]
    public ImmutableArray<string> Growth { get; init; } = [];

    /// <summary>What the installed version asked for and it does not any more, as text.</summary>
    [Id(9)]
    public ImmutableArray<string> Dropped { get; init; } = [];

    /// <summary>What the scan of its texts and code found, the gravest first.</summary>
    [Id(10)]
    public ImmutableArray<ReviewFinding> Findings { get; init; } = [];

    /// <summary>What is odd about its <c>SKILL.md</c>.</summary>
    [Id(11)]
    public ImmutableArray<string> Warnings { get; init; } = [];

    /// <summary>Why a person has to approve it; empty where it is installed without.</summary>
    [Id(12)]
    public ImmutableArray<string> ApprovalReasons { get; init; } = [];

    /// <summary>The version it would replace; null where none is installed.</summary>
    [Id(13)]
    public ReviewUpgrade? Replaces { get; init; }

    /// <summary>Ways to get the programs it needs, in words; they are never run.</summary>
    [Id(14)]
    public ImmutableArray<string> InstallHints { get; init; } = [];

    /// <summary>Whether it may take the place of a skill of the same name.</summary>
    [Id(15)]
    public bool MayReplace { get; init; }

    /// <summary>Whether the host's policy lets a person accept critical findings.</summary>
    [Id(16)]
    public bool MayAccept { get; init; } = true;

    /// <summary>Whether a finding is critical, which refuses it unless that is accepted.</summary>
    public bool IsCritical => Findings.Any(f => f.Severity == ReviewFinding.Critical);
}

/// <summary>Something that a skill asks for.</summary>
[GenerateSerializer, Immutable, Alias("clawgrains.skill-ask")]
public sealed record SkillAsk
{
    /// <summary><c>program</c>, <c>script</c>, <c>shell</c>, <c>tool</c>, <c>variable</c>, <c>setting</c>, or of its plugin <c>network</c>, <c>files</c>, …</summary>
    [Id(0)]
    public required string Kind { get; init; }

    /// <summary>Which one.</summary>
    [Id(1)]
    public required string Value { get; init; }

    /// <summary>Whether a skill that has it runs programs.</summary>
    [Id(2)]
    public bool RunsPrograms { get; init; }
}

/// <summary>Something that the scan found.</summary>
[GenerateSerializer, Immutable, Alias("clawgrains.review-finding")]
public sealed record ReviewFinding
{
    /// <summary>The severity that refuses.</summary>
    public const string Critical = "critical";

    /// <summary><c>critical</c>, <c>warning</c> or <c>info</c>.</summary>
    [Id(0)]
    public required string Severity { get; init; }

    /// <summary>The stable name of the rule.</summary>
    [Id(1)]
    public required string Rule { get; init; }

    /// <summary>The file.</summary>
    [Id(2)]
    public required string File { get; init; }

    /// <summary>The line, from 1; 0 for the file as a whole.</summary>
    [Id(3)]
    public int Line { get; init; }

    /// <summary>What it means.</summary>
    [Id(4)]
    public required string Message { get; init; }
}

/// <summary>The installed version that another would replace, and what differs.</summary>
[GenerateSerializer, Immutable, Alias("clawgrains.review-upgrade")]
public sealed record ReviewUpgrade
{
    /// <summary>Its version, where it has one.</summary>
    [Id(0)]
    public string? Version { get; init; }

    /// <summary>Its hash.</summary>
    [Id(1)]
    public required string Sha256 { get; init; }

    /// <summary>The files that differ, as <c>changed PATH</c>.</summary>
    [Id(2)]
    public ImmutableArray<string> Files { get; init; } = [];

    /// <summary>The texts that differ, as unified diffs.</summary>
    [Id(3)]
    public string Diff { get; init; } = "";
}
