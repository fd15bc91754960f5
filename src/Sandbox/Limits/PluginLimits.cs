namespace ClawGrains.Sandbox.Limits;

/// <summary>What one plugin may use. A manifest sets some of it; <see cref="Within"/> holds it below the host's ceilings.</summary>
public sealed record PluginLimits
{
    /// <summary>The defaults.</summary>
    public static PluginLimits Default { get; } = new();

    /// <summary>Fuel of a call (<c>max_fuel</c>). Default 1,000,000,000.</summary>
    public long Fuel { get; init; } = 1_000_000_000;

    /// <summary>Linear memory of an instance in MB of 1,048,576 bytes (<c>max_memory_mb</c>). Default 16.</summary>
    public int MemoryMegabytes { get; init; } = 16;

    /// <summary>Table elements of an instance (<c>max_table_elements</c>). Default 10,000.</summary>
    public int TableElements { get; init; } = 10_000;

    /// <summary>Wall clock of a call, blocked host calls included (<c>max_execution_seconds</c>). Default 30 s.</summary>
    public TimeSpan Time { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>HTTP requests a minute (<c>max_http_requests_per_minute</c>). Default 10.</summary>
    public int HttpPerMinute { get; init; } = 10;

    /// <summary>Log messages a minute (<c>max_log_messages_per_minute</c>). Default 100.</summary>
    public int LogsPerMinute { get; init; } = 100;

    /// <summary>Calls at once (<c>max_concurrency</c>). Default 4.</summary>
    public int Concurrency { get; init; } = 4;

    /// <summary>Calls that wait for one of those; the next is refused. Default 64.</summary>
    public int QueueLength { get; init; } = 64;

    /// <summary>Bytes of an HTTP request's body. Default 1 MB.</summary>
    public int RequestBytes { get; init; } = 1 << 20;

    /// <summary>Bytes of an HTTP response's body. Default 4 MB.</summary>
    public int ResponseBytes { get; init; } = 4 << 20;

    /// <summary>Bytes of a file that is read. Default 8 MB.</summary>
    public int ReadBytes { get; init; } = 8 << 20;

    /// <summary>Bytes of a file that is written. Default 4 MB.</summary>
    public int WriteBytes { get; init; } = 4 << 20;

    /// <summary>Bytes of UTF-8 of a log message. Default 4 KB.</summary>
    public int LogBytes { get; init; } = 4 << 10;

    /// <summary>Bytes of UTF-8 of a tool's parameters and of its result, each. Default 4 MB.</summary>
    public int ValueBytes { get; init; } = 4 << 20;

    /// <summary>Bytes of kept state, keys included (<c>max_state_kb</c>). Default 1 MB.</summary>
    public int StateBytes { get; init; } = 1 << 20;

    /// <summary>Values of kept state. Default 10,000.</summary>
    public int StateEntries { get; init; } = 10_000;

    /// <summary>The lesser of each limit and its ceiling.</summary>
    public PluginLimits Within(LimitCeilings ceilings) => this with
    {
        Fuel = Math.Min(Fuel, ceilings.Fuel),
        MemoryMegabytes = Math.Min(MemoryMegabytes, ceilings.MemoryMegabytes),
        TableElements = Math.Min(TableElements, ceilings.TableElements),
        Time = Time < ceilings.Time ? Time : ceilings.Time,
        HttpPerMinute = Math.Min(HttpPerMinute, ceilings.HttpPerMinute),
        LogsPerMinute = Math.Min(LogsPerMinute, ceilings.LogsPerMinute),
        Concurrency = Math.Min(Concurrency, ceilings.Concurrency),
        StateBytes = Math.Min(StateBytes, ceilings.StateBytes),
    };
}

/// <summary>What no manifest can exceed.</summary>
public sealed record LimitCeilings
{
    /// <summary>Default 10,000,000,000.</summary>
    public long Fuel { get; init; } = 10_000_000_000;

    /// <summary>Default 256.</summary>
    public int MemoryMegabytes { get; init; } = 256;

    /// <summary>Default 100,000.</summary>
    public int TableElements { get; init; } = 100_000;

    /// <summary>Default 300 s.</summary>
    public TimeSpan Time { get; init; } = TimeSpan.FromSeconds(300);

    /// <summary>Default 600.</summary>
    public int HttpPerMinute { get; init; } = 600;

    /// <summary>Default 6,000.</summary>
    public int LogsPerMinute { get; init; } = 6_000;

    /// <summary>Default 64.</summary>
    public int Concurrency { get; init; } = 64;

    /// <summary>Default 64 MB.</summary>
    public int StateBytes { get; init; } = 64 << 20;
}
