using System.Buffers;
using ClawGrains.Skills.Text;

namespace ClawGrains.Skills.Parsing;

/// <summary>Values of install specs that a package manager cannot mistake for an option or another source; null for the rest.</summary>
internal static class SafeValue
{
    private const string Alphanumeric = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static readonly SearchValues<char> BrewChars = SearchValues.Create(Alphanumeric + "@+._/-");
    private static readonly SearchValues<char> GoChars = SearchValues.Create(Alphanumeric + "._~+-/");
    private static readonly SearchValues<char> UvChars = SearchValues.Create(Alphanumeric + "._-[]=<>!~+,");
    private static readonly SearchValues<char> NpmChars = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-._~");
    private static readonly SearchValues<char> TagChars = SearchValues.Create(Alphanumeric + "._-");
    private static readonly SearchValues<char> VersionChars = SearchValues.Create(Alphanumeric + ".-+");

    public static string? Brew(DataNode? node) =>
        Text(node) is { } v && IsName(v, BrewChars) && !v.Contains("..", StringComparison.Ordinal) ? v : null;

    public static string? Uv(DataNode? node) => Text(node) is { } v && IsName(v, UvChars) ? v : null;

    public static string? Go(DataNode? node)
    {
        if (Text(node) is not { } v) return null;
        var at = v.IndexOf('@', StringComparison.Ordinal);
        var (module, version) = at < 0 ? (v, "") : (v[..at], v[(at + 1)..]);
        return IsName(module, GoChars) && (at < 0 || IsName(version, GoChars)) ? v : null;
    }

    /// <summary>A package of the npm registry, with an exact version or a tag; no range, path, address or git reference.</summary>
    public static string? Npm(DataNode? node)
    {
        if (Text(node) is not { } v) return null;
        var at = v.LastIndexOf('@');
        var (name, selector) = at > 0 ? (v[..at], v[(at + 1)..]) : (v, null);
        return IsNpmName(name) && (selector is null || IsSelector(selector)) ? v : null;
    }

    public static string? Url(DataNode? node) =>
        Text(node) is { } v && !v.Any(JsText.IsSpace) && Uri.TryCreate(v, UriKind.Absolute, out var uri)
        && uri.Scheme is ("http" or "https") ? uri.AbsoluteUri : null;

    private static string? Text(DataNode? node) => node?.AsString is { } s && JsText.Trim(s) is { Length: > 0 } v ? v : null;

    private static bool IsName(string value, SearchValues<char> allowed) =>
        value.Length > 0 && char.IsAsciiLetterOrDigit(value[0]) && !value.AsSpan().ContainsAnyExcept(allowed);

    private static bool IsNpmName(string name)
    {
        if (!name.StartsWith('@')) return IsNpmPart(name);
        var slash = name.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && IsNpmPart(name[1..slash]) && IsNpmPart(name[(slash + 1)..]);
    }

    private static bool IsNpmPart(string part) =>
        part.Length > 0 && (char.IsAsciiLetterLower(part[0]) || char.IsAsciiDigit(part[0])) && !part.AsSpan().ContainsAnyExcept(NpmChars);

    // Build metadata (1.0.0+x) is the one version that is no tag.
    private static bool IsSelector(string selector) =>
        IsName(selector, TagChars) || (IsName(selector.TrimStart('v', '='), VersionChars) && char.IsAsciiDigit(selector.TrimStart('v', '=')[0]));
}
