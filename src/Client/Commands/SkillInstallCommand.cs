using System.CommandLine;
using ClawGrains.Client.Api;
using ClawGrains.Client.Connection;
using ClawGrains.Client.Output;

namespace ClawGrains.Client.Commands;

internal static class SkillInstallCommand
{
    public static Command Create()
    {
        var path = new Argument<string>("PATH") { Description = "The skill's directory, or its SKILL.md" };
        var force = new Option<bool>("--force") { Description = "Replace a managed skill of the same name" };
        var command = new Command("install", "Copy a skill into the managed layer, checked and recorded in the lock file") { path, force };
        command.SetAction(async (call, cancellationToken) =>
        {
            await using var host = await HostConnections.OpenAsync(CommonOptions.Paths(call), cancellationToken);
            var request = new InstallRequest(Path.GetFullPath(call.GetRequiredValue(path)), call.GetValue(force));
            var reply = await Progress.RunAsync("Installing", () => host.InstallSkillAsync(request, cancellationToken));
            if (CommonOptions.WantsJson(call)) Terminal.Json(reply, ClientJson.Default.InstallReply);
            else Write(reply);
            return CommandLine.Done;
        });
        return command;
    }

    private static void Write(InstallReply reply)
    {
        Console.WriteLine($"{(reply.Replaced ? "Replaced" : "Installed")} {Terminal.Plain(reply.Name)} in {reply.Directory}");
        Console.WriteLine($"sha256 {reply.Sha256}, snapshot {reply.Snapshot}");
        foreach (var warning in reply.Warnings) Terminal.Warn(Terminal.Plain(warning));
        if (reply.ShadowedBy is not null) Terminal.Warn($"it is not active: {reply.ShadowedBy} of a stronger layer has the same name");
    }
}
