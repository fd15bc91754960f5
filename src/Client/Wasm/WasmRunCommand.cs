using System.CommandLine;
using System.Text.Json;
using ClawGrains.Client.Commands;
using ClawGrains.Client.Output;

namespace ClawGrains.Client.Wasm;

/// <summary><c>claw wasm run</c>: calls one function of a module that needs no imports.</summary>
internal static class WasmRunCommand
{
    private static readonly Argument<FileInfo> _file = WasmCommands.FileArgument();

    private static readonly Option<string[]> _invoke = new("--invoke")
    {
        Description = "The function to call and its arguments, by its types [default: _start, where there is one]",
        HelpName = "NAME ARGS...", Arity = ArgumentArity.OneOrMore, AllowMultipleArgumentsPerToken = true,
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
        var command = new Command("run", "Run a function of a module") { _file, _invoke, _fuel, _memory, _timeout };
        command.SetAction((call, cancellationToken) => Task.FromResult(Run(call, cancellationToken)));
        return command;
    }

    private static int Run(ParseResult call, CancellationToken cancellationToken)
    {
        var words = call.GetValue(_invoke) ?? [];
        var report = GuestRun.Run(
            new GuestCall
            {
                Module = File.ReadAllBytes(call.GetRequiredValue(_file).FullName),
                Function = words.FirstOrDefault(),
                Arguments = [.. words.Skip(1)],
                Fuel = call.GetValue(_fuel),
                Memory = call.GetValue(_memory),
                Timeout = call.GetValue(_timeout),
            },
            cancellationToken);
        Write(call, report);
        return report.Error switch { null => CommandLine.Done, { Code: "usage" } => CommandLine.Usage, _ => CommandLine.Failed };
    }

    private static void Write(ParseResult call, RunReport report)
    {
        var (output, error) = (call.InvocationConfiguration.Output, call.InvocationConfiguration.Error);
        if (CommonOptions.WantsJson(call))
        {
            output.WriteLine(JsonSerializer.Serialize(report, WasmJson.Default.RunReport));
            return;
        }
        foreach (var result in report.Results) output.WriteLine(result.Value);
        if (report.FuelUsed is { } fuel) error.WriteLine($"fuel used: {fuel}");
        if (report.Error is { } e) error.WriteLine($"claw: {Terminal.Plain(e.Message)}");
    }
}
