using System.Collections.Immutable;
using System.Text;
using ClawGrains.Grains.Catalog.Store;
using ClawGrains.Interfaces;
using ClawGrains.Skills.Discovery;

namespace ClawGrains.Grains.Catalog;

/// <summary>A snapshot with the skills behind it, in force or shadowed. Never changes.</summary>
internal sealed class Catalog
{
    private readonly Dictionary<string, ServedSkill> _byName;

    public Catalog(CatalogSnapshot snapshot, IReadOnlyDictionary<string, ServedSkill> byPath)
    {
        (Snapshot, ByPath) = (snapshot, byPath);
        _byName = byPath.Values.Where(s => s.Row.Active).ToDictionary(s => s.Row.Name, StringComparer.Ordinal);
    }

    /// <summary>What is shown of it.</summary>
    public CatalogSnapshot Snapshot { get; }

    /// <summary>The skills by the paths of their <c>SKILL.md</c>.</summary>
    public IReadOnlyDictionary<string, ServedSkill> ByPath { get; }

    /// <summary>The same, as the snapshot of another number.</summary>
    public Catalog WithNumber(long number) => Snapshot.Number == number ? this : new(Snapshot with { Number = number }, ByPath);

    /// <summary>The same, as one that a rollback to a snapshot decides on; 0 where none does.</summary>
    public Catalog RolledBackTo(long number) => Snapshot.RolledBackTo == number ? this : new(Snapshot with { RolledBackTo = number }, ByPath);

    /// <summary>Whether a skill in force carries a plugin.</summary>
    public bool Carries(string name) => _byName.GetValueOrDefault(name)?.Entry.PluginManifest is not null;

    /// <summary>A skill in force with its instructions, or null.</summary>
    public SkillVersion? Find(string name) => _byName.GetValueOrDefault(name)?.ToVersion();
}

/// <summary>A skill of a snapshot.</summary>
internal sealed record ServedSkill
{
    /// <summary>What is remembered of it.</summary>
    public required ArchivedSkill Row { get; init; }

    /// <summary>The version that is served.</summary>
    public required DiscoveredSkill Skill { get; init; }

    /// <summary>What is listed of it.</summary>
    public required SkillEntry Entry { get; init; }

    /// <summary>What <c>{baseDir}</c> stands for.</summary>
    public required string Directory { get; init; }

    /// <summary>The version, with all it has.</summary>
    public SkillVersion ToVersion() => new()
    {
        SnapshotNumber = Entry.Since,
        Entry = Entry,
        Body = Skill.Document.Body,
        Source = Encoding.UTF8.GetString(Skill.Document.Source.Span),
        Files = FilesOf(Skill.Tree),
        Directory = Directory,
    };

    private static ImmutableArray<SkillFile> FilesOf(SkillTree tree) =>
    [
        .. tree.Files.Where(f => f.Path.Length > 0).Select(f => new SkillFile
        {
            Path = f.Path, Size = f.Length, Sha256 = f.IsHashed ? f.Sha256 : "", IsExecutable = f.IsExecutable,
        }),
    ];
}

/// <summary>What was served before: as it is in memory, or as it was kept over a restart.</summary>
/// <param name="Rows">The skills by path.</param>
/// <param name="Catalog">The whole, where this process had it in force.</param>
internal sealed record PastCatalog(IReadOnlyDictionary<string, ArchivedSkill> Rows, Catalog? Catalog)
{
    /// <summary>Before the first.</summary>
    public static PastCatalog None { get; } = new(new Dictionary<string, ArchivedSkill>(), null);

    public static PastCatalog Of(Catalog catalog) => new(new RowView(catalog.ByPath), catalog);

    public static PastCatalog Of(IEnumerable<ArchivedSkill> rows) => new(rows.ToDictionary(r => r.Path, StringComparer.Ordinal), null);

    // The rows of a catalog, without a copy of the table.
    private sealed class RowView(IReadOnlyDictionary<string, ServedSkill> skills) : IReadOnlyDictionary<string, ArchivedSkill>
    {
        public int Count => skills.Count;

        public IEnumerable<string> Keys => skills.Keys;

        public IEnumerable<ArchivedSkill> Values => skills.Values.Select(s => s.Row);

        public ArchivedSkill this[string key] => skills[key].Row;

        public bool ContainsKey(string key) => skills.ContainsKey(key);

        public bool TryGetValue(string key, [System.Diagnostics.CodeAnalysis.MaybeNullWhen(false)] out ArchivedSkill value)
        {
            value = skills.TryGetValue(key, out var skill) ? skill.Row : null;
            return value is not null;
        }

        public IEnumerator<KeyValuePair<string, ArchivedSkill>> GetEnumerator() => skills.Select(s => KeyValuePair.Create(s.Key, s.Value.Row)).GetEnumerator();

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
