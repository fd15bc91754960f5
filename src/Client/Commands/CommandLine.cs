using System.CommandLine;
using System.Text.RegularExpressions;
using ClawGrains.Client.Api;
using ClawGrains.Client.Connection;
using ClawGrains.Client.Output;
using ClawGrains.Contracts;

namespace ClawGrains.Client.Commands;

/// <summary>The <c>claw</c> command. Exit codes: 0 done, 1 failed, 2 the call's words are off, 130 and 143 ended by a signal.</summary>
internal static partial class CommandLine
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int Usage = 2;

    // A word that begins with @ is an owner on ClawHub, or a file that a command reads by itself; never a file of more words.
    private static readonly ParserConfiguration _parsing = new() { ResponseFileTokenReplacer = null };

    public static async Task<int> RunAsync(string[] args)
    {
        var root = Create();
        var call = root.Parse(args, _parsing);
        if (FaultsOf(call, args) is [_, ..] faults) return ReportUsage(call, args, faults);
        try
        {
            var running = call.InvokeAsync(ConfigurationOf(call));
            // The last to be registered is called first, and the other one only returns when the command has ended.
            using var ending = new EndingSignal();
            return await running;
        }
        catch (OperationCanceledException e) when (e.InnerException is not TimeoutException)
        {
            return EndingSignal.ExitCode;
        }
        catch (Exception e) when (Describe(e) is { } error)
        {
            Terminal.Error(error, CommonOptions.WantsJson(call));
            return Failed;
        }
    }

    private static RootCommand Create()
    {
        var root = new RootCommand("ClawGrains: a host for agent skills, sandboxed plugins and chat channels.");
        CommonOptions.AddTo(root);
        root.Add(ServeCommand.Create());
        root.Add(McpCommand.Create());
        root.Add(ChatCommand.Create());
        root.Add(SkillCommands.Create());
        root.Add(PluginCommands.Create());
        root.Add(AuditCommands.Create());
        root.Add(ConfigCommands.Create());
        root.Add(ApprovalCommands.Create());
        root.Add(ImportCommands.Create());
        root.Add(Wasm.WasmCommands.Create());
        root.Add(DoctorCommand.Create());
        root.Add(VersionCommand.Create());
        return root;
    }

    private static InvocationConfiguration ConfigurationOf(ParseResult call)
    {
        var configuration = new InvocationConfiguration { EnableDefaultExceptionHandler = false };
        if (ChatCommand.IsCalledBy(call)) configuration.ProcessTerminationTimeout = null;
        return configuration;
    }

    private static string[] FaultsOf(ParseResult call, string[] args) =>
        call.Errors.Count == 0 && EmptyIn(call, args) is { } empty ? [$"{empty} is empty."]
        : MistakenFor(call, args) is { } option ? [$"Unrecognized option '{option}'."]
        : [.. ErrorsOf(call)];

    private static int ReportUsage(ParseResult call, string[] args, string[] errors)
    {
        if (args.Contains("--json"))
        {
            Terminal.Error(new ApiError("usage", $"{string.Join(" ", errors)} See `{CommandPath(call)} --help`."), json: true);
            return Usage;
        }
        foreach (var error in errors) Console.Error.WriteLine($"claw: {error}");
        Console.Error.WriteLine($"See `{CommandPath(call)} --help`.");
        return Usage;
    }

    // An option that is not known would be taken for a name. A guest's own words are another matter, and come after --.
    private static string? MistakenFor(ParseResult call, string[] args) => args is ["wasm", ..] || args.Contains("--") ? null
        : call.CommandResult.Children.OfType<System.CommandLine.Parsing.ArgumentResult>().SelectMany(a => a.Tokens)
            .Select(t => t.Value).FirstOrDefault(v => v.StartsWith("--", StringComparison.Ordinal));

    // No name, path or address is empty: a script's variable is. What a person says, a guest's own words and a setting may be.
    private static string? EmptyIn(ParseResult call, string[] args)
    {
        if (args is ["chat" or "wasm", ..] or ["config", "set", ..]) return null;
        var argument = call.CommandResult.Children.OfType<System.CommandLine.Parsing.ArgumentResult>().FirstOrDefault(a => HasEmpty(a.Tokens));
        var option = call.CommandResult.Children.OfType<System.CommandLine.Parsing.OptionResult>()
            .FirstOrDefault(o => o.Option.HelpName is "DIR" or "FILE" or "PATH" or "URL" or "ID" or "HOST" && HasEmpty(o.Tokens));
        return argument?.Argument.Name ?? option?.Option.Name;

        static bool HasEmpty(IEnumerable<System.CommandLine.Parsing.Token> tokens) => tokens.Any(t => string.IsNullOrWhiteSpace(t.Value));
    }

    // That a word is not known says more than that a command is missing.
    private static IEnumerable<string> ErrorsOf(ParseResult call) =>
        (call.UnmatchedTokens.Count > 0 && call.Errors.Count > 1 ? call.Errors.Select(e => e.Message).Where(m => m != "Required command was not provided.") : call.Errors.Select(e => e.Message))
        .Select(m => NotOfType().Replace(m, "'$1' is no number (for $2)."));

    // What is no text and no flag is a number.
    [GeneratedRegex(@"^Cannot parse argument '(.*)' for (?:option|command) '(.*)' as expected type '.*'\.$", RegexOptions.Singleline)]
    private static partial Regex NotOfType();

    private static string CommandPath(ParseResult call)
    {
        var names = new List<string>();
        for (var at = call.CommandResult; at is not null; at = at.Parent as System.CommandLine.Parsing.CommandResult)
            names.Insert(0, at.Command is RootCommand ? "claw" : at.Command.Name);
        return string.Join(' ', names);
    }

    // Only what is declared safe to show becomes a plain message; anything else is our mistake and shows its stack.
    private static ApiError? Describe(Exception e) => e switch
    {
        CommandException c => new ApiError(c.Code, c.Message),
        PluginException p => new ApiError(p.Error.Code, p.Error.Message),
        Silo.Hosting.HostStartException s => new ApiError("host_start", s.Message),
        UnauthorizedAccessException u => new ApiError("permission_denied", $"{u.Message} Give yourself access to it, or choose other directories with --data and --workspace."),
        InvalidDataException d => new ApiError("damaged", d.Message),
        OperationCanceledException t => new ApiError("timeout", t.Message),
        IOException i => new ApiError("io", i.Message),
        _ => null,
    };
}
