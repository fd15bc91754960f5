namespace ClawGrains.Components.Validation;

/// <summary>
/// The <c>depname</c>, <c>urlname</c> and <c>hashname</c> productions of import names: where an implementation is to be
/// found. They are checked and kept; a linker offers something under the whole text.
/// </summary>
internal static class DependencyName
{
    private static readonly string[] Prefixes = ["unlocked-dep=", "locked-dep=", "url=", "integrity="];
    private static readonly string[] Algorithms = ["sha256", "sha384", "sha512"];

    public static bool Is(string text) => Prefixes.Any(p => text.StartsWith(p, StringComparison.Ordinal));

    public static void Check(string text, long offset)
    {
        var rest = text[(text.IndexOf('=', StringComparison.Ordinal) + 1)..];
        var error = text[..(text.Length - rest.Length - 1)] switch
        {
            "unlocked-dep" => Bracketed(ref rest) is { } query ? Query(query) : Open(rest),
            "locked-dep" => Bracketed(ref rest) is { } package ? Package(package) ?? Hash(ref rest) : Open(rest),
            "url" => Bracketed(ref rest) is { } url ? (url.Contains('<', StringComparison.Ordinal) ? "url cannot contain `<`" : Hash(ref rest)) : Open(rest),
            _ => Bracketed(ref rest) is { } hashes ? Integrity(hashes) : Open(rest),
        };
        error ??= rest.Length > 0 ? $"trailing characters found: `{rest}`" : null;
        if (error is not null) throw ComponentException.Invalid($"{error}: `{text}` is not a valid extern name", offset);
    }

    private static string Open(string rest) => rest.StartsWith('<') ? "failed to find `>`" : $"expected `<` at `{rest}`";

    /// <summary>What stands between the brackets that the text begins with, or null; the text continues behind them.</summary>
    private static string? Bracketed(ref string rest)
    {
        // A version range holds brackets of its own: `@{>=1.2.3 <2.0.0}`.
        var brace = rest.IndexOf("@{", StringComparison.Ordinal);
        var close = rest.IndexOf('>', brace >= 0 && rest.IndexOf('}', brace) is >= 0 and var end ? end : 0);
        if (!rest.StartsWith('<') || close < 0) return null;
        var inside = rest[1..close];
        rest = rest[(close + 1)..];
        return inside;
    }

    private static string? Hash(ref string rest)
    {
        const string start = ",integrity=";
        if (!rest.StartsWith(',')) return null;
        if (!rest.StartsWith(start + '<', StringComparison.Ordinal)) return "expected `integrity=<`";
        rest = rest[start.Length..];
        return Bracketed(ref rest) is { } hashes ? Integrity(hashes) : Open(rest);
    }

    private static string? Query(string query)
    {
        var at = query.IndexOf('@', StringComparison.Ordinal);
        return Path(at < 0 ? query : query[..at]) ?? (at < 0 || query[(at + 1)..] == "*" ? null : Range(query[(at + 1)..]));
    }

    private static string? Range(string range)
    {
        if (!range.StartsWith('{') || !range.EndsWith('}')) return $"expected `{{` at `{range}`";
        var bounds = range[1..^1].Split(" <");
        var lower = bounds[0].StartsWith(">=", StringComparison.Ordinal);
        if (!lower && !bounds[0].StartsWith('<')) return "expected `>=` or `<` at start of version range";
        if (bounds.Length > (lower ? 2 : 1)) return $"`{range}` is not a valid version range";
        return Version(bounds[0][(lower ? 2 : 1)..]) ?? (bounds.Length == 2 ? Version(bounds[1]) : null);
    }

    private static string? Package(string package)
    {
        var at = package.IndexOf('@', StringComparison.Ordinal);
        return Path(at < 0 ? package : package[..at]) ?? (at < 0 ? null : Version(package[(at + 1)..]));
    }

    private static string? Version(string version) => SemVer.Error(version) is null ? null : $"`{version}` is not a valid semver";

    private static string? Path(string path)
    {
        var parts = path.Split(':');
        if (parts.Length < 2) return $"`{path}` is not in kebab case: expected `:`";
        return parts.FirstOrDefault(p => !Labels.IsWords(p)) is { } bad ? $"`{bad}` is not in kebab case" : parts.Length > 2 ? $"trailing characters found: `{path}`" : null;
    }

    private static string? Integrity(string text)
    {
        var hashes = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return hashes.Length == 0 ? "integrity hash cannot be empty" : hashes.Select(Digest).FirstOrDefault(e => e is not null);
    }

    private static string? Digest(string hash)
    {
        var dash = hash.IndexOf('-', StringComparison.Ordinal);
        if (dash < 0) return "expected `-` after hash algorithm";
        if (!Algorithms.Contains(hash[..dash])) return "unrecognized hash algorithm";
        var digest = hash[(dash + 1)..].Split('?')[0];
        var body = digest.TrimEnd('=');
        return body.Length > 0 && digest.Length - body.Length <= 2 && body.All(c => char.IsAsciiLetterOrDigit(c) || c is '+' or '/') ? null : "not valid base64";
    }
}
