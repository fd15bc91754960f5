using System.CommandLine;
using ClawGrains.Client.Api;
using ClawGrains.Client.Connection;
using ClawGrains.Client.Output;
using ClawGrains.Client.Plugins;
using ClawGrains.Contracts;

namespace ClawGrains.Client.Commands;

internal static class PluginNewCommand
{
    public static Command Create()
    {
        var name = new Argument<string>("NAME") { Description = "The new plugin's id, and its directory below the current one" };
        var language = new Option<string>("--lang") { Description = "What it is written in", HelpName = "assemblyscript|c", DefaultValueFactory = _ => PluginProject.AssemblyScript };
        language.AcceptOnlyFromAmong(PluginProject.AssemblyScript, PluginProject.C);
        var command = new Command("new", "Begin a plugin: sources that build, with a test") { name, language };
        command.SetAction(call =>
        {
            var id = Path.GetFileName(call.GetRequiredValue(name));
            if (!PluginId.IsValid(id)) throw new CommandException($"'{Terminal.Plain(id)}' is not a plugin's id: use 1 to 128 of a-z, A-Z, 0-9, '.', '_' and '-', a letter or digit first.", "invalid_arguments");
            var project = PluginProject.Create(Path.GetFullPath(call.GetRequiredValue(name)), id, call.GetValue(language)!);
            if (CommonOptions.WantsJson(call)) Terminal.Json(project, ClientJson.Default.PluginProject);
            else Write(project);
            return CommandLine.Done;
        });
        return command;
    }

    private static void Write(PluginProject project)
    {
        Console.WriteLine($"Made {project.Directory}");
        foreach (var file in project.Files) Console.WriteLine($"  {file}");
        Console.WriteLine($"Build it with `cd {Path.GetRelativePath(Environment.CurrentDirectory, project.Directory)} && npm ci && npm run build`, test it with `npm test`.");
    }
}
