using System.CommandLine;
using ClawGrains.Client.Chat;
using ClawGrains.Client.Connection;
using ClawGrains.Client.Hosting;
using ClawGrains.Interfaces;

namespace ClawGrains.Client.Commands;

/// <summary><c>claw chat</c>: slash commands at a terminal, from a pipe, or one given as words.</summary>
internal static class ChatCommand
{
    private const string Name = "chat";

    /// <summary>Whether a call is one of this command, which sees to signals itself.</summary>
    public static bool IsCalledBy(ParseResult call) => call.CommandResult.Command.Name == Name;

    public static Command Create()
    {
        var words = new Argument<string[]>("COMMAND") { Description = "Run this one line and end, for example /skills", Arity = ArgumentArity.ZeroOrMore };
        var command = new Command(Name, "Type slash commands: those of the host, and one for each skill. /help lists them")
        {
            words, CommonOptions.Tenant, CommonOptions.EnablePlugins,
        };
        command.SetAction(async (call, _) =>
        {
            using var signals = new ChatSignals();
            await using var host = await OpenAsync(call, signals.Ended);
            var session = new ChatSession(host.Commands, CommonOptions.WantsJson(call));
            if (call.GetValue(words) is { Length: > 0 } line) await signals.RunAsync(t => session.RunAsync(string.Join(' ', line), t));
            else if (Console.IsInputRedirected || Console.IsOutputRedirected) await PipeAsync(session, signals);
            else return await TalkAsync(host, CommonOptions.Paths(call), CommonOptions.TenantOf(call), session, signals);
            return session.IsWell && !signals.Ended.IsCancellationRequested ? CommandLine.Done : CommandLine.Failed;
        });
        return command;
    }

    // Skills are edited while one tries them, so a host of the chat's own watches them.
    private static async Task<IHostConnection> OpenAsync(ParseResult call, CancellationToken cancellationToken) =>
        HostRecord.Read(CommonOptions.Paths(call)) is not null
            ? await CommonOptions.OpenAsync(call, cancellationToken)
            : (await InProcessConnection.StartAsync(CommonOptions.Paths(call), watch: true, cancellationToken, call.GetValue(CommonOptions.EnablePlugins))).As(CommonOptions.TenantOf(call));

    private static async Task PipeAsync(ChatSession session, ChatSignals signals)
    {
        while (!signals.Ended.IsCancellationRequested && await Task.Run(Console.In.ReadLine, CancellationToken.None).WaitAsync(signals.Ended) is { } line)
        {
            var goesOn = true;
            if (!await signals.RunAsync(async t => goesOn = await session.RunAsync(line, t)) || !goesOn) return;
        }
    }

    private static async Task<int> TalkAsync(IHostConnection host, HostPaths paths, Contracts.TenantId tenant, ChatSession session, ChatSignals signals)
    {
        var (history, completion) = (ChatHistory.Open(Path.Combine(paths.DataDirectory, "chat-history")), new ChatCompletion());
        var editor = new ChatEditor(history, completion);
        ChatSession.WriteCollisions(await LearnAsync());
        Console.WriteLine("Type /help for the commands, /quit to end.");
        for (var goesOn = true; goesOn && await editor.ReadAsync(signals.Ended) is { } line;)
        {
            if (line.Trim().Length > 0) history.Add(line.Trim());
            if (!await signals.RunAsync(async t => goesOn = await session.RunAsync(line, t))) Console.Error.WriteLine("Cancelled.");
            if (goesOn) await LearnAsync();
        }
        return CommandLine.Done;

        async Task<SlashCommandTable> LearnAsync()
        {
            var table = await host.Commands.ListAsync(signals.Ended);
            completion.Learn(table, await host.Plugins(tenant).ListAsync(signals.Ended));
            return table;
        }
    }
}
