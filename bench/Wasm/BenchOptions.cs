using System.Globalization;

namespace ClawGrains.Wasm.Bench;

/// <summary>The command line.</summary>
internal sealed record BenchOptions
{
    public const string Border = "border", Live = "live", Churn = "churn", Interrupt = "interrupt";

    public static string Usage => $"""
        usage: Wasm.Bench [--json] [--rounds N] [NAMES]
          NAMES     what to measure; all when none is named: {string.Join(' ', Names)}
          --rounds  measured runs of each, of which the median is told (default 9)
        """;

    public static IEnumerable<string> Names => [.. Kernel.All.Select(k => k.Name), Border, Live, Churn, Interrupt];

    public bool Json { get; init; }

    /// <summary>Measured runs. Default 9.</summary>
    public int Rounds { get; init; } = 9;

    public IReadOnlyList<string> Chosen { get; init; } = [];

    public bool Wants(string name) => Chosen.Count == 0 || Chosen.Contains(name);

    /// <exception cref="ArgumentException">The command line is wrong; the message says how.</exception>
    public static BenchOptions Parse(string[] args)
    {
        var options = new BenchOptions();
        for (var i = 0; i < args.Length; i++)
            options = args[i] switch
            {
                "--json" => options with { Json = true },
                "--rounds" when i + 1 < args.Length && int.TryParse(args[i + 1], CultureInfo.InvariantCulture, out var n) && n > 0 && ++i > 0 =>
                    options with { Rounds = n },
                _ when Names.Contains(args[i]) => options with { Chosen = [.. options.Chosen, args[i]] },
                _ => throw new ArgumentException($"'{args[i]}' is not known here"),
            };
        return options;
    }
}
