using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace ClawGrains.Contracts;

/// <summary>A version by Semantic Versioning 2.0.0 (semver.org): <c>MAJOR.MINOR.PATCH[-PRERELEASE][+BUILD]</c>.</summary>
/// <param name="Major">Changes that break callers.</param>
/// <param name="Minor">Additions.</param>
/// <param name="Patch">Mends.</param>
/// <param name="PreRelease">Dot-separated identifiers, empty for a release (§9).</param>
/// <param name="Build">Build metadata, which ordering ignores (§10).</param>
public readonly record struct PluginVersion(int Major, int Minor, int Patch, string PreRelease = "", string Build = "")
    : IComparable<PluginVersion>
{
    /// <summary>Reads a version.</summary>
    /// <exception cref="FormatException"><paramref name="text"/> is not a semantic version.</exception>
    public static PluginVersion Parse(string text) =>
        TryParse(text, out var version)
            ? version
            : throw new FormatException($"'{text}' is not a semantic version such as 1.4.0 or 2.0.0-rc.1 (semver.org).");

    /// <summary>Reads a version; false where <paramref name="text"/> is not one.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out PluginVersion version)
    {
        version = default;
        if (text is null || text.Length > 256) return false;
        var (rest, build) = Cut(text, '+');
        var (core, preRelease) = Cut(rest, '-');
        var numbers = core.Split('.');
        if (numbers.Length != 3 || !Number(numbers[0], out var major) || !Number(numbers[1], out var minor)
            || !Number(numbers[2], out var patch) || !Identifiers(preRelease, true) || !Identifiers(build, false))
            return false;
        version = new PluginVersion(major, minor, patch, preRelease ?? "", build ?? "");
        return true;
    }

    /// <summary>Orders by precedence (§11): a pre-release stands before its release, build metadata does not count.</summary>
    public int CompareTo(PluginVersion other)
    {
        var order = (Major, Minor, Patch).CompareTo((other.Major, other.Minor, other.Patch));
        return order != 0 ? order : ComparePreRelease(PreRelease ?? "", other.PreRelease ?? "");
    }

    /// <summary>Whether <paramref name="a"/> precedes <paramref name="b"/>.</summary>
    public static bool operator <(PluginVersion a, PluginVersion b) => a.CompareTo(b) < 0;

    /// <summary>Whether <paramref name="a"/> follows <paramref name="b"/>.</summary>
    public static bool operator >(PluginVersion a, PluginVersion b) => a.CompareTo(b) > 0;

    /// <summary>Whether <paramref name="a"/> does not follow <paramref name="b"/>.</summary>
    public static bool operator <=(PluginVersion a, PluginVersion b) => a.CompareTo(b) <= 0;

    /// <summary>Whether <paramref name="a"/> does not precede <paramref name="b"/>.</summary>
    public static bool operator >=(PluginVersion a, PluginVersion b) => a.CompareTo(b) >= 0;

    /// <inheritdoc/>
    public override string ToString() =>
        $"{Major}.{Minor}.{Patch}{(string.IsNullOrEmpty(PreRelease) ? "" : "-" + PreRelease)}{(string.IsNullOrEmpty(Build) ? "" : "+" + Build)}";

    private static (string Head, string? Tail) Cut(string text, char at)
    {
        var i = text.IndexOf(at, StringComparison.Ordinal);
        return i < 0 ? (text, null) : (text[..i], text[(i + 1)..]);
    }

    private static bool Number(string text, out int value)
    {
        value = 0;
        return text.Length > 0 && (text == "0" || text[0] != '0') && text.All(char.IsAsciiDigit)
            && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
    }

    private static bool Identifiers(string? text, bool noLeadingZero) =>
        text is null || text.Split('.').All(id => id.Length > 0
            && id.All(c => char.IsAsciiLetterOrDigit(c) || c == '-')
            && !(noLeadingZero && id.Length > 1 && id[0] == '0' && id.All(char.IsAsciiDigit)));

    private static int ComparePreRelease(string a, string b)
    {
        if (a.Length == 0 || b.Length == 0) return (a.Length == 0).CompareTo(b.Length == 0);
        var (x, y) = (a.Split('.'), b.Split('.'));
        for (var i = 0; i < Math.Min(x.Length, y.Length); i++)
            if (CompareIdentifier(x[i], y[i]) is var order and not 0) return order;
        return x.Length.CompareTo(y.Length);
    }

    private static int CompareIdentifier(string a, string b)
    {
        var (numericA, numericB) = (a.All(char.IsAsciiDigit), b.All(char.IsAsciiDigit));
        if (numericA != numericB) return numericA ? -1 : 1;
        if (numericA && a.Length != b.Length) return a.Length.CompareTo(b.Length);
        return string.CompareOrdinal(a, b);
    }
}
