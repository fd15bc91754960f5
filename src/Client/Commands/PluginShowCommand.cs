using System.CommandLine;
using ClawGrains.Client.Api;
using ClawGrains.Client.Connection;
using ClawGrains.Client.Output;
using ClawGrains.Interfaces;

namespace ClawGrains.Client.Commands;

internal static class PluginShowCommand
{
    public static Command Create()
    {
        var id = new Argument<string>("ID") { Description = "The plugin's id" };
        var command = new Command("show", "Show one plugin: versions, permissions and tools") { id };
        command.SetAction((call, cancellationToken) => PluginCommands.WithAsync(call, async plugins =>
        {
            var plugin = await plugins.GetAsync(call.GetRequiredValue(id), cancellationToken)
                ?? throw new CommandException($"There is no plugin '{Terminal.Plain(call.GetRequiredValue(id))}'. See `claw plugin list`.", "not_found");
            if (CommonOptions.WantsJson(call)) PluginJson.Write(plugin, ClientJson.Default.PluginInfo);
            else Write(plugin);
            return CommandLine.Done;
        }, cancellationToken));
        return command;
    }

    private static void Write(PluginInfo plugin)
    {
        Row("id", plugin.Id);
        Row("name", plugin.Name);
        if (plugin.Description.Length > 0) Row("description", plugin.Description);
        Row("state", PluginText.State(plugin));
        if (plugin.Active is { } active) Version("active", active);
        if (plugin.Candidate is { } candidate) Version("waiting", candidate);
        if (!plugin.History.IsEmpty) Row("before", string.Join(", ", plugin.History));
        Row("approved", plugin.Approved.IsEmpty ? "nothing" : plugin.Approved[0]);
        foreach (var line in plugin.Approved.Skip(1)) Row("", line);
        foreach (var tool in plugin.Tools) Row("tool", tool.Description.Length == 0 ? tool.Name : $"{tool.Name}: {tool.Description}");
        if (plugin.Problem is { } problem) Row("problem", problem);
        PluginText.WriteQuestion(plugin);
    }

    private static void Version(string label, PluginVersionInfo version)
    {
        Row(label, version.Version);
        Row("", $"package {version.Package}");
        Row("", $"component {version.Component}");
    }

    private static void Row(string label, string value) => Console.WriteLine($"{Terminal.Dim(label.PadRight(12))} {Terminal.Plain(value)}");
}
