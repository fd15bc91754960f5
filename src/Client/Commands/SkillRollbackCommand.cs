using System.CommandLine;
using ClawGrains.Client.Api;
using ClawGrains.Client.Output;
using ClawGrains.Interfaces;

namespace ClawGrains.Client.Commands;

internal static class SkillRollbackCommand
{
    public static Command Create()
    {
        var to = new Option<long?>("--to") { Description = "The snapshot to go back to [default: the one before that in force]", HelpName = "N" };
        var resume = new Option<bool>("--resume") { Description = "End the rollback: serve everything as it is on disk" };
        var command = new Command("rollback",
            "Go back to the skills of an earlier snapshot. Each skill stays there until its files are changed, or until --resume") { to, resume };
        command.Validators.Add(r =>
        {
            if (r.GetValue(to) is not null && r.GetValue(resume)) r.AddError("Give --to N or --resume, not both.");
        });
        command.SetAction(async (call, cancellationToken) =>
        {
            await using var host = await CommonOptions.OpenAsync(call, cancellationToken);
            var report = await host.RollbackAsync(new RollbackRequest(call.GetValue(to), call.GetValue(resume)), cancellationToken);
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
        foreach (var name in report.Added) Console.WriteLine($"  {Terminal.Green("back")}    {Terminal.Plain(name)}");
        foreach (var name in report.Changed) Console.WriteLine($"  {Terminal.Yellow("changed")} {Terminal.Plain(name)}");
        foreach (var name in report.Removed) Console.WriteLine($"  {Terminal.Red("gone")}    {Terminal.Plain(name)}");
        if (!resumed && differences > 0) Console.WriteLine("They stay so until their files are changed, or until `claw skill rollback --resume`.");
    }
}
