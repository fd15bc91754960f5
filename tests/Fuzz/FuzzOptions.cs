using System.Globalization;

namespace ClawGrains.Fuzz;

/// <summary>How long a target runs and from which seed.</summary>
internal sealed record FuzzOptions
{
    /// <summary>The first seed; input n uses seed + n. Default 1.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>How many inputs. Default 1000; with <see cref="Minutes"/> and no count, as many as fit.</summary>
    public int Count { get; init; } = 1000;

    /// <summary>Stop after so many minutes. Default: no limit.</summary>
    public double Minutes { get; init; } = double.PositiveInfinity;

    /// <summary>Where findings are kept. Default: <c>clawgrains-fuzz</c> in the temporary folder.</summary>
    public string Folder { get; init; } = Path.Combine(Path.GetTempPath(), "clawgrains-fuzz");

    /// <exception cref="ArgumentException">An option is unknown or its value wrong.</exception>
    public static FuzzOptions Parse(ReadOnlySpan<string> args)
    {
        var (options, counted) = (new FuzzOptions(), false);
        for (var i = 0; i < args.Length; i += 2)
        {
            if (i + 1 == args.Length) throw new ArgumentException($"{args[i]} needs a value");
            options = options.With(args[i], args[i + 1]);
            counted |= args[i] == "--count";
        }
        return counted || double.IsInfinity(options.Minutes) ? options : options with { Count = int.MaxValue };
    }

    private FuzzOptions With(string option, string value)
    {
        try
        {
            return option switch
            {
                "--seed" => this with { Seed = ulong.Parse(value, CultureInfo.InvariantCulture) },
                "--count" => this with { Count = int.Parse(value, CultureInfo.InvariantCulture) },
                "--seconds" => this with { Minutes = double.Parse(value, CultureInfo.InvariantCulture) / 60 },
                "--minutes" => this with { Minutes = double.Parse(value, CultureInfo.InvariantCulture) },
                "--out" => this with { Folder = value },
                _ => throw new ArgumentException($"unknown option '{option}'"),
            };
        }
        catch (FormatException)
        {
            throw new ArgumentException($"{option} needs a number, not '{value}'");
        }
    }
}
