using System.CommandLine;
using System.CommandLine.Parsing;
using ClawGrains.Client.Api;
using ClawGrains.Client.Output;
using ClawGrains.Interfaces;

namespace ClawGrains.Client.Commands;

internal static class SkillRollbackCommand
{
    private const int Listed = 20;

    public static Command Create()
    {
        var number = new Argument<long?>("N") { Description = "The snapshot to go back to [default: the one before that in force]", Arity = ArgumentArity.ZeroOrOne };
        var to = new Option<long?>("--to") { Description = "The same as N", HelpName = "N" };
        var resume = new Option<bool>("--resume") { Description = "End the rollback: serve everything as it is on disk" };
        var command = new Command("rollback",
            "Go back to the skills of an earlier snapshot. Each skill stays there until its files are changed, or until --resume") { number, to, resume };
        command.Validators.Add(r =>
        {
            var ways = new SymbolResult?[] { r.GetResult(number) is { Tokens.Count: > 0 } given ? given : null, r.GetResult(to), r.GetResult(resume) };
            if (ways.Count(w => w is not null) > 1) r.AddError("Give one of N, --to N and --resume.");
        });
        command.SetAction(async (call, cancellationToken) =>
        {
            await using var host = await CommonOptions.OpenAsync(call, cancellationToken);
            var report = await host.RollbackAsync(new RollbackRequest(call.GetValue(number) ?? call.GetValue(to), call.GetValue(resume)), cancellationToken);
            if (CommonOptions.WantsJson(call)) Terminal.Json(report, ClientJson.Default.ReloadReport);
            else Write(report, call.GetValue(resume));
            return CommandLine.Done;
        });
        return command;
    }

    private static void Write(ReloadReport report, bool resumed)
    {
        var differences = report.Added.Length + report.Changed.Length + report.Removed.Length;
        if (differences == 0) Console.WriteLine($"Nothing to do: snapshot {report.Number} shows the same.");
        else Console.WriteLine($"{(resumed ? "Resumed" : "Rolled back")}: snapshot {report.Number} with {report.Total} skills.");
        List(Terminal.Green("back   "), report.Added);
        List(Terminal.Yellow("changed"), report.Changed);
        List(Terminal.Red("gone   "), report.Removed);
        if (!resumed && differences > 0) Console.WriteLine("They stay so until their files are changed, or until `claw skill rollback --resume`.");
    }

    private static void List(string what, IReadOnlyCollection<string> names)
    {
        foreach (var name in names.Take(Listed)) Console.WriteLine($"  {what} {Terminal.Plain(name)}");
        if (names.Count > Listed) Console.WriteLine($"  {what} and {names.Count - Listed} more (all of them with --json)");
    }
}
