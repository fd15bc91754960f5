namespace ClawGrains.Wasm.Spec;

/// <summary>The command line.</summary>
internal sealed record SpecOptions
{
    public const string Usage = """
        usage: Wasm.Spec DIR [--filter GLOB] [--json] [--timeout SECONDS] [--jobs N] [--metered] [--eager] [--features NAMES]
          DIR        folder (searched to the bottom) of wabt-style JSON scripts with their modules, or one script
          --filter   only scripts whose name, or path below DIR, matches (* and ?)
          --json     the report as JSON
          --timeout  seconds a script may take before it counts as failed (default 120)
          --jobs     worker processes (default: one per processor)
          --metered  count fuel
          --eager    compile every function at once
          --features proposals enabled from the start: all, exception-handling, multi-memory (comma-separated);
                     without it they are enabled for the modules that need them
        """;

    /// <summary>The folder or script; null in a worker.</summary>
    public string? Path { get; init; }

    public string Filter { get; init; } = "*";
    public bool Json { get; init; }

    /// <summary>How long one script may take. Default 120 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>Worker processes. Default: one per processor.</summary>
    public int Jobs { get; init; } = Environment.ProcessorCount;

    /// <summary>The mode of the engine under test.</summary>
    public EngineOptions Engine { get; init; } = new();

    /// <summary>This process reads script paths on its input and writes reports on its output.</summary>
    public bool IsWorker { get; init; }

    public bool IsHelp { get; init; }

    /// <exception cref="ArgumentException">The command line is wrong; the message says how.</exception>
    public static SpecOptions Parse(IReadOnlyList<string> args)
    {
        var options = new SpecOptions();
        for (var i = 0; i < args.Count; i++)
            options = args[i] switch
            {
                "-h" or "--help" => options with { IsHelp = true },
                "--worker" => options with { IsWorker = true },
                "--metered" => options with { Engine = options.Engine with { Metering = true } },
                "--eager" => options with { Engine = options.Engine with { EagerCompilation = true } },
                "--features" => options with { Engine = options.Engine with { Features = ParseFeatures(Next(args, ref i)) } },
                "--json" => options with { Json = true },
                "--filter" => options with { Filter = Next(args, ref i) },
                "--timeout" => options with { Timeout = TimeSpan.FromSeconds(Number(args, ref i)) },
                "--jobs" => options with { Jobs = Number(args, ref i) },
                _ when args[i].StartsWith('-') => throw new ArgumentException($"unknown option '{args[i]}'"),
                _ when options.Path is not null => throw new ArgumentException($"one DIR only, and here is '{args[i]}' too"),
                _ => options with { Path = args[i] },
            };
        if (options is { Path: null, IsWorker: false, IsHelp: false }) throw new ArgumentException("DIR is missing");
        return options;
    }

    private static WasmFeatures ParseFeatures(string names) =>
        Enum.TryParse<WasmFeatures>(names.Replace("-", "", StringComparison.Ordinal), ignoreCase: true, out var features)
            ? features
            : throw new ArgumentException($"unknown features '{names}'");

    private static string Next(IReadOnlyList<string> args, ref int i) =>
        i + 1 < args.Count ? args[++i] : throw new ArgumentException($"{args[i]} needs a value");

    private static int Number(IReadOnlyList<string> args, ref int i)
    {
        var (option, text) = (args[i], Next(args, ref i));
        return int.TryParse(text, out var n) && n > 0
            ? n
            : throw new ArgumentException($"{option} needs a number above 0, not '{text}'");
    }
}
