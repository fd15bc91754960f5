using System.Collections.Immutable;
using ClawGrains.Interfaces;

namespace ClawGrains.Grains.Catalog;

/// <summary>Says what differs between two snapshots.</summary>
internal static class CatalogDifference
{
    public static ReloadReport Between(CatalogSnapshot? before, CatalogSnapshot after)
    {
        var old = Index(before);
        var now = Index(after);
        return new ReloadReport
        {
            Number = after.Number,
            Total = after.Skills.Length,
            Added = Names(now.Where(s => !old.ContainsKey(s.Key))),
            Changed = Names(now.Where(s => old.TryGetValue(s.Key, out var was) && !Same(was, s.Value))),
            Removed = Names(old.Where(s => !now.ContainsKey(s.Key))),
        };
    }

    private static Dictionary<string, SkillEntry> Index(CatalogSnapshot? snapshot) =>
        snapshot is null ? [] : snapshot.Skills.ToDictionary(s => s.Name, StringComparer.Ordinal);

    // Everything else of an entry follows from its text, its place and what is missing for it.
    private static bool Same(SkillEntry a, SkillEntry b) =>
        a.Sha256 == b.Sha256 && a.FilePath == b.FilePath && a.Eligible == b.Eligible && a.Command == b.Command;

    private static ImmutableArray<string> Names(IEnumerable<KeyValuePair<string, SkillEntry>> skills) =>
        [.. skills.Select(s => s.Key).Order(StringComparer.Ordinal)];
}
