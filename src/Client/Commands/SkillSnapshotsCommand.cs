using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using ClawGrains.Client.Api;
using ClawGrains.Client.Output;
using ClawGrains.Interfaces;

namespace ClawGrains.Client.Commands;

internal static class SkillSnapshotsCommand
{
    public static Command Create()
    {
        var command = new Command("snapshots", "List the snapshots of the skills that can be gone back to, newest first");
        command.SetAction(async (call, cancellationToken) =>
        {
            await using var host = await CommonOptions.OpenAsync(call, cancellationToken);
            var snapshots = await host.GetSnapshotsAsync(cancellationToken);
            if (CommonOptions.WantsJson(call)) Terminal.Json(new SnapshotListing(snapshots), ClientJson.Default.SnapshotListing);
            else Write(snapshots);
            return CommandLine.Done;
        });
        return command;
    }

    private static void Write(ImmutableArray<SnapshotInfo> snapshots)
    {
        var table = new Table("NUMBER", "BUILT (UTC)", "SKILLS", "WHAT");
        foreach (var s in snapshots)
            table.Add(s.Number.ToString(CultureInfo.InvariantCulture), s.BuiltAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
                s.Total.ToString(CultureInfo.InvariantCulture), What(s));
        table.Write(Console.Out);
    }

    private static string What(SnapshotInfo s)
    {
        List<string> parts = [];
        if (s.RollbackTo > 0) parts.Add($"rollback to {s.RollbackTo}");
        Add(parts, "added", s.Added);
        Add(parts, "changed", s.Changed);
        Add(parts, "removed", s.Removed);
        if (!s.IsKept) parts.Add("not kept");
        return string.Join("; ", parts);
    }

    private static void Add(List<string> parts, string verb, ImmutableArray<string> names)
    {
        if (!names.IsEmpty) parts.Add($"{verb} {string.Join(", ", names.Take(3).Select(Terminal.Plain))}{(names.Length > 3 ? ", …" : "")}");
    }
}
