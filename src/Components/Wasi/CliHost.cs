using ClawGrains.Components.Wasi.Io;

namespace ClawGrains.Components.Wasi;

/// <summary><c>wasi:cli</c>.</summary>
internal static class CliHost
{
    private static readonly HostResource TerminalInput = new("terminal-input");
    private static readonly HostResource TerminalOutput = new("terminal-output");

    public static void Add(WasiLinker wasi)
    {
        wasi.Interface("wasi:cli/environment")
            .Func("get-environment", (c, _) => ComponentValue.List([.. c.Options.Environment.Select(e => ComponentValue.Tuple(ComponentValue.String(e.Key), ComponentValue.String(e.Value)))]))
            .Func("get-arguments", (c, _) => ComponentValue.List([.. c.Options.Arguments.Select(ComponentValue.String)]))
            .Func("initial-cwd", (c, _) => c.Options.InitialDirectory is { } d ? ComponentValue.Some(ComponentValue.String(d)) : ComponentValue.None);
        wasi.Interface("wasi:cli/exit")
            .Func("exit", (_, a) => throw new WasiExitException(a[0].IsOk ? 0 : 1))
            .Func("exit-with-code", (_, a) => throw new WasiExitException(a[0].AsU8()));
        wasi.Interface("wasi:cli/stdin").Func("get-stdin", (c, _) => c.Own(IoHost.InputStream, new Borrowed<WasiInput>(c.Context.Input)));
        wasi.Interface("wasi:cli/stdout").Func("get-stdout", (c, _) => c.Own(IoHost.OutputStream, new Borrowed<WasiOutput>(c.Context.Output)));
        wasi.Interface("wasi:cli/stderr").Func("get-stderr", (c, _) => c.Own(IoHost.OutputStream, new Borrowed<WasiOutput>(c.Context.Error)));
        Terminals(wasi);
    }

    private static void Terminals(WasiLinker wasi)
    {
        wasi.Interface("wasi:cli/terminal-input").Resource("terminal-input", TerminalInput);
        wasi.Interface("wasi:cli/terminal-output").Resource("terminal-output", TerminalOutput);
        wasi.Interface("wasi:cli/terminal-stdin").Func("get-terminal-stdin", (c, _) => Terminal(c, WasiTerminals.Input, TerminalInput));
        wasi.Interface("wasi:cli/terminal-stdout").Func("get-terminal-stdout", (c, _) => Terminal(c, WasiTerminals.Output, TerminalOutput));
        wasi.Interface("wasi:cli/terminal-stderr").Func("get-terminal-stderr", (c, _) => Terminal(c, WasiTerminals.Error, TerminalOutput));
    }

    private static ComponentValue Terminal(WasiCall call, WasiTerminals stream, HostResource resource) =>
        call.Options.Terminals.HasFlag(stream) ? ComponentValue.Some(call.Own(resource, new object())) : ComponentValue.None;
}
