using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using ClawGrains.Client.Api;
using ClawGrains.Client.Connection;
using ClawGrains.Client.Output;
using ClawGrains.Silo.Plugins;

namespace ClawGrains.Client.Commands;

/// <summary><c>claw config …</c>: the settings in <c>clawgrains.json</c> of the data directory.</summary>
internal static class ConfigCommands
{
    public static Command Create() => new("config", "Show and change the settings in clawgrains.json") { List(), Get(), Set(), Unset(), Where() };

    private static Command List()
    {
        var command = new Command("list", "Print all that is set");
        command.SetAction(call => Terminal.Json(File(call).Read(), ClientJson.Default.JsonNode));
        return command;
    }

    private static Command Get()
    {
        var key = Key();
        var command = new Command("get", "Print one setting; fails where it is not set") { key };
        command.SetAction(call =>
        {
            var value = File(call).Get(call.GetRequiredValue(key))
                ?? throw new CommandException($"{call.GetRequiredValue(key)} is not set, so its default holds.", "not_found");
            if (value is JsonValue text && text.TryGetValue(out string? plain) && !CommonOptions.WantsJson(call)) Console.WriteLine(Terminal.Plain(plain));
            else Terminal.Json(value, ClientJson.Default.JsonNode);
            return CommandLine.Done;
        });
        return command;
    }

    private static Command Set()
    {
        var key = Key();
        var value = new Argument<string>("VALUE") { Description = "JSON, or text where it is none" };
        var command = new Command("set", "Change one setting; what would not be valid is refused") { key, value };
        command.SetAction(call => Change(call, call.GetRequiredValue(key), Parse(call.GetRequiredValue(value))));
        return command;
    }

    private static Command Unset()
    {
        var key = Key();
        var command = new Command("unset", "Go back to the default of one setting") { key };
        command.SetAction(call => Change(call, call.GetRequiredValue(key), null));
        return command;
    }

    private static Command Where()
    {
        var command = new Command("path", "Print where the settings are");
        command.SetAction(call => Console.WriteLine(File(call).Path));
        return command;
    }

    private static int Change(ParseResult call, string key, JsonNode? value)
    {
        var file = File(call);
        file.Set(key, value?.DeepClone());
        if (CommonOptions.WantsJson(call)) Terminal.Json(file.Read(), ClientJson.Default.JsonNode);
        else Console.WriteLine(value is null ? $"{key} is at its default now ({file.Path})" : $"{key} = {PlainJson.Compact(value, ClientJson.Default.JsonNode)} ({file.Path})");
        if (key.StartsWith("plugins.limits", StringComparison.Ordinal) || key is "plugins.max_running" or "plugins.private_addresses")
            Console.Error.WriteLine("A running host takes this with its next start.");
        return CommandLine.Done;
    }

    private static Argument<string> Key() => new("KEY") { Description = "A dotted key, for example plugins.enabled" };

    private static SettingsFile File(ParseResult call) => new(CommonOptions.Paths(call).DataDirectory);

    private static JsonNode Parse(string text)
    {
        try
        {
            if (JsonNode.Parse(text) is { } node) return node;
        }
        catch (JsonException)
        {
            // Not JSON, so it is text: nobody wants to quote a word twice.
        }
        return JsonValue.Create(text);
    }
}
