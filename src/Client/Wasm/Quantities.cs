using System.CommandLine.Parsing;
using System.Globalization;

namespace ClawGrains.Client.Wasm;

/// <summary>Amounts as people write them on a command line.</summary>
internal static class Quantities
{
    private static readonly (string Suffix, double Factor)[] Bytes =
        [
            ("KiB", 1L << 10), ("MiB", 1L << 20), ("GiB", 1L << 30), ("KB", 1L << 10), ("MB", 1L << 20), ("GB", 1L << 30),
            ("K", 1L << 10), ("M", 1L << 20), ("G", 1L << 30), ("B", 1), ("", 1),
        ];

    private static readonly (string Suffix, double Factor)[] Seconds =
        [("ms", 0.001), ("min", 60), ("s", 1), ("m", 60), ("h", 3600), ("", 1)];

    /// <summary>Bytes, or with KB (1,024 bytes), MB or GB; KiB and K mean the same.</summary>
    public static long? ParseBytes(ArgumentResult argument) =>
        Parse(argument, Bytes, "a number of bytes such as 65536, 512KB or 16MB") is { } bytes and <= long.MaxValue ? (long)bytes : null;

    /// <summary>Seconds, or with ms, s, m or h.</summary>
    public static TimeSpan? ParseTime(ArgumentResult argument) =>
        Parse(argument, Seconds, "a time such as 5, 500ms or 2m") is { } seconds ? TimeSpan.FromSeconds(seconds) : null;

    private static double? Parse(ArgumentResult argument, (string Suffix, double Factor)[] units, string wanted)
    {
        var text = argument.Tokens[0].Value;
        foreach (var (suffix, factor) in units)
            if (text.EndsWith(suffix, StringComparison.OrdinalIgnoreCase)
                && double.TryParse(text.AsSpan(0, text.Length - suffix.Length), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var n)
                && n > 0 && n * factor < 1e15)
                return n * factor;
        argument.AddError($"'{text}' is not {wanted}");
        return null;
    }
}
