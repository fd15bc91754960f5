namespace ClawGrains.Skills.Eligibility;

/// <summary>What keeps a skill from being eligible; every list is empty when nothing does.</summary>
public sealed record MissingRequirements
{
    /// <summary>Nothing is missing.</summary>
    public static MissingRequirements None { get; } = new();

    /// <summary>Programs not on the PATH.</summary>
    public IReadOnlyList<string> Bins { get; init; } = [];
    /// <summary>All alternatives, where none of them is on the PATH.</summary>
    public IReadOnlyList<string> AnyBins { get; init; } = [];
    /// <summary>Variables not set.</summary>
    public IReadOnlyList<string> Env { get; init; } = [];
    /// <summary>Configuration paths not truthy.</summary>
    public IReadOnlyList<string> Config { get; init; } = [];
    /// <summary>The platforms the skill wants, where this is none of them.</summary>
    public IReadOnlyList<string> Os { get; init; } = [];
    /// <summary>Plugins that do not run.</summary>
    public IReadOnlyList<string> Plugins { get; init; } = [];

    /// <summary>Whether every list is empty.</summary>
    public bool IsEmpty => Bins.Count + AnyBins.Count + Env.Count + Config.Count + Os.Count + Plugins.Count == 0;
}
