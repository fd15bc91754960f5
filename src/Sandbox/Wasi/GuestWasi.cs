using ClawGrains.Components;
using ClawGrains.Components.Wasi;
using ClawGrains.Sandbox.Execution;
using ClawGrains.Sandbox.Logging;

namespace ClawGrains.Sandbox.Wasi;

/// <summary>
/// What a plugin gets of WASI 0.2, so that components of ordinary toolchains run: clocks, random numbers, its permitted
/// variables by exact name, and standard output and error as log messages. No directory is open, every HTTP request and
/// socket is refused: files and requests go through the guarded functions of <c>clawft:plugin</c>.
/// </summary>
internal static class GuestWasi
{
    /// <summary>Fuel that a call costs, so that calls are bounded.</summary>
    private const long CallFuel = 1_000;

    public static void AddTo(ComponentLinker linker, GuardedLog log) => WasiHost.AddTo(linker, call => Enter(call, log));

    private static WasiContext Enter(HostCall call, GuardedLog log)
    {
        var session = HostSession.Of(call);
        session.CountHostCall();
        call.Store.ConsumeFuel(CallFuel);
        session.Cancellation.ThrowIfCancellationRequested();
        return session.Wasi ??= Make(call, session, log);
    }

    private static WasiContext Make(HostCall call, HostSession session, GuardedLog log) => new(new WasiOptions
    {
        Environment = [.. session.Scope.Permissions.Environment.Where(n => !n.Contains('*', StringComparison.Ordinal)).SelectMany(n => Variable(call, session, n))],
        StandardOutput = new LogStream(line => Log(call, session, log, (GuestLogLevel.Information, line))),
        StandardError = new LogStream(line => Log(call, session, log, (GuestLogLevel.Warning, line))),
        Time = session.Options.Time,
        Cancellation = session.Cancellation,
    });

    private static IEnumerable<KeyValuePair<string, string>> Variable(HostCall call, HostSession session, string name) =>
        session.Guard(call.Store, ("get-env", name), () => session.Options.Environment.Get(session.Scope, name)).Value is { } value
            ? [KeyValuePair.Create(name, value)]
            : [];

    private static void Log(HostCall call, HostSession session, GuardedLog log, (GuestLogLevel Level, string Line) message) =>
        session.Guard(call.Store, ("log", message.Line), () => log.Write(session.Scope, (byte)message.Level, message.Line));
}
