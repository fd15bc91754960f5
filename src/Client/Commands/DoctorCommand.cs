using System.Collections.Immutable;
using System.CommandLine;
using ClawGrains.Client.Api;
using ClawGrains.Client.Diagnosis;
using ClawGrains.Client.Output;

namespace ClawGrains.Client.Commands;

/// <summary>What <c>claw doctor --json</c> prints.</summary>
internal sealed record DoctorReport(bool Healthy, ImmutableArray<Finding> Findings);

internal static class DoctorCommand
{
    public static Command Create()
    {
        var command = new Command("doctor", "Check the data directory, the token, the state, the skills, the plugins and the running host");
        command.SetAction(async (call, cancellationToken) =>
        {
            var findings = await Doctor.ExamineAsync(CommonOptions.Paths(call), cancellationToken);
            var healthy = findings.All(f => f.Verdict != Verdict.Bad);
            if (CommonOptions.WantsJson(call)) Terminal.Json(new DoctorReport(healthy, findings), ClientJson.Default.DoctorReport);
            else Write(findings);
            return healthy ? CommandLine.Done : CommandLine.Failed;
        });
        return command;
    }

    private static void Write(ImmutableArray<Finding> findings)
    {
        foreach (var f in findings)
        {
            Console.WriteLine($"{Mark(f.Verdict)} {f.Subject.PadRight(10)} {Terminal.Plain(f.Text)}");
            if (f.Advice is not null) Console.WriteLine($"       {"".PadRight(10)} {Terminal.Plain(f.Advice)}");
        }
    }

    private static string Mark(Verdict verdict) => verdict switch
    {
        Verdict.Good => Terminal.Green("ok    "),
        Verdict.Odd => Terminal.Yellow("notice"),
        _ => Terminal.Red("bad   "),
    };
}
