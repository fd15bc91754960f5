using System.CommandLine;
using ClawGrains.Client.Api;
using ClawGrains.Client.Connection;
using ClawGrains.Client.Installing;
using ClawGrains.Client.Output;
using ClawGrains.Interfaces;

namespace ClawGrains.Client.Commands;

internal static class PluginInstallCommand
{
    private static readonly Option<bool> _yes = new("--yes", "-y") { Description = "Approve what it asks for without being asked" };
    private static readonly Option<bool> _force = new("--force") { Description = "Overrule critical findings of the scan" };

    public static Command Create()
    {
        var path = new Argument<string>("PATH") { Description = "A directory with a clawgrains.plugin.json, or a zip archive of one" };
        var command = new Command("install", "Install a plugin, or a version of one that is there") { path, _yes, _force };
        command.SetAction((call, cancellationToken) => InstallAsync(call,
            new PluginInstallRequest(Path.GetFullPath(call.GetRequiredValue(path)), call.GetValue(_force), call.GetValue(_yes)) { By = InstallChoices.By }, cancellationToken));
        return command;
    }

    public static Command CreateUpgrade()
    {
        var words = new Argument<string[]>("[ID] PATH")
        {
            Description = "A directory with a clawgrains.plugin.json, or a zip archive of one; an id before it must be that of the package",
            Arity = new ArgumentArity(1, 2),
        };
        var command = new Command("upgrade", "Install another version of a plugin; the old one serves until what is new is approved") { words, _yes, _force };
        command.SetAction((call, cancellationToken) =>
        {
            var given = call.GetRequiredValue(words);
            var request = new PluginInstallRequest(Path.GetFullPath(given[^1]), call.GetValue(_force), call.GetValue(_yes), given.Length == 2 ? given[0] : null, Upgrade: true) { By = InstallChoices.By };
            return InstallAsync(call, request, cancellationToken);
        });
        return command;
    }

    private static Task<int> InstallAsync(ParseResult call, PluginInstallRequest request, CancellationToken cancellationToken) =>
        PluginCommands.WithAsync(call, async plugins =>
        {
            var reply = await Progress.RunAsync("Installing", () => plugins.InstallAsync(request, cancellationToken));
            if (CommonOptions.WantsJson(call))
            {
                PluginJson.Write(reply, ClientJson.Default.PluginReply);
                return CommandLine.Done;
            }
            PluginText.Write("Installed", reply);
            if (reply.Plugin!.Candidate is not null && !Console.IsInputRedirected) await AskAsync(plugins, reply.Plugin, cancellationToken);
            return CommandLine.Done;
        }, cancellationToken);

    private static async Task AskAsync(IPluginConnection plugins, PluginInfo plugin, CancellationToken cancellationToken)
    {
        Console.Write("Approve it now? [y/N] ");
        if (Console.ReadLine()?.Trim().ToUpperInvariant() is "Y" or "YES")
            PluginText.Write("Approved", await plugins.ApplyAsync(plugin.Id, PluginStep.Approve, new DecisionRequest(InstallChoices.By), cancellationToken));
    }
}
