using System.Collections.Immutable;
using ClawGrains.Contracts;
using ClawGrains.Interfaces;

namespace ClawGrains.Grains.Commands;

/// <summary>Lists, as a person reads them in a chat: one thing a line.</summary>
internal static class ListText
{
    public static string Skills(CatalogSnapshot snapshot) => snapshot.Skills.IsEmpty ? "There are no skills yet." : Lines(snapshot.Skills.Select(s =>
        $"{s.Name}{Note(s)}: {FirstLine(s.Description)}{(s.Command is { } command ? $" (/{command})" : "")}"));

    public static string Tools(PluginListing listing)
    {
        var tools = listing.Plugins.SelectMany(p => p.Tools.Select(t => $"{t.Name} of {p.Id}: {FirstLine(t.Description)}")).ToArray();
        return tools.Length == 0 ? "No plugin that runs has a tool." : Lines(tools);
    }

    public static string Approvals(ImmutableArray<Approval> pending) => pending.IsEmpty ? "Nothing waits for a decision." : Lines(pending.Select(a =>
        $"{a.Id} {a.Kind} {a.Subject}: {string.Join("; ", a.Reasons.Concat(a.Growth).Select(FirstLine))}"));

    public static string Reload(ReloadReport report)
    {
        var changes = ((string, ImmutableArray<string>)[])[("added", report.Added), ("changed", report.Changed), ("removed", report.Removed), ("stale", report.Stale)];
        var said = changes.Where(c => !c.Item2.IsEmpty).Select(c => $"{c.Item1} {string.Join(", ", c.Item2)}").ToArray();
        return $"Snapshot {report.Number}, {report.Total} skills: {(said.Length == 0 ? "nothing changed" : string.Join("; ", said))}.";
    }

    public static string Status(TenantId tenant, CatalogSnapshot snapshot, PluginListing listing) =>
        $"Tenant {tenant.Value}: {snapshot.Skills.Length} skills (snapshot {snapshot.Number}), {snapshot.Invalid.Length} that do not load; "
        + $"{listing.Plugins.Count(p => !p.Tools.IsEmpty)} plugins run, with {listing.Plugins.Sum(p => p.Tools.Length)} tools.";

    private static string Note(SkillEntry skill) => !skill.Eligible ? " (not usable here)" : skill.Stale is not null ? " (stale)" : "";

    private static string FirstLine(string text) => text.AsSpan().IndexOfAny('\r', '\n') is var end && end < 0 ? text : text[..end];

    private static string Lines(IEnumerable<string> lines) => string.Join('\n', lines);
}
