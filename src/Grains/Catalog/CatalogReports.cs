using ClawGrains.Contracts;
using ClawGrains.Interfaces;
using Microsoft.Extensions.Logging;

namespace ClawGrains.Grains.Catalog;

/// <summary>Tells people of reloads: each fault once, when it appears, and once when it is mended.</summary>
internal sealed partial class CatalogReports(ILogger logger)
{
    // A tree that is moved away or checked out anew has thousands at once.
    private const int Listed = 10;

    private Dictionary<string, string> _faults = new(StringComparer.Ordinal);

    public void Swapped(TenantId tenant, ReloadReport report, CatalogSnapshot snapshot)
    {
        if (report.Added.Length + report.Changed.Length + report.Removed.Length > 0)
            LogSwapped(tenant.Value, report.Number, report.Total, Words(report));
        var faults = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var bad in snapshot.Invalid) faults.TryAdd($"{bad.Path}\0{bad.Serving}", bad.Reason);
        var news = snapshot.Invalid.Where(b => _faults.GetValueOrDefault($"{b.Path}\0{b.Serving}") != b.Reason);
        var grouped = news.GroupBy(b => (b.Path, b.Reason, b.Line)).Select(g => g.ToArray()).ToArray();
        foreach (var same in grouped.Take(Listed)) Fault(tenant, same);
        if (grouped.Length > Listed) LogMoreFaults(tenant.Value, grouped.Length - Listed);
        var mended = _faults.Keys.Except(faults.Keys).Select(k => k.Split('\0')[0]).Except(snapshot.Invalid.Select(i => i.Path)).ToArray();
        foreach (var path in mended.Take(Listed)) LogMended(tenant.Value, path);
        if (mended.Length > Listed) LogMoreMended(tenant.Value, mended.Length - Listed);
        _faults = faults;
    }

    public void NotKept(TenantId tenant, Exception error) => LogNotKept(tenant.Value, error.Message);

    // A directory that can't be had is one fault, however many skills are in it.
    private void Fault(TenantId tenant, InvalidSkill[] same)
    {
        var bad = same[0];
        var place = bad.Line > 0 ? $"{bad.Path}:{bad.Line}:{bad.Column}" : bad.Path;
        var reason = bad.Reason.TrimEnd('.');
        if (bad.Serving is null) LogInvalid(tenant.Value, place, reason);
        else if (same.Length > 1) LogManyStale(tenant.Value, place, reason, same.Length);
        else LogStale(tenant.Value, place, reason, bad.Serving, bad.ServingSince);
    }

    private static string Words(ReloadReport report)
    {
        string?[] parts = [Part("added", report.Added), Part("changed", report.Changed), Part("removed", report.Removed)];
        return string.Join("; ", parts.OfType<string>());

        static string? Part(string verb, IReadOnlyCollection<string> names) =>
            names.Count == 0 ? null : names.Count <= 3 ? $"{verb} {string.Join(", ", names)}" : $"{verb} {names.Count}";
    }

    [LoggerMessage(LogLevel.Information, "Tenant {tenant}: snapshot {number} with {total} skills: {what}")]
    private partial void LogSwapped(string tenant, long number, int total, string what);

    [LoggerMessage(LogLevel.Warning, "Tenant {tenant}: {place}: {reason}. The skill '{skill}' goes on as of snapshot {since} until this is mended")]
    private partial void LogStale(string tenant, string place, string reason, string skill, long since);

    [LoggerMessage(LogLevel.Warning, "Tenant {tenant}: {place}: {reason}. {count} skills go on as they were until this is mended")]
    private partial void LogManyStale(string tenant, string place, string reason, int count);

    [LoggerMessage(LogLevel.Warning, "Tenant {tenant}: {place}: {reason}. It is not served, and no earlier version of it is known")]
    private partial void LogInvalid(string tenant, string place, string reason);

    [LoggerMessage(LogLevel.Warning, "Tenant {tenant}: {count} more could not be loaded either: see `claw skill list`")]
    private partial void LogMoreFaults(string tenant, int count);

    [LoggerMessage(LogLevel.Warning, "Tenant {tenant}: {count} more are mended or gone")]
    private partial void LogMoreMended(string tenant, int count);

    [LoggerMessage(LogLevel.Warning, "Tenant {tenant}: {path} is mended or gone")]
    private partial void LogMended(string tenant, string path);

    [LoggerMessage(LogLevel.Warning, "Tenant {tenant}: the newest snapshot can't be kept, so it can't be gone back to: {error}")]
    private partial void LogNotKept(string tenant, string error);
}
