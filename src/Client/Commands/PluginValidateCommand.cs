using System.Collections.Immutable;
using System.CommandLine;
using ClawGrains.Client.Api;
using ClawGrains.Client.Output;
using ClawGrains.Client.Plugins;

namespace ClawGrains.Client.Commands;

internal static class PluginValidateCommand
{
    public static Command Create()
    {
        var path = new Argument<string>("PATH") { Description = "A directory with a clawgrains.plugin.json, a zip archive of one, or a manifest" };
        var command = new Command("validate", "Check a plugin's manifest, component and texts without installing it; fails where it could not be installed") { path };
        command.SetAction(async (call, cancellationToken) =>
        {
            var report = await PluginValidator.ValidateAsync(CommonOptions.Paths(call), Path.GetFullPath(call.GetRequiredValue(path)), cancellationToken);
            if (CommonOptions.WantsJson(call)) PluginJson.Write(report, ClientJson.Default.PluginValidation);
            else Write(report);
            return report.Valid ? CommandLine.Done : CommandLine.Failed;
        });
        return command;
    }

    private static void Write(PluginValidation report)
    {
        foreach (var error in report.Errors) Console.Error.WriteLine($"{Terminal.Red("error")}   {Terminal.Plain(error)}");
        foreach (var warning in report.Warnings) Console.WriteLine($"{Terminal.Yellow("warning")} {Terminal.Plain(warning)}");
        if (report.Id is not null) Console.WriteLine($"{report.Id} {report.Version}");
        Lines("asks for", report.AsksFor, "nothing");
        Lines("tools", report.Tools, "none known");
        Console.WriteLine(report.Valid ? Terminal.Green("ok") : Terminal.Red("can't be installed"));
    }

    private static void Lines(string label, ImmutableArray<string> lines, string none)
    {
        Console.WriteLine($"{label}: {(lines.IsEmpty ? none : "")}");
        foreach (var line in lines) Console.WriteLine($"  {Terminal.Plain(line)}");
    }
}
