using System.CommandLine;
using ClawGrains.Client.Installing;
using ClawGrains.Client.Output;
using ClawGrains.Skills.Model;
using ClawGrains.Skills.Validation;

namespace ClawGrains.Client.Commands;

internal static class SkillValidateCommand
{
    public static Command Create()
    {
        var paths = new Argument<string[]>("PATH") { Description = "Skill directories, trees of them, or SKILL.md files", Arity = ArgumentArity.OneOrMore };
        var strict = new Option<bool>("--strict") { Description = "Hold them to the Agent Skills specification, not only to what loads" };
        var command = new Command("validate", "Check every SKILL.md below the paths, with its plugin and WebAssembly; fails where one does not load") { paths, strict };
        command.SetAction(async (call, cancellationToken) =>
        {
            var options = new SkillValidationOptions { Strict = call.GetValue(strict) };
            var plugins = new SkillArtifacts(CommonOptions.Paths(call));
            var rows = await Progress.RunAsync("Validating", () => Task.Run(async () =>
            {
                var rowsSoFar = new List<SkillValidationRow>();
                foreach (var row in SkillValidator.Validate(call.GetRequiredValue(paths), options, cancellationToken)) rowsSoFar.Add(await plugins.CheckAsync(row));
                return rowsSoFar;
            }, cancellationToken));
            if (CommonOptions.WantsJson(call)) Console.Out.WriteLine(SkillValidationJson.Write(rows));
            else Write(rows);
            return rows.All(r => r.Loaded) ? CommandLine.Done : CommandLine.Failed;
        });
        return command;
    }

    private static void Write(IReadOnlyList<SkillValidationRow> rows)
    {
        foreach (var row in rows)
        {
            // What failed goes where errors go, so that `claw skill validate DIR >/dev/null` still shows it.
            var output = row.Loaded ? Console.Out : Console.Error;
            output.WriteLine($"{(row.Loaded ? Terminal.Green("ok ") : Terminal.Red("bad"))} {Terminal.Plain(row.Path)}");
            foreach (var error in row.Errors) output.WriteLine($"    {(error.Code == SkillArtifacts.Code ? "" : $"{row.Path}{Place(error)}: ")}{Terminal.Plain(error.Message)} ({error.Code})");
            foreach (var warning in row.Warnings) output.WriteLine($"    {Terminal.Yellow("warning")} {Place(warning).TrimStart(':')} {Terminal.Plain(warning.Message)}");
        }
        Console.WriteLine($"{rows.Count} checked, {rows.Count(r => !r.Loaded)} bad, {rows.Sum(r => r.Warnings.Count)} warnings");
    }

    private static string Place(SkillDiagnostic finding) => finding.Line > 0 ? $":{finding.Line}:{finding.Column}" : "";
}
