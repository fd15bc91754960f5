using System.Collections.Immutable;
using ClawGrains.Grains.Catalog.Store;
using ClawGrains.Interfaces;

namespace ClawGrains.Grains.Catalog;

/// <summary>Says what differs between two snapshots.</summary>
internal static class CatalogDifference
{
    public static ReloadReport Between(IEnumerable<ArchivedSkill> before, IEnumerable<ArchivedSkill> after, long number)
    {
        var old = Index(before);
        var now = Index(after);
        return new ReloadReport
        {
            Number = number,
            Total = now.Count,
            Added = Names(now.Where(s => !old.ContainsKey(s.Key))),
            Changed = Names(now.Where(s => old.TryGetValue(s.Key, out var was) && !Same(was, s.Value))),
            Removed = Names(old.Where(s => !now.ContainsKey(s.Key))),
            Stale = Names(now.Where(s => s.Value.Stale is not null)),
        };
    }

    private static Dictionary<string, ArchivedSkill> Index(IEnumerable<ArchivedSkill> skills) =>
        skills.Where(s => s.Active).ToDictionary(s => s.Name, StringComparer.Ordinal);

    // Everything else follows from its files, its place and what is missing for it.
    private static bool Same(ArchivedSkill a, ArchivedSkill b) => ReferenceEquals(a, b)
        || (a.Revision == b.Revision && a.Path == b.Path && a.Since == b.Since && a.Eligible == b.Eligible
            && a.Command == b.Command && a.Stale == b.Stale && a.Held == b.Held);

    private static ImmutableArray<string> Names(IEnumerable<KeyValuePair<string, ArchivedSkill>> skills) =>
        [.. skills.Select(s => s.Key).Order(StringComparer.Ordinal)];
}
