using System.CommandLine;
using ClawGrains.Client.Api;
using ClawGrains.Client.Installing;
using ClawGrains.Interfaces;

namespace ClawGrains.Client.Commands;

/// <summary>The commands that take one step in the life of a plugin.</summary>
internal static class PluginStepCommands
{
    private static readonly (string Name, PluginStep Step, string Done, string Description)[] _steps =
    [
        ("approve", PluginStep.Approve, "Approved", "Approve what the waiting version asks for, and let it run"),
        ("reject", PluginStep.Reject, "Rejected", "Turn the waiting version down; an active one keeps serving"),
        ("enable", PluginStep.Enable, "Enabled", "Let a disabled plugin run"),
        ("disable", PluginStep.Disable, "Disabled", "Keep a plugin from running"),
        ("rollback", PluginStep.Rollback, "Rolled back", "Go back to the version before"),
        ("pin", PluginStep.Pin, "Pinned", "Refuse upgrades of a plugin"),
        ("unpin", PluginStep.Unpin, "Unpinned", "Take upgrades of a plugin again"),
        ("revoke", PluginStep.Revoke, "Revoked", "Withdraw a plugin for good; it can only be removed then"),
        ("purge", PluginStep.Purge, "Purged", "Forget a removed plugin and its packages"),
    ];

    public static IEnumerable<Command> CreateAll() => _steps.Select(s => Create(s.Name, s.Step, s.Done, s.Description)).Append(CreateRemove());

    private static Command Create(string name, PluginStep step, string done, string description)
    {
        var id = new Argument<string>("ID") { Description = "The plugin's id" };
        var reason = new Option<string?>("--reason") { Description = "Why; it is recorded", HelpName = "TEXT" };
        var command = new Command(name, description) { id };
        if (step is PluginStep.Approve or PluginStep.Reject) command.Add(reason);
        command.SetAction((call, cancellationToken) => PluginCommands.WithAsync(call, async plugins =>
        {
            var reply = await plugins.ApplyAsync(call.GetRequiredValue(id), step, new DecisionRequest(InstallChoices.By, call.GetValue(reason)), cancellationToken);
            return Write(call, reply.Plugin is null ? $"{done} {call.GetRequiredValue(id)}" : done, reply);
        }, cancellationToken));
        return command;
    }

    private static Command CreateRemove()
    {
        var id = new Argument<string>("ID") { Description = "The plugin's id" };
        var purge = new Option<bool>("--purge") { Description = "Forget it and its packages too" };
        var command = new Command("remove", "Uninstall a plugin; its packages are kept until it is purged") { id, purge };
        command.SetAction((call, cancellationToken) => PluginCommands.WithAsync(call, async plugins =>
        {
            var (name, by) = (call.GetRequiredValue(id), new DecisionRequest(InstallChoices.By));
            var reply = await plugins.ApplyAsync(name, PluginStep.Remove, by, cancellationToken);
            if (call.GetValue(purge)) reply = await plugins.ApplyAsync(name, PluginStep.Purge, by, cancellationToken);
            return Write(call, reply.Plugin is null ? $"Removed and purged {name}" : "Removed", reply);
        }, cancellationToken));
        return command;
    }

    private static int Write(ParseResult call, string done, PluginReply reply)
    {
        if (CommonOptions.WantsJson(call)) PluginJson.Write(reply, ClientJson.Default.PluginReply);
        else PluginText.Write(done, reply);
        return CommandLine.Done;
    }
}
