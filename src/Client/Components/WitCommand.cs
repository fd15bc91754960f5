using System.CommandLine;
using ClawGrains.Client.Commands;
using ClawGrains.Client.Output;
using ClawGrains.Client.Wasm;
using ClawGrains.Components;
using ClawGrains.Wasm;

namespace ClawGrains.Client.Components;

/// <summary><c>claw wasm wit</c>: a component's world as WIT.</summary>
internal static class WitCommand
{
    private static readonly Argument<FileInfo> _file = WasmCommands.FileArgument("A component");

    public static Command Create()
    {
        var command = new Command("wit", "Print a component's world, and the interfaces it uses, as WIT") { _file };
        command.SetAction(call => Run(call));
        return command;
    }

    private static int Run(ParseResult call)
    {
        var report = Describe(File.ReadAllBytes(call.GetRequiredValue(_file).FullName));
        var output = call.InvocationConfiguration.Output;
        if (CommonOptions.WantsJson(call)) output.WriteLine(PlainJson.Indented(report, ComponentJson.Default.WitReport));
        else if (report.Error is { } error) call.InvocationConfiguration.Error.WriteLine($"claw: {Terminal.Plain(error.Message)}");
        else output.Write(report.Wit);
        return report.Error is null ? CommandLine.Done : CommandLine.Failed;
    }

    private static WitReport Describe(byte[] bytes)
    {
        if (bytes.AsSpan() is [0, (byte)'a', (byte)'s', (byte)'m', 1, 0, 0, 0, ..])
            return new(null, new RunError("module", "a core module, not a component, so it has no WIT: see `claw wasm inspect`"));
        using var engine = new Engine(new EngineOptions { CacheBytes = 0 });
        try
        {
            return new(Component.Load(engine, bytes).ToWit(), null);
        }
        catch (ComponentException e)
        {
            return new(null, ComponentErrors.Describe(e));
        }
    }
}
