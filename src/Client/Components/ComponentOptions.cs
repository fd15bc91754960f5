using System.CommandLine;
using System.CommandLine.Parsing;
using ClawGrains.Components.Wasi;
using ClawGrains.Sandbox.Permissions;

namespace ClawGrains.Client.Components;

/// <summary>What <c>claw wasm run</c> takes for components beyond what it takes for modules.</summary>
internal static class ComponentOptions
{
    private static readonly Option<WasiDirectory[]> _directories = new("--dir")
    {
        Description = "Let a component use a directory, under the guest's name for it or the same one; ::ro at the end permits reading only",
        HelpName = "HOST[::GUEST[::ro]]", CustomParser = r => [.. r.Tokens.Select(t => Directory(t.Value))], AllowMultipleArgumentsPerToken = false,
        Validators = { RequireDirectories },
    };

    private static readonly Option<string[]> _environment = new("--env")
    {
        Description = "Set an environment variable for a component; a name alone passes the host's value on",
        HelpName = "NAME[=VALUE]",
        Validators = { RequireNames },
    };

    private static readonly Option<string[]> _arguments = new("--arg")
    {
        Description = "An argument for a component's command line, like the words after the file",
        HelpName = "WORD",
    };

    private static readonly Option<NetworkPattern[]> _network = new("--allow-net")
    {
        Description = "Let a component send HTTP requests to a host, *.HOST or *, at ports 80 and 443 or the one given (* for all); "
            + "private addresses have to be named themselves, or localhost",
        HelpName = "HOST[:PORT]", CustomParser = r => [.. r.Tokens.Select(t => Pattern(t.Value)!.Value)], AllowMultipleArgumentsPerToken = false,
        Validators = { RequireHosts },
    };

    public static void AddTo(Command command)
    {
        command.Add(_directories);
        command.Add(_environment);
        command.Add(_arguments);
        command.Add(_network);
    }

    public static IReadOnlyList<WasiDirectory> Directories(ParseResult call) => call.GetValue(_directories) ?? [];

    public static IReadOnlyList<string> Arguments(ParseResult call) => call.GetValue(_arguments) ?? [];

    public static IReadOnlyList<NetworkPattern> Network(ParseResult call) => call.GetValue(_network) ?? [];

    public static IReadOnlyList<KeyValuePair<string, string>> Environment(ParseResult call) =>
        [.. (call.GetValue(_environment) ?? []).Select(Variable)];

    private static NetworkPattern? Pattern(string text) => NetworkPattern.TryParse(text, out var pattern) ? pattern : null;

    private static KeyValuePair<string, string> Variable(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals < 0
            ? new(text, System.Environment.GetEnvironmentVariable(text) ?? "")
            : new(text[..equals], text[(equals + 1)..]);
    }

    private static WasiDirectory Directory(string text)
    {
        var parts = text.Split("::");
        return new WasiDirectory(parts[0], parts.Length > 1 ? parts[1] : parts[0], parts is [_, _, "ro"]);
    }

    private static void RequireDirectories(OptionResult result)
    {
        foreach (var token in result.Tokens)
        {
            var parts = token.Value.Split("::");
            if (parts is not ([_] or [_, _] or [_, _, "ro"]) || parts.Contains("")) result.AddError($"'{token.Value}' is not HOST, HOST::GUEST or HOST::GUEST::ro");
            else if (!System.IO.Directory.Exists(parts[0])) result.AddError($"--dir: there is no directory '{parts[0]}'");
        }
    }

    private static void RequireHosts(OptionResult result)
    {
        foreach (var token in result.Tokens)
            if (Pattern(token.Value) is null)
                result.AddError($"--allow-net: '{token.Value}' is no host such as api.example.com, *.example.com, 127.0.0.1:8080 or [::1]:*");
    }

    private static void RequireNames(OptionResult result)
    {
        foreach (var token in result.Tokens)
            if (token.Value.Length == 0 || token.Value[0] == '=') result.AddError($"'{token.Value}' is not NAME=VALUE or NAME");
            else if (!token.Value.Contains('=', StringComparison.Ordinal) && System.Environment.GetEnvironmentVariable(token.Value) is null)
                result.AddError($"--env: '{token.Value}' is not set here; give it a value with {token.Value}=VALUE");
    }
}
