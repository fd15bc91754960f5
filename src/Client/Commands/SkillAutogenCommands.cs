using System.CommandLine;
using ClawGrains.Client.Api;
using ClawGrains.Client.Connection;
using ClawGrains.Client.Output;
using ClawGrains.Interfaces;

namespace ClawGrains.Client.Commands;

/// <summary><c>claw skill autogen …</c></summary>
internal static class SkillAutogenCommands
{
    public static Command Create() => new("autogen", "Skills made from tool calls that repeat; off by default")
    {
        Ask("status", "Show whether it is on, what was found and what waits", (host, cancellationToken) => host.GetAutogenAsync(cancellationToken)),
        Ask("on", "Look for sequences of tool calls that repeat", (host, cancellationToken) => host.SetAutogenAsync(true, cancellationToken)),
        Ask("off", "Look at no calls any more", (host, cancellationToken) => host.SetAutogenAsync(false, cancellationToken)),
        ApprovalCommands.Decide("approve", approve: true, ApprovalKinds.Skill),
        ApprovalCommands.Decide("reject", approve: false, ApprovalKinds.Skill),
    };

    private static Command Ask(string name, string description, Func<IInstallConnection, CancellationToken, Task<AutogenStatus>> ask)
    {
        var command = new Command(name, description);
        command.SetAction(async (call, cancellationToken) =>
        {
            await using var host = await CommonOptions.OpenAsync(call, cancellationToken);
            var status = await ask(host.Installs, cancellationToken);
            if (CommonOptions.WantsJson(call)) Terminal.Json(status, ClientJson.Default.AutogenStatus);
            else Write(status);
            return CommandLine.Done;
        });
        return command;
    }

    private static void Write(AutogenStatus status)
    {
        Console.WriteLine(status.Enabled
            ? $"On: a sequence of calls that occurs {status.Threshold} times within the last {status.Window} calls of a session becomes a skill that waits for approval."
            : "Off. `claw skill autogen on` turns it on.");
        if (status.Enabled) Console.WriteLine($"Calls seen since the host started: {status.Observed}");
        foreach (var found in status.Found) Console.WriteLine($"found    {Terminal.Plain(found)}");
        foreach (var approval in status.Pending) Console.WriteLine($"waiting  {Terminal.Plain(approval.Subject)}: `claw skill autogen approve {approval.Id}`");
        if (status.Problem is not null) Terminal.Warn(Terminal.Plain(status.Problem));
    }
}
