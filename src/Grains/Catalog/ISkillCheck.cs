using ClawGrains.Skills.Discovery;

namespace ClawGrains.Grains.Catalog;

/// <summary>
/// Something a skill must pass before it is served, beside being readable: that its component is one, for example, or that it asks
/// for no permission that was denied. Asked once for each version and <see cref="Basis"/>, off the grains' scheduler, by several threads.
/// </summary>
public interface ISkillCheck
{
    /// <summary>What the answers depend on beside the files, such as settings: when it differs, all are asked again.</summary>
    string Basis => "";

    /// <summary>Completes when it can be asked of these skills.</summary>
    ValueTask ReadyAsync(IReadOnlyList<DiscoveredSkill> skills) => ValueTask.CompletedTask;

    /// <summary>Why it is not to be served, or null.</summary>
    SkillFault? Check(DiscoveredSkill skill);
}

/// <summary>Why what lies on disk is not served.</summary>
/// <param name="Path">The file or directory at fault.</param>
/// <param name="Reason">What is wrong, and what to do.</param>
/// <param name="Line">From 1; 0 where it is the whole.</param>
/// <param name="Column">From 1; 0 where it is the whole line.</param>
public sealed record SkillFault(string Path, string Reason, int Line = 0, int Column = 0)
{
    /// <summary><c>FILE:LINE:COLUMN: REASON</c>.</summary>
    public override string ToString() => Line > 0 ? $"{Path}:{Line}:{Column}: {Reason}" : $"{Path}: {Reason}";
}
