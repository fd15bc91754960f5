using ClawGrains.Grains.Catalog.Store;
using ClawGrains.Skills.Discovery;

namespace ClawGrains.Grains.Catalog;

/// <summary>What is done about skills whose files vanished.</summary>
internal sealed record MissingRules
{
    /// <summary>Those that are known to be missing.</summary>
    public IReadOnlyList<MissingSkill> Known { get; init; } = [];

    /// <summary>The <c>SKILL.md</c> of those that somebody removes by command.</summary>
    public IReadOnlyCollection<string> Removed { get; init; } = [];

    /// <summary>Whether others than the known may be missing. False where nobody saw them go: at a start, or where a rollback is told what to serve.</summary>
    public bool TakesNew { get; init; } = true;

    /// <summary>How long one is kept.</summary>
    public TimeSpan Limit { get; init; }

    /// <summary>The time.</summary>
    public DateTimeOffset Now { get; init; }
}

/// <summary>
/// Decides which skills go on being served though their files are gone. A folder that vanishes may be an editor or a checkout that
/// writes it anew, or a mount that was lost; whoever means it says so, or waits.
/// </summary>
internal sealed class MissingSkills(MissingRules rules, IReadOnlyList<SkillLayerRoot> roots)
{
    private readonly Dictionary<string, MissingSkill> _known = rules.Known.ToDictionary(m => m.Path, StringComparer.Ordinal);

    /// <summary>The versions to go on with, strongest layer first, each with why and until when.</summary>
    /// <param name="gone">What was served from places where there is nothing now.</param>
    /// <param name="isEmpty">Whether nothing at all is found below a root.</param>
    public IEnumerable<(ArchivedSkill Row, SkillFault Fault, MissingSkill Missing)> Keep(IReadOnlyList<ArchivedSkill> gone, Func<string, bool> isEmpty)
    {
        var order = roots.Select((r, i) => (r.Path, i)).DistinctBy(r => r.Path).ToDictionary(r => r.Path, r => r.i, StringComparer.Ordinal);
        foreach (var root in gone.Where(r => order.ContainsKey(r.Root) && !rules.Removed.Contains(r.Path)).GroupBy(r => r.Root).OrderBy(g => order[g.Key]))
        {
            var kept = root.Select(r => (Row: r, Since: SinceOf(r))).Where(r => r.Since is not null).Select(r => (r.Row, r.Since!.Value)).ToArray();
            foreach (var (row, since) in kept)
                if (Judge(row, since, IsLost(root.Key, kept, isEmpty)) is { } judged) yield return judged;
        }
    }

    private DateTimeOffset? SinceOf(ArchivedSkill row) =>
        _known.TryGetValue(row.Path, out var known) ? known.Since : rules.TakesNew && rules.Limit > TimeSpan.Zero ? rules.Now : null;

    // Somebody who deletes skills deletes them one by one; a mount takes all of them at one moment, with or without its directory.
    private static bool IsLost(string root, (ArchivedSkill Row, DateTimeOffset Since)[] gone, Func<string, bool> isEmpty) =>
        !Directory.Exists(root) || (gone.Length > 1 && isEmpty(root) && gone.All(g => g.Since == gone[0].Since));

    private (ArchivedSkill, SkillFault, MissingSkill)? Judge(ArchivedSkill row, DateTimeOffset since, bool isLost)
    {
        var until = isLost ? (DateTimeOffset?)null : since + rules.Limit;
        if (until <= rules.Now) return null;
        var directory = Path.GetDirectoryName(row.Path)!;
        var (place, what) = isLost ? (row.Root, Directory.Exists(row.Root) ? "all skills in it are" : "it is")
            : Directory.Exists(directory) ? (row.Path, "it is") : (directory, "the skill's folder is");
        var end = until is { } at ? $"unless it comes back it is removed at {at:HH:mm:ss} UTC, or at once by `claw skill remove {row.Name}`"
            : "what was in it is kept until it comes back, or until `claw skill remove NAME`";
        return (row, new SkillFault(place, $"{what} gone since {since:yyyy-MM-dd HH:mm:ss} UTC; {end}"),
            new MissingSkill { Path = row.Path, Since = since, Until = until });
    }
}
