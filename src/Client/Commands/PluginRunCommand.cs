using System.CommandLine;
using System.Text.Json.Nodes;
using ClawGrains.Client.Api;
using ClawGrains.Client.Connection;
using ClawGrains.Client.Output;
using ClawGrains.Client.Plugins;
using ClawGrains.Interfaces;

namespace ClawGrains.Client.Commands;

internal static class PluginRunCommand
{
    private static readonly Argument<string> _target = new("ID|FILE") { Description = "An installed plugin's id; or a component's file, run without installing it" };
    private static readonly Argument<string?> _toolArgument = new("TOOL") { Description = "The tool; may be left out where there is one alone", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<string?> _toolOption = new("--tool") { Description = "The tool", HelpName = "NAME" };
    private static readonly Option<string?> _arguments = new("--args", "--json-args") { Description = "Its arguments as a JSON object; @FILE reads them from a file, - from standard input", HelpName = "JSON" };
    private static readonly Option<string[]> _net = new("--allow-net") { Description = "FILE only: a host it may reach, for example api.example.com", HelpName = "HOST" };
    private static readonly Option<string[]> _read = new("--allow-read") { Description = "FILE only: a directory or file it may read", HelpName = "PATH" };
    private static readonly Option<string[]> _write = new("--allow-write") { Description = "FILE only: a directory or file it may write", HelpName = "PATH" };
    private static readonly Option<string[]> _env = new("--allow-env") { Description = "FILE only: a variable it may read", HelpName = "NAME" };
    private static readonly Option<string[]> _private = new("--allow-private") { Description = "FILE only: a private address that --allow-net may lead to, for example 127.0.0.1:8080", HelpName = "IP:PORT" };

    public static Command Create()
    {
        var command = new Command("run", "Call a tool of a plugin and print what it answers")
        {
            _target, _toolArgument, _toolOption, _arguments, _net, _read, _write, _env, _private,
        };
        command.SetAction((call, cancellationToken) =>
        {
            var target = call.GetRequiredValue(_target);
            return File.Exists(target) || target.EndsWith(".wasm", StringComparison.OrdinalIgnoreCase)
                ? RunFileAsync(call, target, cancellationToken)
                : PluginCommands.WithAsync(call, plugins => RunInstalledAsync(call, plugins, cancellationToken), cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunInstalledAsync(ParseResult call, IPluginConnection plugins, CancellationToken cancellationToken)
    {
        if (((string[][])[call.GetValue(_net) ?? [], call.GetValue(_read) ?? [], call.GetValue(_write) ?? [], call.GetValue(_env) ?? []]).Any(o => o.Length > 0))
            throw new CommandException("--allow-… is for a component's file; what an installed plugin may do was approved.", "invalid_arguments");
        var id = call.GetRequiredValue(_target);
        return await RunAsync(call, id, () => ToolsAsync(plugins, id, cancellationToken), async tool =>
            await plugins.CallAsync(id, (tool, await ArgumentsAsync(call, cancellationToken)), cancellationToken));
    }

    private static async Task<string[]> ToolsAsync(IPluginConnection plugins, string id, CancellationToken cancellationToken)
    {
        var plugin = await plugins.GetAsync(id, cancellationToken) ?? throw new CommandException($"There is no plugin '{Terminal.Plain(id)}'. See `claw plugin list`.", "not_found");
        return [.. plugin.Tools.Select(t => t.Name)];
    }

    private static async Task<int> RunFileAsync(ParseResult call, string file, CancellationToken cancellationToken)
    {
        var permissions = new FilePermissions(call.GetValue(_net) ?? [], call.GetValue(_read) ?? [], call.GetValue(_write) ?? [], call.GetValue(_env) ?? [], call.GetValue(_private) ?? []);
        await using var runner = await FileRunner.OpenAsync(CommonOptions.Paths(call), file, permissions, cancellationToken);
        try
        {
            return await RunAsync(call, file, async () => [.. (await runner.GetToolsAsync(cancellationToken)).Select(t => t.Name)], async tool =>
                await runner.CallAsync((tool, await ArgumentsAsync(call, cancellationToken)), cancellationToken));
        }
        finally
        {
            foreach (var line in runner.Advice) await Console.Error.WriteLineAsync($"claw: {Terminal.Plain(line)}");
        }
    }

    // A tool need not be told of to be called; so what there is is looked up where none was named, or the call failed.
    private static async Task<int> RunAsync(ParseResult call, string target, Func<Task<string[]>> toolsAsync, Func<string, Task<PluginCallResult>> callAsync)
    {
        var tool = ToolOf(call) ?? Only(await toolsAsync(), target);
        var result = await callAsync(tool);
        if (result.ToolError is { } error && await toolsAsync() is { Length: > 0 } tools && !tools.Contains(tool, StringComparer.Ordinal))
            throw new CommandException($"{Terminal.Plain(target)} has no tool '{Terminal.Plain(tool)}'; it has {Terminal.Plain(string.Join(", ", tools))}. It says: {Terminal.Plain(error)}", "not_found");
        return Write(call, tool, result);
    }

    private static string Only(string[] tools, string target) => tools switch
    {
        [var one] => one,
        [] => throw new CommandException($"{Terminal.Plain(target)} has no tools.", "not_found"),
        var many => throw new CommandException($"{Terminal.Plain(target)} has several tools: name one of {Terminal.Plain(string.Join(", ", many))}.", "invalid_arguments"),
    };

    private static string? ToolOf(ParseResult call) => call.GetValue(_toolOption) ?? call.GetValue(_toolArgument);

    private static async Task<string> ArgumentsAsync(ParseResult call, CancellationToken cancellationToken)
    {
        var text = call.GetValue(_arguments) switch
        {
            null => "{}",
            "-" => await Console.In.ReadToEndAsync(cancellationToken),
            ['@', .. var file] => await File.ReadAllTextAsync(file, cancellationToken),
            var json => json,
        };
        try
        {
            if (JsonNode.Parse(text) is JsonObject) return text;
        }
        catch (System.Text.Json.JsonException e)
        {
            throw new CommandException($"The arguments are not JSON: {e.Message}", "invalid_arguments");
        }
        throw new CommandException("The arguments must be a JSON object, for example --args '{\"text\":\"hello\"}'.", "invalid_arguments");
    }

    private static int Write(ParseResult call, string tool, PluginCallResult result)
    {
        if (CommonOptions.WantsJson(call)) PluginJson.Write(result, ClientJson.Default.PluginCallResult);
        else if (result.ToolError is { } error) Console.Error.WriteLine($"claw: {Terminal.Plain(tool)}: {Terminal.Plain(error)}");
        else Console.WriteLine(Terminal.Answer(result.Result!));
        return result.ToolError is null ? CommandLine.Done : CommandLine.Failed;
    }
}
