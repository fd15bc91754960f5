using System.Collections.Immutable;
using Orleans.Concurrency;

namespace ClawGrains.Interfaces;

/// <summary>
/// One skill of one tenant, at the version of the newest snapshot it was told of. Key: <c>TENANT/SKILL</c>.
/// Every call finishes on the version it began with.
/// </summary>
[Alias("clawgrains.skill")]
public interface ISkillGrain : IGrainWithStringKey
{
    /// <summary>The version in force, or null where the tenant has no such skill.</summary>
    [Alias("get-version"), AlwaysInterleave]
    Task<SkillVersion?> GetVersionAsync();

    /// <summary>
    /// The instructions with <c>$ARGUMENTS</c> and <c>{baseDir}</c> filled in, or null where there is no such skill.
    /// </summary>
    [Alias("render"), AlwaysInterleave]
    Task<RenderedSkill?> RenderAsync(string arguments);

    /// <summary>The files of the skill's directory, in ordinal order; empty where there is no such skill.</summary>
    [Alias("list-files"), AlwaysInterleave]
    Task<ImmutableArray<SkillFile>> ListFilesAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// The content of one file of the skill's directory; null where there is none of that name within it.
    /// At most <see cref="SkillFile.MaxReadBytes"/>.
    /// </summary>
    /// <param name="path">The path relative to the skill's directory, with <c>/</c>.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [Alias("read-file"), AlwaysInterleave]
    Task<ImmutableArray<byte>?> ReadFileAsync(string path, CancellationToken cancellationToken = default);
}
