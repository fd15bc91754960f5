using System.CommandLine;
using ClawGrains.Client.Api;
using ClawGrains.Client.Connection;
using ClawGrains.Client.Output;
using ClawGrains.Skills.Scaffold;

namespace ClawGrains.Client.Commands;

/// <summary>What <c>claw skill new --json</c> prints.</summary>
internal sealed record NewSkillReply(string Name, string Path);

internal static class SkillNewCommand
{
    public static Command Create()
    {
        var name = new Argument<string>("NAME") { Description = "The name: 1 to 64 of a-z, 0-9 and -" };
        var parent = new Option<string?>("--in") { Description = "The directory to make it in [default: skills of the workspace]", HelpName = "DIR" };
        var description = new Option<string?>("--description") { Description = "What it does and when to use it", HelpName = "TEXT" };
        var command = new Command("new", "Begin a skill of your own") { name, parent, description };
        command.SetAction(call =>
        {
            var directory = call.GetValue(parent) ?? Path.Combine(CommonOptions.Paths(call).Workspace, "skills");
            var reply = Make(call.GetRequiredValue(name), directory, call.GetValue(description));
            if (CommonOptions.WantsJson(call)) Terminal.Json(reply, ClientJson.Default.NewSkillReply);
            else Console.WriteLine($"Made {reply.Path}\nEdit it, then check it with `claw skill validate {Path.GetDirectoryName(reply.Path)}`.");
            return CommandLine.Done;
        });
        return command;
    }

    private static NewSkillReply Make(string name, string parent, string? description)
    {
        try
        {
            return new NewSkillReply(name, SkillScaffold.Create(name, parent, description));
        }
        catch (ArgumentException e)
        {
            throw new CommandException(e.Message.Split(" (Parameter ")[0], "invalid_arguments");
        }
    }
}
