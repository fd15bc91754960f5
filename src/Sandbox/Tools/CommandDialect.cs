using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using ClawGrains.Components;
using ClawGrains.Components.Wasi;
using ClawGrains.Contracts;
using ClawGrains.Sandbox.Execution;
using ClawGrains.Sandbox.Wasi;

namespace ClawGrains.Sandbox.Tools;

/// <summary>A command line program (<c>wasi:cli/run</c>) as one tool <c>run</c>: arguments and standard input in, standard output back.</summary>
internal sealed class CommandDialect(string function) : ToolDialect
{
    private const string Tool = "run";

    private static readonly ImmutableArray<ToolDefinition> Tools =
    [
        new ToolDefinition
        {
            Name = Tool,
            Description = "Runs a command line program and gives back what it writes to standard output.",
            InputSchema = """{"type":"object","properties":{"args":{"type":"array","items":{"type":"string"},"description":"The command line, without the program's name."},"stdin":{"type":"string","description":"What the program reads from standard input."}},"additionalProperties":false}""",
        },
    ];

    public static CommandDialect? TryOf(Component component) =>
        component.Functions.FirstOrDefault(f => f.Name.StartsWith("wasi:cli/run@0.2.", StringComparison.Ordinal)) is { } run ? new CommandDialect(run.Name) : null;

    public override ImmutableArray<ToolDefinition> Describe(LiveGuest guest) => Tools;

    public override PluginOutcome Call(LiveGuest guest, HostSession session, (string Tool, string Json) call)
    {
        if (call.Tool != Tool) return UnknownTool(call.Tool, [Tool]);
        var wasi = session.Wasi;
        if (!TryRead(wasi, call.Json)) return Fail(PluginErrorKind.InvalidArguments, """the arguments must be {"args": [text, …], "stdin": text}""");
        wasi.KeepOutput();
        var code = Run(guest);
        var output = wasi.Output;
        return GuestWork.Answer(session, code == 0 || output.Length > 0 ? output : $"the program ended with exit code {code}", failed: code != 0);
    }

    private int Run(LiveGuest guest)
    {
        try
        {
            return guest.Find([function])!.Call()!.Value.IsOk ? 0 : 1;
        }
        catch (WasiExitException exit)
        {
            return exit.Code;
        }
    }

    private static bool TryRead(WasiSession wasi, string json)
    {
        try
        {
            using var arguments = JsonDocument.Parse(json);
            var root = arguments.RootElement;
            wasi.Arguments = root.TryGetProperty("args", out var list) ? [.. list.EnumerateArray().Select(a => a.GetString() ?? "")] : [];
            wasi.Input = Encoding.UTF8.GetBytes(root.TryGetProperty("stdin", out var input) ? input.GetString() ?? "" : "");
            return true;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Not an object, or members of other types: the caller is told what is wanted.
            return false;
        }
    }
}
