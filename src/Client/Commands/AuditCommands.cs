using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using ClawGrains.Client.Api;
using ClawGrains.Client.Connection;
using ClawGrains.Client.Output;
using ClawGrains.Contracts;

namespace ClawGrains.Client.Commands;

/// <summary><c>claw audit …</c>: what plugins did, were refused, and what was done to them.</summary>
internal static class AuditCommands
{
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(500);

    public static Command Create() => new("audit", "Show, export and verify the record of what plugins did") { List(), Tail(), Export(), Verify() };

    private static Command List()
    {
        var filter = new AuditFilterOptions();
        var limit = Limit("At most so many, the newest", 100);
        var command = filter.AddTo(new Command("list", "List records, the newest last") { limit });
        command.SetAction((call, cancellationToken) => WithAsync(call, async audit =>
        {
            var rows = await audit.AuditAsync(filter.Query(call) with { Limit = call.GetValue(limit), Newest = true }, cancellationToken);
            if (CommonOptions.WantsJson(call)) Terminal.Json([.. rows], ClientJson.Default.AuditRowArray);
            else Write(rows);
            return CommandLine.Done;
        }, cancellationToken));
        return command;
    }

    private static Command Tail()
    {
        var filter = new AuditFilterOptions();
        var limit = Limit("Begin with so many", 10);
        var follow = new Option<bool>("--follow", "-f") { Description = "Go on with new records until Ctrl-C" };
        var command = filter.AddTo(new Command("tail", "Show the last records, and new ones as they come with --follow") { limit, follow });
        command.SetAction((call, cancellationToken) => WithAsync(call, async audit =>
        {
            var query = filter.Query(call);
            var rows = await audit.AuditAsync(query with { Limit = call.GetValue(limit), Newest = true }, cancellationToken);
            var last = WriteLines(call, rows, query.After);
            using var timer = new PeriodicTimer(_pause, TimeProvider.System);
            while (call.GetValue(follow) && await timer.WaitForNextTickAsync(cancellationToken))
                last = WriteLines(call, await audit.AuditAsync(query with { After = last, Limit = 1_000 }, cancellationToken), last);
            return CommandLine.Done;
        }, cancellationToken));
        return command;
    }

    private static Command Export()
    {
        var filter = new AuditFilterOptions();
        var file = new Option<string?>("--output", "-o") { Description = "The file to write [default: standard output]", HelpName = "FILE" };
        var command = filter.AddTo(new Command("export", "Write records as JSON, one on each line, the oldest first") { file });
        command.SetAction((call, cancellationToken) => WithAsync(call, async audit =>
        {
            await using var output = call.GetValue(file) is { } path ? File.Create(path) : Console.OpenStandardOutput();
            var query = filter.Query(call) with { Limit = 5_000 };
            var written = 0L;
            while (await audit.AuditAsync(query, cancellationToken) is { IsEmpty: false } page)
            {
                foreach (var row in page) AuditLines.Write(output, row);
                (query, written) = (query with { After = page[^1].Seq }, written + page.Length);
            }
            if (call.GetValue(file) is not null) Console.WriteLine($"{written} records written to {call.GetValue(file)}");
            return CommandLine.Done;
        }, cancellationToken));
        return command;
    }

    private static Command Verify()
    {
        var head = new Option<string?>("--head") { Description = "A head noted before, which must still be in the chain", HelpName = "HASH" };
        var command = new Command("verify", "Recompute the chain of hashes; fails where a record was changed, taken out or cut off") { head };
        command.SetAction((call, cancellationToken) => WithAsync(call, async audit =>
        {
            var check = await audit.VerifyAuditAsync(call.GetValue(head), cancellationToken);
            if (CommonOptions.WantsJson(call)) Terminal.Json(check, ClientJson.Default.AuditCheck);
            else if (check.Intact) Console.WriteLine($"{Terminal.Green("intact")}: {check.Records} records, head {check.Head}");
            else Console.Error.WriteLine($"claw: the audit was tampered with: {check.Reason} (at {check.BrokenAt}, after {check.Records} good ones)");
            return check.Intact ? CommandLine.Done : CommandLine.Failed;
        }, cancellationToken));
        return command;
    }

    private static Option<int> Limit(string description, int most) => new("--limit", "-n")
    {
        Description = description, HelpName = "N", DefaultValueFactory = _ => most,
        Validators =
        {
            v =>
            {
                if (v.Tokens is [var text] && int.TryParse(text.Value, out var number) && number < 1) v.AddError($"--limit {text.Value}: give a number of 1 or more.");
            },
        },
    };

    private static async Task<int> WithAsync(ParseResult call, Func<IPluginConnection, Task<int>> work, CancellationToken cancellationToken)
    {
        await using var host = await CommonOptions.OpenAsync(call, cancellationToken);
        return await work(host.Plugins(TenantId.Default));
    }

    private static void Write(ImmutableArray<AuditRow> rows)
    {
        if (rows.IsEmpty) Console.Error.WriteLine("No records fit.");
        var table = new Table("SEQ", "TIME", "TENANT", "PLUGIN", "FUNCTION", "DECISION", "ARGUMENTS");
        foreach (var r in rows) table.Add(r.Seq.ToString(CultureInfo.InvariantCulture), Time(r), r.Tenant, r.Plugin, r.Function, r.Decision, Detail(r));
        if (!rows.IsEmpty) table.Write(Console.Out);
    }

    private static long WriteLines(ParseResult call, ImmutableArray<AuditRow> rows, long last)
    {
        foreach (var r in rows)
            if (CommonOptions.WantsJson(call)) Console.WriteLine(AuditLines.Of(r));
            else Console.WriteLine($"{r.Seq} {Time(r)} {r.Tenant} {r.Plugin} {r.Function} {r.Decision} {Detail(r)}");
        return rows.IsEmpty ? last : rows[^1].Seq;
    }

    private static string Time(AuditRow row) => row.Time.ToString("yyyy-MM-dd HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static string Detail(AuditRow row) => Terminal.Plain(row.Reason.Length == 0 ? row.Arguments : $"{row.Arguments} ({row.Reason})");
}
