using System.CommandLine;
using ClawGrains.Client.Commands;
using ClawGrains.Client.Components;
using ClawGrains.Client.Output;
using ClawGrains.Components.Wasi;
using Component = ClawGrains.Components.Component;

namespace ClawGrains.Client.Wasm;

/// <summary><c>claw wasm run</c>: calls a function of a module that needs no imports, or runs a component.</summary>
internal static class WasmRunCommand
{
    private static readonly Argument<FileInfo> _file = WasmCommands.FileArgument();

    private static readonly Option<string?> _invoke = new("--invoke")
    {
        Description = "The function to call, with ARGS by its types; of a component also 'NAME(ARGS)' in WAVE [default: _start, or wasi:cli/run]",
        HelpName = "NAME",
    };

    private static readonly Argument<string[]> _arguments = new("ARGS")
    {
        Description = "The function's arguments, or a command's (after -- whatever they look like)", Arity = ArgumentArity.ZeroOrMore,
    };

    private static readonly Option<long?> _fuel = new("--fuel")
    {
        Description = "Count fuel and trap when so much is used", HelpName = "N",
        Validators = { v => { if (v.Tokens is [var token] && token.Value.StartsWith('-')) v.AddError("--fuel can't be negative"); } },
    };

    private static readonly Option<long?> _memory = new("--memory")
    {
        Description = "Linear memory at most, in bytes or with KB, MB, GB", HelpName = "BYTES", CustomParser = Quantities.ParseBytes,
    };

    private static readonly Option<TimeSpan?> _timeout = new("--timeout")
    {
        Description = "Time at most, in seconds or with ms, s, m, h", HelpName = "T", CustomParser = Quantities.ParseTime,
    };

    public static Command Create()
    {
        var command = new Command("run", "Run a function of a module, or a component") { _file, _arguments, _invoke, _fuel, _memory, _timeout };
        ComponentOptions.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult call, CancellationToken cancellationToken)
    {
        var bytes = await File.ReadAllBytesAsync(call.GetRequiredValue(_file).FullName, cancellationToken);
        return Component.IsComponent(bytes)
            ? await ComponentRunCommand.RunAsync(call, ComponentCallOf(call, bytes), cancellationToken)
            : Run(call, bytes, cancellationToken);
    }

    private static ComponentCall ComponentCallOf(ParseResult call, byte[] bytes) => new()
    {
        Component = bytes,
        Invoke = call.GetValue(_invoke),
        Arguments = call.GetValue(_arguments) ?? [],
        Fuel = call.GetValue(_fuel),
        Memory = call.GetValue(_memory),
        Timeout = call.GetValue(_timeout),
        Network = ComponentOptions.Network(call),
        Wasi = new WasiOptions
        {
            Arguments = [call.GetRequiredValue(_file).Name, .. ComponentOptions.Arguments(call), .. call.GetValue(_arguments) ?? []],
            Environment = ComponentOptions.Environment(call),
            Directories = ComponentOptions.Directories(call),
        },
    };

    private static int Run(ParseResult call, byte[] bytes, CancellationToken cancellationToken)
    {
        var report = GuestRun.Run(
            new GuestCall
            {
                Module = bytes,
                Function = call.GetValue(_invoke),
                Arguments = call.GetValue(_arguments) ?? [],
                Fuel = call.GetValue(_fuel),
                Memory = call.GetValue(_memory),
                Timeout = call.GetValue(_timeout),
            },
            cancellationToken);
        Write(call, report);
        return report.Error switch
        {
            null => CommandLine.Done,
            { Code: "usage" } => CommandLine.Usage,
            { Trap: RunError.Interrupted } when cancellationToken.IsCancellationRequested => EndingSignal.ExitCode,
            _ => CommandLine.Failed,
        };
    }

    private static void Write(ParseResult call, RunReport report)
    {
        var (output, error) = (call.InvocationConfiguration.Output, call.InvocationConfiguration.Error);
        if (CommonOptions.WantsJson(call))
        {
            output.WriteLine(PlainJson.Indented(report, WasmJson.Default.RunReport));
            return;
        }
        foreach (var result in report.Results) output.WriteLine(result.Value);
        if (report.FuelUsed is { } fuel) error.WriteLine($"fuel used: {fuel}");
        if (report.Error is { } e) error.WriteLine($"claw: {Terminal.Plain(e.Message)}");
    }
}
