namespace ClawGrains.Components.Wasi;

/// <summary>A host directory that a component sees under a name.</summary>
/// <param name="HostPath">The directory on the host.</param>
/// <param name="GuestPath">The name the component knows it by, for example <c>/data</c> or <c>.</c>.</param>
/// <param name="ReadOnly">Refuse everything that writes. Default false.</param>
public sealed record WasiDirectory(string HostPath, string GuestPath, bool ReadOnly = false);

/// <summary>What a component gets of the system under WASI 0.2. The defaults give nothing.</summary>
public sealed record WasiOptions
{
    /// <summary>Command line arguments; the first is the program's name. Default none.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Environment variables in order. Default none.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Environment { get; init; } = [];

    /// <summary>The initial working directory, or null for none. Default null.</summary>
    public string? InitialDirectory { get; init; }

    /// <summary>What standard input reads. Default: at its end.</summary>
    public Stream StandardInput { get; init; } = Stream.Null;

    /// <summary>Where standard output goes. Default: nowhere.</summary>
    public Stream StandardOutput { get; init; } = Stream.Null;

    /// <summary>Where standard error goes. Default: nowhere.</summary>
    public Stream StandardError { get; init; } = Stream.Null;

    /// <summary>Which standard streams the component is told are a terminal. Default none.</summary>
    public WasiTerminals Terminals { get; init; }

    /// <summary>Directories the component may use. Default none. On systems other than Linux any is refused.</summary>
    public IReadOnlyList<WasiDirectory> Directories { get; init; } = [];

    /// <summary>The greatest size that a file may be given. Default no limit.</summary>
    public long MaxFileBytes { get; init; } = long.MaxValue;

    /// <summary>Is told of every path that is opened or changed, before it is. Default nobody.</summary>
    public WasiFileWatcher? Files { get; init; }

    /// <summary>The clocks, and the timers of pollables. Default: the system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>A seed that makes all random numbers repeatable, for tests; null for the system's generator. Default null.</summary>
    public int? RandomSeed { get; init; }

    /// <summary>Ends blocking calls with <see cref="OperationCanceledException"/>. Default none.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>Sends HTTP requests after deciding whether they are permitted; null refuses them all. Default null.</summary>
    public WasiHttpSender? Http { get; init; }
}

/// <summary>The standard streams that are a terminal.</summary>
[Flags]
public enum WasiTerminals
{
    /// <summary>None of them.</summary>
    None = 0,

    /// <summary>Standard input.</summary>
    Input = 1,

    /// <summary>Standard output.</summary>
    Output = 2,

    /// <summary>Standard error.</summary>
    Error = 4,
}

/// <summary>Is told that a component opens or changes a path below one of its directories; it may not be there, or be refused.</summary>
/// <param name="function">The function of <c>wasi:filesystem</c>, for example <c>open-at</c>.</param>
/// <param name="path">The path as the component gave it.</param>
/// <param name="write">Whether it means to change something.</param>
public delegate void WasiFileWatcher(string function, string path, bool write);

/// <summary>
/// Decides on and carries out one HTTP request of a component. Throw <see cref="WasiHttpException"/> to refuse;
/// the response's body is streamed, and disposed when the component drops it. Connect by
/// <see cref="WasiHttpTimeouts.ConnectAsync"/> to keep the component's <c>connect-timeout</c>.
/// </summary>
public delegate Task<HttpResponseMessage> WasiHttpSender(HttpRequestMessage request, CancellationToken cancellationToken);

/// <summary>
/// An HTTP request was refused or failed with an <c>error-code</c> of <c>wasi:http/types</c>. Optional payloads are left
/// out; a case whose payload must be there, or none of that name, becomes <c>internal-error</c> with the message.
/// </summary>
public sealed class WasiHttpException(string errorCode, string message) : Exception(message)
{
    /// <summary>The case, for example <c>HTTP-request-denied</c> or <c>connection-refused</c>.</summary>
    public string ErrorCode { get; } = errorCode;
}

/// <summary>A component called <c>wasi:cli/exit</c>.</summary>
public sealed class WasiExitException(int code) : Exception($"the component exited with code {code}")
{
    /// <summary>The exit code; 0 for success.</summary>
    public int Code { get; } = code;
}
