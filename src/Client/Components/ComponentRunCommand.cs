using System.CommandLine;
using System.Text;
using ClawGrains.Client.Commands;
using ClawGrains.Client.Output;
using ClawGrains.Client.Wasm;
using ClawGrains.Components.Wasi;

namespace ClawGrains.Client.Components;

/// <summary><c>claw wasm run</c> of a component.</summary>
internal static class ComponentRunCommand
{
    /// <summary>Runs the call with this process's streams; with <c>--json</c>, standard output becomes a part of the report.</summary>
    public static async Task<int> RunAsync(ParseResult call, ComponentCall guest, CancellationToken cancellationToken)
    {
        var json = CommonOptions.WantsJson(call);
        using var captured = new MemoryStream();
        var wasi = guest.Wasi with
        {
            StandardInput = ProcessStreams.Input,
            StandardOutput = json ? captured : ProcessStreams.Output,
            StandardError = ProcessStreams.Error,
            Terminals = json ? ProcessStreams.Terminals & ~WasiTerminals.Output : ProcessStreams.Terminals,
        };
        var report = await ComponentRun.RunAsync(guest with { Wasi = wasi, Json = json }, cancellationToken);
        if (cancellationToken.IsCancellationRequested && report.Error?.Trap == RunError.Interrupted) report = report with { ExitCode = EndingSignal.ExitCode };
        if (json) Write(call, report with { Stdout = guest.Invoke is null || captured.Length > 0 ? Text(captured) : null });
        else WriteText(call, report);
        return ExitCode(report);
    }

    private static int ExitCode(ComponentReport report) => report switch
    {
        { ExitCode: { } code } => code,
        { Error: null } => CommandLine.Done,
        { Error.Code: "usage" } => CommandLine.Usage,
        _ => CommandLine.Failed,
    };

    private static string Text(MemoryStream captured) => Encoding.UTF8.GetString(captured.GetBuffer(), 0, (int)captured.Length);

    private static void Write(ParseResult call, ComponentReport report) =>
        call.InvocationConfiguration.Output.WriteLine(PlainJson.Indented(report, ComponentJson.Default.ComponentReport));

    private static void WriteText(ParseResult call, ComponentReport report)
    {
        var (output, error) = (call.InvocationConfiguration.Output, call.InvocationConfiguration.Error);
        foreach (var result in report.Results)
        {
            result.Returned.WriteTo(output);
            output.WriteLine();
        }
        if (report.FuelUsed is { } fuel) error.WriteLine($"fuel used: {fuel}");
        foreach (var host in report.Refused ?? []) error.WriteLine($"claw: the component was refused a request over the network: --allow-net {Terminal.Plain(host)} permits it");
        if (report.Error is { } e) error.WriteLine($"claw: {string.Join('\n', e.Message.Split('\n').Select(Terminal.Plain))}");
    }
}
