using ClawGrains.Client.Api;
using ClawGrains.Client.Connection;
using ClawGrains.Client.Output;
using ClawGrains.Contracts;
using ClawGrains.Interfaces;

namespace ClawGrains.Client.Chat;

/// <summary>Runs lines one after the other and shows what they answer with.</summary>
internal sealed class ChatSession(ICommandConnection commands, bool json)
{
    private const string Quit = "quit", Exit = "exit", Clear = "clear";

    /// <summary>What a terminal has beside the commands of the host.</summary>
    public static IReadOnlyList<string> LocalCommands { get; } = [Clear, Exit, Quit];

    /// <summary>Whether everything so far came about.</summary>
    public bool IsWell { get; private set; } = true;

    /// <summary>Runs a line. False where it ends the chat.</summary>
    public async Task<bool> RunAsync(string line, CancellationToken cancellationToken)
    {
        switch (line.Trim())
        {
            case "": return true;
            case "/" + Quit or "/" + Exit: return false;
            case "/" + Clear:
                if (!Console.IsOutputRedirected) Console.Clear();
                return true;
            case var text:
                await AnswerAsync(text, cancellationToken);
                return true;
        }
    }

    /// <summary>Says which commands of skills go by another name than their own.</summary>
    public static void WriteCollisions(SlashCommandTable table)
    {
        foreach (var collision in table.Collisions) Terminal.Warn(Terminal.Plain(collision));
    }

    private async Task AnswerAsync(string line, CancellationToken cancellationToken)
    {
        try
        {
            if (line[0] != '/') throw NeedsModel();
            Write(await commands.RunAsync(line, cancellationToken), line);
        }
        catch (PluginException e)
        {
            Fail(new ApiError(e.Error.Code, e.Error.Message));
        }
        catch (CommandException e)
        {
            Fail(new ApiError(e.Code, e.Message));
        }
    }

    private void Write(SlashCommandReply reply, string line)
    {
        IsWell &= !reply.IsError;
        if (json) Terminal.JsonLine(reply, ClientJson.Default.SlashCommandReply);
        else if (reply.IsError) Console.Error.WriteLine($"claw: {Terminal.PlainLines(reply.Text)}");
        else Console.WriteLine(Terminal.PlainLines(reply.Text.TrimEnd()));
        if (reply.IsForModel && !json) Terminal.Warn("these are instructions for a model, and there is no model to follow them.");
        if (line is "/help" && !json) Console.WriteLine($"/{Clear}, /{Exit} and /{Quit} are of this terminal.");
    }

    private void Fail(ApiError error)
    {
        IsWell = false;
        if (json) Terminal.JsonLine(error, ClientJson.Default.ApiError);
        else Terminal.Error(error with { Message = Terminal.PlainLines(error.Message) }, json: false);
    }

    private static CommandException NeedsModel() => new(
        "A message needs a model to answer it, and this version has no model providers yet. Commands work without one: type /help.", "not_implemented");
}
