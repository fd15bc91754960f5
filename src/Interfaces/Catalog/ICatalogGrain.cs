using System.Collections.Immutable;

namespace ClawGrains.Interfaces;

/// <summary>
/// The skills of one tenant: resolves the layers into immutable, numbered snapshots and tells of each new one on the
/// streams of <see cref="StreamNames"/>. Key: <c>TENANT</c>.
/// </summary>
[Alias("clawgrains.catalog")]
public interface ICatalogGrain : IGrainWithStringKey
{
    /// <summary>The snapshot in force, built first where there is none yet.</summary>
    [Alias("get-snapshot")]
    Task<CatalogSnapshot> GetSnapshotAsync();

    /// <summary>The number of the snapshot in force.</summary>
    [Alias("get-snapshot-number")]
    Task<long> GetSnapshotNumberAsync();

    /// <summary>The snapshot in force, or null where its number is not above <paramref name="known"/>.</summary>
    [Alias("get-snapshot-if-newer")]
    Task<CatalogSnapshot?> GetSnapshotIfNewerAsync(long known);

    /// <summary>One skill of the snapshot in force with its instructions, or null where there is no such skill.</summary>
    [Alias("get-skill")]
    Task<SkillVersion?> GetSkillAsync(string name);

    /// <summary>
    /// Reads the layers again. Where anything differs, a snapshot with the next number takes the place of the old one.
    /// </summary>
    /// <returns>What changed.</returns>
    [Alias("reload")]
    Task<ReloadReport> ReloadAsync();

    /// <summary>
    /// The same where it is known what changed: only that is looked at. A path that is missing from the list is found by the next
    /// <see cref="ReloadAsync"/>.
    /// </summary>
    /// <param name="paths">Full paths of files or directories, each below a layer's directory as the layer names it.</param>
    [Alias("reload-paths")]
    Task<ReloadReport> ReloadPathsAsync(ImmutableArray<string> paths);

    /// <summary>
    /// The same after a step of a plugin, which may make a skill usable. The registry waits for this, so the plugins that skills
    /// carry are not brought to it meanwhile: the notice of the new snapshot sees to those.
    /// </summary>
    [Alias("reload-plugins")]
    Task<ReloadReport> ReloadPluginsAsync();

    /// <summary>One skill together with the number of the snapshot in force, so that a reader never goes back to an older one.</summary>
    [Alias("read-skill")]
    Task<SkillReading> ReadSkillAsync(string name);

    /// <summary>
    /// One version of a skill, be it in force or of an earlier snapshot that is still kept; null where there is no such version.
    /// For whoever goes on with the version it began with.
    /// </summary>
    /// <param name="name">The skill.</param>
    /// <param name="revision">The version's <see cref="SkillEntry.Revision"/>.</param>
    [Alias("get-revision")]
    Task<SkillVersion?> GetRevisionAsync(string name, string revision);

    /// <summary>The content of one file of a version; null where it is not kept. At most <see cref="SkillFile.MaxReadBytes"/>.</summary>
    /// <param name="sha256">The file's hash, from <see cref="SkillVersion.Files"/>.</param>
    [Alias("get-content")]
    Task<ImmutableArray<byte>?> GetContentAsync(string sha256);

    /// <summary>The snapshots that are remembered, newest first.</summary>
    [Alias("get-snapshots")]
    Task<ImmutableArray<SnapshotInfo>> GetSnapshotsAsync();

    /// <summary>
    /// Makes a new snapshot with the content of an earlier one. A skill that differs on disk is held at the earlier version until
    /// its files are changed or <see cref="ResumeAsync"/> is called, also over a restart; what is changed later is served as it is.
    /// </summary>
    /// <param name="number">The earlier snapshot; null for the one before that in force.</param>
    /// <exception cref="Contracts.PluginException">There is no such snapshot, or its content is not kept any more.</exception>
    [Alias("rollback")]
    Task<ReloadReport> RollbackAsync(long? number);

    /// <summary>Ends a rollback: everything is served as it is on disk.</summary>
    [Alias("resume")]
    Task<ReloadReport> ResumeAsync();

    /// <summary>
    /// Removes a skill from the managed layer, or gives up one of any layer whose folder is gone and which is served all the same.
    /// </summary>
    /// <exception cref="Contracts.PluginException">It could not be removed; the message says why.</exception>
    [Alias("remove")]
    Task<SkillRemoval> RemoveAsync(string name);

    /// <summary>Versions that were replaced and on which calls still run.</summary>
    [Alias("get-draining")]
    Task<ImmutableArray<DrainingVersion>> GetDrainingAsync();
}
