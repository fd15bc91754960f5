using System.Globalization;

namespace ClawGrains.Components.Validation;

/// <summary>Semantic Versioning 2.0, as far as names need it.</summary>
internal readonly record struct SemVer(ulong Major, ulong Minor, ulong Patch, string PreRelease)
{
    /// <summary>Why the text is no semantic version, in the words of the common parser, or null when it is one.</summary>
    public static string? Error(string text) => Scan(text, out _);

    public static SemVer? TryParse(string text) => Scan(text, out var version) is null ? version : null;

    /// <summary>The <c>canonversion</c> production: everything after the first number that is not zero is dropped.</summary>
    public static bool IsCanonical(string text)
    {
        var parts = text.Split('.');
        if (parts.Length > 3 || parts.Any(p => p.Length == 0 || !p.All(char.IsAsciiDigit) || (p.Length > 1 && p[0] == '0'))) return false;
        return parts.Length == 3 ? parts[0] == "0" && parts[1] == "0" : parts[^1] != "0" && parts[..^1].All(p => p == "0");
    }

    /// <summary>The part of the version that compatible versions share: equal means linkable.</summary>
    public string Compatibility => (Major, Minor, PreRelease) switch
    {
        (_, _, { Length: > 0 }) => $"{Major}.{Minor}.{Patch}-{PreRelease}",
        ( > 0, _, _) => Major.ToString(CultureInfo.InvariantCulture),
        (_, > 0, _) => $"0.{Minor}",
        _ => $"0.0.{Patch}",
    };

    private static string? Scan(string text, out SemVer version)
    {
        version = default;
        if (text.Length == 0) return "empty string, expected a semver version";
        var position = 0;
        var numbers = new ulong[3];
        for (var i = 0; i < 3; i++)
        {
            if (Number(text, ref position, out numbers[i]) is { } error) return error;
            if (i == 2) break;
            if (position == text.Length) return "unexpected end of input";
            if (text[position] != '.') return $"unexpected character '{text[position]}'";
            position++;
        }
        var pre = "";
        if (position < text.Length && text[position] == '-' && Identifiers(text, ref position, '+', true, out pre) is { } preError) return preError;
        if (position < text.Length && text[position] == '+' && Identifiers(text, ref position, '\0', false, out _) is { } buildError) return buildError;
        if (position < text.Length) return $"unexpected character '{text[position]}'";
        version = new SemVer(numbers[0], numbers[1], numbers[2], pre);
        return null;
    }

    private static string? Number(string text, ref int position, out ulong value)
    {
        var start = position;
        value = 0;
        while (position < text.Length && char.IsAsciiDigit(text[position])) position++;
        if (position == start) return start == text.Length ? "unexpected end of input" : $"unexpected character '{text[start]}'";
        if (text[start] == '0' && position - start > 1) return "invalid leading zero";
        return ulong.TryParse(text.AsSpan(start, position - start), NumberStyles.None, CultureInfo.InvariantCulture, out value) ? null : "version number too large";
    }

    private static string? Identifiers(string text, ref int position, char stop, bool noLeadingZero, out string identifiers)
    {
        var start = ++position;
        while (position < text.Length && text[position] != stop) position++;
        identifiers = text[start..position];
        foreach (var segment in identifiers.Split('.'))
        {
            if (segment.Length == 0) return "empty identifier segment";
            if (segment.FirstOrDefault(c => !char.IsAsciiLetterOrDigit(c) && c != '-') is var bad && bad != '\0') return $"unexpected character '{bad}'";
            if (noLeadingZero && segment.Length > 1 && segment[0] == '0' && segment.All(char.IsAsciiDigit)) return "invalid leading zero";
        }
        return null;
    }
}
