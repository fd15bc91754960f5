using System.Diagnostics;
using System.Text.Json;
using ClawGrains.Wasm;

namespace ClawGrains.Components.Spec;

/// <summary>Runs the commands of one script in order.</summary>
internal sealed class ScriptRunner(Engine engine, string folder)
{
    private readonly Dictionary<string, Component> _definitions = [];
    private readonly Dictionary<string, ComponentInstance> _instances = [];
    private readonly ComponentLinker _linker = HostModule.AddTo(engine, new ComponentLinker());
    /// <summary>All instances of a script can be linked to each other, so they share a store, with room for all of them.</summary>
    private readonly Store _store = new(engine, new StoreLimits { MemoryBytes = 1L << 42 });
    private ComponentInstance? _current;

    public static FileReport Run(Engine engine, string path, string name)
    {
        var watch = Stopwatch.StartNew();
        using var script = JsonDocument.Parse(File.ReadAllBytes(path));
        var report = new FileReport(name, script.RootElement.GetProperty("source_filename").GetString()!);
        var runner = new ScriptRunner(engine, Path.GetDirectoryName(path)!);
        foreach (var command in script.RootElement.GetProperty("commands").EnumerateArray()) report.Add(runner.Run(command, report));
        report.Seconds = watch.Elapsed.TotalSeconds;
        return report;
    }

    private Outcome Run(JsonElement command, FileReport report)
    {
        var (type, line) = (command.GetProperty("type").GetString()!, command.GetProperty("line").GetInt32());
        try
        {
            if (Execute(type, command, note => report.Notes.Add($"{report.Source}:{line}: {note}")) is { } skipped) return new(type, line, Verdict.Skipped, skipped);
            return new(type, line, Verdict.Passed);
        }
        catch (LostValueException e)
        {
            return new(type, line, Verdict.Skipped, e.Message);
        }
        catch (Exception e)
        {
            return new(type, line, Verdict.Failed, $"{e.GetType().Name}: {e.Message}");
        }
    }

    /// <summary>Null when the command did what it should, else why it was skipped.</summary>
    private string? Execute(string type, JsonElement command, Action<string> note)
    {
        if (command.TryGetProperty("module_type", out var kind) && kind.GetString() == "text")
            return type is "module" or "module_definition" ? "its text did not assemble" : "the fault is in the text form, which is for assemblers: there is no binary to refuse";
        switch (type)
        {
            case "module_definition": _definitions[Text(command, "name") ?? ""] = Load(command); break;
            case "module": return DefineOrSkip(command, Load(command));
            case "component_instance": Define(command, _definitions[Text(command, "module")!]); break;
            case "register": _linker.Instance(Text(command, "as")!, Named(Text(command, "name"))); break;
            case "action": Perform(command.GetProperty("action")); break;
            case "assert_return": AssertReturn(command); break;
            case "assert_trap": AssertTrap(() => Perform(command.GetProperty("action")), command, note); break;
            case "assert_uninstantiable": AssertTrap(() => Define(command, Load(command)), command, note); break;
            case "assert_malformed" or "assert_invalid": AssertRefused(() => Load(command), command, note); break;
            case "assert_unlinkable": AssertRefused(() => Define(command, Load(command)), command, note); break;
            default: return $"command {type} is not of the synchronous component suite";
        }
        return null;
    }

    private Component Load(JsonElement command) =>
        Component.Load(engine, File.ReadAllBytes(Path.Combine(folder, Text(command, "filename")!)));

    /// <summary>Scripts of validators hold components that are valid and whose imports nobody is meant to offer.</summary>
    private string? DefineOrSkip(JsonElement command, Component component)
    {
        try
        {
            Define(command, component);
            return null;
        }
        catch (ComponentException e) when (e.Kind == ComponentErrorKind.Link && e.Message.Contains("missing import", StringComparison.Ordinal))
        {
            _current = null;
            return "valid, but nobody offers what it imports";
        }
    }

    private void Define(JsonElement command, Component component)
    {
        _current = _linker.Instantiate(component, _store);
        if (Text(command, "name") is not { } name) return;
        _instances[name] = _current;
        _linker.Instance(name.TrimStart('$'), _current);
    }

    private ComponentInstance Named(string? name) =>
        name is null ? _current ?? throw new InvalidOperationException("no instance yet") : _instances[name];

    private ComponentValue? Perform(JsonElement action)
    {
        var arguments = action.GetProperty("args").EnumerateArray().Select(SpecValues.Parse).ToArray();
        return Named(Text(action, "module")).GetFunction(Text(action, "field")!).Call(arguments);
    }

    private void AssertReturn(JsonElement command)
    {
        var expected = command.GetProperty("expected").EnumerateArray().Select(SpecValues.Parse).ToArray();
        var actual = Perform(command.GetProperty("action"));
        if (expected.Length == 0 ? actual is not null : actual is null || actual.Value != expected[0])
            throw new InvalidOperationException($"returned {SpecValues.Describe(actual)}, wanted {SpecValues.Describe(expected.Length == 0 ? null : expected[0])}");
    }

    private static void AssertTrap(Action action, JsonElement command, Action<string> note)
    {
        try
        {
            action();
        }
        catch (ComponentTrapException e)
        {
            Compare(e.Message, command, note);
            return;
        }
        throw new InvalidOperationException($"no trap, wanted \"{Text(command, "text")}\"");
    }

    private static void AssertRefused(Action action, JsonElement command, Action<string> note)
    {
        try
        {
            action();
        }
        catch (ComponentException e)
        {
            Compare(e.Message, command, note);
            return;
        }
        throw new InvalidOperationException($"accepted, wanted \"{Text(command, "text")}\"");
    }

    private static void Compare(string message, JsonElement command, Action<string> note)
    {
        var wanted = Text(command, "text") ?? "";
        if (!message.Contains(wanted.Replace("wasm trap: ", "", StringComparison.Ordinal), StringComparison.Ordinal)) note($"\"{message}\" where the script says \"{wanted}\"");
    }

    private static string? Text(JsonElement json, string property) => json.TryGetProperty(property, out var value) ? value.GetString() : null;
}
