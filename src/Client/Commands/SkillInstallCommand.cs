using System.CommandLine;
using ClawGrains.Client.Api;
using ClawGrains.Client.Installing;
using ClawGrains.Client.Output;
using ClawGrains.Skills.Sources;

namespace ClawGrains.Client.Commands;

internal static class SkillInstallCommand
{
    public static Command Create()
    {
        var source = new Argument<string>("SOURCE")
        {
            Description = "A directory, an archive (.zip, .tar.gz, .skill), a URL, github.com/owner/repo[/path][@ref], or a ClawHub slug ([@owner/]slug[@version])",
        };
        var (sources, options) = (new SourceChoices(), new InstallOptions());
        var command = new Command("install", "Fetch a skill, show what it asks for, and put it into the managed layer") { source };
        options.AddTo(command);
        sources.AddTo(command);
        command.SetAction(async (call, cancellationToken) =>
        {
            var paths = CommonOptions.Paths(call);
            var installer = new SkillInstaller(sources.Of(call, paths));
            using var skill = await Fetching.FetchAsync(installer, call.GetRequiredValue(source), cancellationToken);
            await using var host = await CommonOptions.OpenAsync(call, cancellationToken);
            var flow = new InstallFlow(host.Installs, options.Of(call));
            return Report(await flow.RunAsync(flow.Request(skill), cancellationToken), CommonOptions.WantsJson(call));
        });
        return command;
    }

    private static int Report(InstallReply? reply, bool json)
    {
        if (reply is null) Console.Error.WriteLine("Nothing was installed.");
        else if (json) Terminal.Json(reply, ClientJson.Default.InstallReply);
        else Write(reply);
        return reply is null ? CommandLine.Failed : CommandLine.Done;
    }

    private static void Write(InstallReply reply)
    {
        Console.WriteLine(reply.State switch
        {
            "unchanged" => $"{Terminal.Plain(reply.Name)} is installed already with the same content",
            "pending" => $"{Terminal.Plain(reply.Name)} waits for approval and is not served yet: `claw approvals approve {reply.Approval}`",
            _ => $"{(reply.Replaced ? "Replaced" : "Installed")} {Terminal.Plain(reply.Name)} in {reply.Directory}",
        });
        Console.WriteLine($"sha256 {reply.Sha256}{(reply.Snapshot > 0 ? $", snapshot {reply.Snapshot}" : "")}");
        if (reply.ShadowedBy is not null) Terminal.Warn($"it is not active: {reply.ShadowedBy} of a stronger layer has the same name");
    }
}
