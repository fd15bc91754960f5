using System.Collections.Immutable;
using Orleans.Concurrency;

namespace ClawGrains.Interfaces;

/// <summary>
/// One skill of one tenant, at the version of the newest snapshot it knows of. Key: <c>TENANT/SKILL</c>.
/// Every call finishes on the version it began with; one that is still running a while after that was replaced is cancelled.
/// A caller that has seen a version names its <see cref="SkillEntry.Since"/> as <c>atLeast</c>, and gets none before it.
/// </summary>
[Alias("clawgrains.skill")]
public interface ISkillGrain : IGrainWithStringKey
{
    /// <summary>The version in force, or null where the tenant has no such skill.</summary>
    [Alias("get-version"), AlwaysInterleave]
    Task<SkillVersion?> GetVersionAsync(long atLeast = 0);

    /// <summary>
    /// The instructions with <c>$ARGUMENTS</c> and <c>{baseDir}</c> filled in, or null where there is no such skill.
    /// </summary>
    [Alias("render"), AlwaysInterleave]
    Task<RenderedSkill?> RenderAsync(string arguments, long atLeast = 0);

    /// <summary>The files of the version in force, in ordinal order; empty where there is no such skill.</summary>
    [Alias("list-files"), AlwaysInterleave]
    Task<ImmutableArray<SkillFile>> ListFilesAsync(long atLeast = 0, CancellationToken cancellationToken = default);

    /// <summary>
    /// The content of one file of the version in force; null where it has none of that name.
    /// At most <see cref="SkillFile.MaxReadBytes"/>.
    /// </summary>
    /// <param name="path">The path relative to the skill's directory, with <c>/</c>.</param>
    /// <param name="atLeast">The snapshot that is not gone back behind.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [Alias("read-file"), AlwaysInterleave]
    Task<ImmutableArray<byte>?> ReadFileAsync(string path, long atLeast = 0, CancellationToken cancellationToken = default);

    /// <summary>Versions that were replaced and on which calls still run.</summary>
    [Alias("get-draining"), AlwaysInterleave]
    Task<ImmutableArray<DrainingVersion>> GetDrainingAsync();
}
