using System.CommandLine;
using ClawGrains.Client.Api;
using ClawGrains.Client.Output;
using ClawGrains.Interfaces;

namespace ClawGrains.Client.Commands;

internal static class PluginListCommand
{
    public static Command Create()
    {
        var all = new Option<bool>("--all") { Description = "Removed plugins too" };
        var command = new Command("list", "List the installed plugins") { all };
        command.SetAction((call, cancellationToken) => PluginCommands.WithAsync(call, async plugins =>
        {
            var listing = await plugins.ListAsync(cancellationToken);
            if (!call.GetValue(all)) listing = listing with { Plugins = [.. listing.Plugins.Where(p => p.State != "removed")] };
            if (CommonOptions.WantsJson(call)) PluginJson.Write(listing, ClientJson.Default.PluginListing);
            else Write(listing);
            return HasOnlyProblems(listing) ? CommandLine.Failed : CommandLine.Done;
        }, cancellationToken));
        return command;
    }

    private static bool HasOnlyProblems(PluginListing listing) => listing is { Plugins.IsEmpty: true, Problems.IsEmpty: false };

    private static void Write(PluginListing listing)
    {
        if (!listing.Enabled) Console.Error.WriteLine(PluginText.HowToEnable);
        foreach (var problem in listing.Problems) Terminal.Warn(Terminal.Plain(problem));
        if (HasOnlyProblems(listing)) return;
        if (listing.Plugins.IsEmpty)
        {
            Console.WriteLine("No plugins. Install one with `claw plugin install PATH`.");
            return;
        }
        var table = new Table("ID", "VERSION", "STATE", "TOOLS", "DESCRIPTION");
        foreach (var p in listing.Plugins) table.Add(p.Id, PluginText.Version(p), PluginText.State(p), string.Join(", ", p.Tools.Select(t => t.Name)), p.Description);
        table.Write(Console.Out);
        foreach (var p in listing.Plugins.Where(p => p.Problem is not null)) Console.WriteLine($"{Terminal.Red("broken")} {p.Id}: {Terminal.Plain(p.Problem!)}");
    }
}
