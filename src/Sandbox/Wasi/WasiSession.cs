using ClawGrains.Components;
using ClawGrains.Components.Wasi;
using ClawGrains.Sandbox.Execution;
using ClawGrains.Sandbox.Http;
using ClawGrains.Sandbox.Logging;

namespace ClawGrains.Sandbox.Wasi;

/// <summary>
/// What one call gets of the system through WASI: permitted directories, variables and hosts, its log in place of
/// standard output. Made when the guest first asks, so that others pay nothing.
/// </summary>
internal sealed class WasiSession(HostSession session, GuardedHttp http, GuardedLog log) : IDisposable
{
    /// <summary>Fuel that a call costs, so that calls are bounded.</summary>
    private const long CallFuel = 1_000;

    private readonly CancellationTokenSource _ending = CancellationTokenSource.CreateLinkedTokenSource(session.Cancellation);
    private GuestOutput? _output;
    private GuestOutput? _error;
    private PreopenedDirectories? _directories;
    private WasiContext? _context;

    /// <summary>The command line, without the program's name.</summary>
    public IReadOnlyList<string> Arguments { get; set; } = [];

    /// <summary>What standard input reads.</summary>
    public byte[] Input { get; set; } = [];

    /// <summary>What was written to standard output, where <see cref="KeepOutput"/> was called.</summary>
    public string Output => _output?.Kept ?? "";

    public WasiContext Context => _context ??= Open();

    /// <summary>Keeps standard output for the answer, rather than logging it.</summary>
    public void KeepOutput() => _output = GuestOutput.Keeping(session.Scope.Limits.ValueBytes);

    /// <summary>What every function of WASI goes through.</summary>
    public static WasiContext Enter(HostCall call)
    {
        var session = HostSession.Of(call);
        call.Store.ConsumeFuel(CallFuel);
        session.Cancellation.ThrowIfCancellationRequested();
        return session.Wasi.Context;
    }

    public void Dispose()
    {
        _ending.Cancel();
        _output?.Dispose();
        _error?.Dispose();
        _context?.Dispose();
        _directories?.Dispose();
        _ending.Dispose();
    }

    private WasiContext Open()
    {
        var scope = session.Scope;
        _directories = PreopenedDirectories.Open(scope);
        _output ??= GuestOutput.Logging(session, log, GuestLogLevel.Information);
        _error = GuestOutput.Logging(session, log, GuestLogLevel.Warning);
        return new WasiContext(new WasiOptions
        {
            Arguments = [scope.Plugin.Value, .. Arguments],
            Environment = Variables(),
            StandardInput = new MemoryStream(Input, writable: false),
            StandardOutput = _output,
            StandardError = _error,
            Directories = _directories.Directories,
            MaxFileBytes = scope.Limits.WriteBytes,
            Files = (function, path, write) => session.Note((function, path), write ? "write" : "read"),
            Time = session.Options.Time,
            Cancellation = _ending.Token,
            Http = (request, cancellation) => WasiHttp.SendAsync(session, http, request, cancellation),
        });
    }

    // A guest gets all its variables at once: those that were approved by their exact names.
    private List<KeyValuePair<string, string>> Variables()
    {
        var variables = new List<KeyValuePair<string, string>>();
        foreach (var name in session.Scope.Permissions.Environment.Where(n => !n.Contains('*', StringComparison.Ordinal)))
        {
            session.Note(("get-env", name), "");
            if (session.Options.Environment.Get(session.Scope, name).Value is { } value) variables.Add(KeyValuePair.Create(name, value));
        }
        return variables;
    }
}
