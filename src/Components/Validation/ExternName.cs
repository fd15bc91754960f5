namespace ClawGrains.Components.Validation;

internal enum ExternNameKind { Label, Constructor, Method, Static, Interface, Dependency }

/// <summary>
/// A parsed import or export name (explainer, "Import and Export Definitions").
/// <see cref="Unique"/> is the canonical form under which names of one scope must differ ("Name Uniqueness").
/// </summary>
internal sealed record ExternName(string Text, ExternNameKind Kind, string Resource, string Unique)
{
    public static ExternName Parse(string text, string? versionSuffix, long offset)
    {
        if (text.StartsWith("[constructor]", StringComparison.Ordinal)) return Constructor(text, offset);
        if (text.StartsWith("[method]", StringComparison.Ordinal)) return Member(text, "[method]", ExternNameKind.Method, offset);
        if (text.StartsWith("[static]", StringComparison.Ordinal)) return Member(text, "[static]", ExternNameKind.Static, offset);
        if (DependencyName.Is(text)) return Dependency(text, offset);
        if (text.Contains(':', StringComparison.Ordinal)) return Interface(text, versionSuffix, offset);
        Labels.RequireExtern(text, text, offset);
        return new ExternName(text, ExternNameKind.Label, "", Lower(text));
    }

    private static ExternName Dependency(string text, long offset)
    {
        DependencyName.Check(text, offset);
        return new ExternName(text, ExternNameKind.Dependency, "", text);
    }

    /// <summary>An interface name, as <c>implements</c> wants one.</summary>
    public static void RequireInterface(string text, long offset)
    {
        if (!text.Contains(':', StringComparison.Ordinal))
        {
            if (!Labels.IsLabel(text)) throw ComponentException.Invalid($"`{text}` is not a valid name", offset);
            throw ComponentException.Invalid($"name `{text}` must be an interface", offset);
        }
        InterfaceName.Check(text, null, offset);
    }

    private static ExternName Constructor(string text, long offset)
    {
        var resource = text["[constructor]".Length..];
        Labels.RequireExtern(resource, text, offset);
        return new ExternName(text, ExternNameKind.Constructor, resource, Lower(text));
    }

    private static ExternName Member(string text, string prefix, ExternNameKind kind, long offset)
    {
        var rest = text[prefix.Length..];
        var dot = rest.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0) throw ComponentException.Invalid($"failed to find `.` character: `{text}` is not a valid extern name", offset);
        var (resource, member) = (rest[..dot], rest[(dot + 1)..]);
        Labels.RequireExtern(resource, text, offset);
        Labels.RequireExtern(member, text, offset);
        var (r, m) = (Lower(resource), Lower(member));
        return new ExternName(text, kind, resource, r == m ? r : $"{r}.{m}");
    }

    private static ExternName Interface(string text, string? versionSuffix, long offset)
    {
        InterfaceName.Check(text, versionSuffix, offset);
        var at = text.IndexOf('@', StringComparison.Ordinal);
        var unique = at < 0 ? Lower(text) : Lower(text[..at]) + text[at..];
        return new ExternName(text, ExternNameKind.Interface, "", unique);
    }

    private static string Lower(string text) => text.ToLowerInvariant();
}

/// <summary>The <c>label</c> and <c>words</c> productions: kebab case, each fragment wholly lower or wholly upper.</summary>
internal static class Labels
{
    public static bool IsLabel(string text) => IsKebab(text, upper: true);

    public static bool IsWords(string text) => IsKebab(text, upper: false);

    public static void RequireExtern(string label, string whole, long offset)
    {
        if (!IsLabel(label)) throw ComponentException.Invalid($"`{label}` is not in kebab case: `{whole}` is not a valid extern name", offset);
    }

    /// <summary>A field, case, flag, tag or parameter label; unique among <paramref name="seen"/> ignoring case.</summary>
    public static void Require(string label, (string What, string Short) kind, Dictionary<string, string> seen, long offset)
    {
        if (label.Length == 0) throw ComponentException.Invalid($"{kind.What} name cannot be empty", offset);
        if (!IsLabel(label)) throw ComponentException.Invalid($"{kind.What} name `{label}` is not in kebab case", offset);
        if (!seen.TryAdd(label.ToLowerInvariant(), label))
            throw ComponentException.Invalid($"{kind.What} name `{label}` conflicts with previous {kind.Short} name `{seen[label.ToLowerInvariant()]}`", offset);
    }

    private static bool IsKebab(string text, bool upper)
    {
        if (text.Length == 0 || char.IsAsciiDigit(text[0])) return false;
        foreach (var fragment in text.Split('-'))
        {
            if (fragment.Length == 0) return false;
            var lower = fragment.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c));
            if (!lower && !(upper && fragment.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c)))) return false;
        }
        return true;
    }
}

/// <summary>The <c>interfacename</c> production: <c>namespace:package/interface@version</c>.</summary>
internal static class InterfaceName
{
    public static void Check(string text, string? versionSuffix, long offset)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var at = text.IndexOf('@', StringComparison.Ordinal);
        var end = at < 0 ? text.Length : at;
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        RequireWords(text, colon > end ? text : text[..colon], offset);
        if (slash < 0 || slash > end || slash < colon) throw Bad(text, "expected `/` after package name", offset);
        if (text[(colon + 1)..slash].Contains(':', StringComparison.Ordinal)) throw Bad(text, "expected `/` after package name", offset);
        RequireWords(text, text[(colon + 1)..slash], offset);
        var projection = text[(slash + 1)..end];
        var nested = projection.IndexOf('/', StringComparison.Ordinal);
        if (nested >= 0) throw Bad(text, $"trailing characters found: `{projection[nested..]}`", offset);
        Labels.RequireExtern(projection, text, offset);
        if (at >= 0) Version(text, text[(at + 1)..], versionSuffix, offset);
        else if (versionSuffix is not null) throw Bad(text, "a version suffix needs a version", offset);
    }

    private static void RequireWords(string text, string words, long offset)
    {
        if (!Labels.IsWords(words)) throw ComponentException.Invalid($"`{words}` is not in kebab case: `{text}` is not a valid extern name", offset);
    }

    private static void Version(string text, string version, string? suffix, long offset)
    {
        if (SemVer.Error(version + suffix) is { } error) throw Bad(text, error, offset);
        if (suffix is not null && !SemVer.IsCanonical(version)) throw Bad(text, $"`{version}` is not a canonical version", offset);
    }

    private static ComponentException Bad(string text, string why, long offset) =>
        ComponentException.Invalid($"{why}: `{text}` is not a valid extern name", offset);
}
