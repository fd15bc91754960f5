namespace ClawGrains.Components.Spec;

/// <summary>The command line.</summary>
internal sealed record SpecOptions
{
    public const string Usage = """
        usage: Components.Spec DIR [--filter GLOB] [--json] [--metered]
          DIR        folder (searched to the bottom) of JSON scripts with their components, or one script
          --filter   only scripts whose name, or path below DIR, matches (* and ?)
          --json     the report as JSON
          --metered  count fuel
        """;

    public string? Path { get; init; }

    public string Filter { get; init; } = "*";

    public bool Json { get; init; }

    public bool Metered { get; init; }

    public bool IsHelp { get; init; }

    /// <exception cref="ArgumentException">The command line is wrong; the message says how.</exception>
    public static SpecOptions Parse(IReadOnlyList<string> args)
    {
        var options = new SpecOptions();
        for (var i = 0; i < args.Count; i++)
            options = args[i] switch
            {
                "-h" or "--help" => options with { IsHelp = true },
                "--json" => options with { Json = true },
                "--metered" => options with { Metered = true },
                "--filter" => options with { Filter = i + 1 < args.Count ? args[++i] : throw new ArgumentException("--filter needs a value") },
                _ when args[i].StartsWith('-') => throw new ArgumentException($"unknown option '{args[i]}'"),
                _ when options.Path is not null => throw new ArgumentException($"one DIR only, and here is '{args[i]}' too"),
                _ => options with { Path = args[i] },
            };
        return options.Path is null && !options.IsHelp ? throw new ArgumentException("DIR is missing") : options;
    }
}
