using ClawGrains.Client.Api;
using ClawGrains.Interfaces;

namespace ClawGrains.Client.Diagnosis;

/// <summary>How the plugins stand.</summary>
internal static class PluginFindings
{
    private const string Subject = "plugins", Audit = "audit";

    public static IEnumerable<Finding> Of(PluginListing listing)
    {
        var plugins = listing.Plugins.Where(p => p.State != "removed").ToArray();
        yield return listing.Enabled || plugins.Length == 0
            ? Finding.Good(Subject, Summary(listing))
            : Finding.Odd(Subject, Summary(listing), "Turn them on with `claw config set plugins.enabled true`.");
        foreach (var p in plugins.Where(p => p.Problem is not null))
            yield return Finding.Odd(Subject, $"{p.Id} can't run: {p.Problem}", $"Install it again, or take it away with `claw plugin remove {p.Id}`.");
        foreach (var p in plugins.Where(p => !p.AsksFor.IsEmpty))
            yield return Finding.Odd(Subject, $"{p.Id} {p.Candidate?.Version} waits for approval of {string.Join(", ", p.AsksFor)}", $"`claw plugin approve {p.Id}`, or `claw plugin reject {p.Id}`.");
        foreach (var why in listing.Problems) yield return Finding.Odd(Subject, why);
    }

    /// <summary>How the audit of what they did stands.</summary>
    public static Finding Of(AuditCheck check) => check.Intact
        ? Finding.Good(Audit, $"{check.Records} record{(check.Records == 1 ? "" : "s")}, the chain of hashes is intact")
        : Finding.Bad(Audit, $"broken at record {check.BrokenAt}: {check.Reason}",
            "Keep the file as evidence; what stands before that record can be trusted. `claw audit export` writes what is there.");

    /// <summary>Numbers in one line: <c>3 (2 enabled, 1 pending), 5 tools</c>.</summary>
    public static string Summary(PluginListing listing)
    {
        var states = listing.Plugins.Where(p => p.State != "removed").GroupBy(p => p.State).Select(g => $"{g.Count()} {g.Key}").ToArray();
        if (!listing.Enabled) return states.Length == 0 ? "off" : $"off, though installed: {string.Join(", ", states)}";
        if (states.Length == 0) return "on, none installed";
        var tools = listing.Plugins.Sum(p => p.Tools.Length);
        return $"{string.Join(", ", states)}; {tools} tool{(tools == 1 ? "" : "s")}";
    }
}
