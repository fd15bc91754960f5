using System.CommandLine;
using ClawGrains.Client.Api;
using ClawGrains.Client.Connection;
using ClawGrains.Client.Output;

namespace ClawGrains.Client.Commands;

internal static class SkillRemoveCommand
{
    public static Command Create()
    {
        var name = new Argument<string>("NAME") { Description = "The skill's name" };
        var command = new Command("remove", "Remove a skill from the managed layer, or give up one of any layer whose folder is gone") { name };
        command.SetAction(async (call, cancellationToken) =>
        {
            await using var host = await CommonOptions.OpenAsync(call, cancellationToken);
            var reply = await host.RemoveSkillAsync(call.GetRequiredValue(name), cancellationToken);
            if (!reply.Removed) throw NotManaged(reply);
            if (CommonOptions.WantsJson(call)) Terminal.Json(reply, ClientJson.Default.RemoveReply);
            else Console.WriteLine($"Removed {Terminal.Plain(reply.Name)}{(reply.StillIn is null ? "" : $"; the one of layer {reply.StillIn} is active now")}");
            return CommandLine.Done;
        });
        return command;
    }

    private static CommandException NotManaged(RemoveReply reply) => new(reply.StillIn is null
        ? $"There is no managed skill '{Terminal.Plain(reply.Name)}'. See `claw skill list`."
        : $"'{Terminal.Plain(reply.Name)}' is in layer {reply.StillIn}, and only managed skills are removed by command: delete its directory, and then run this again to give it up at once.", "not_found");
}
