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
}
