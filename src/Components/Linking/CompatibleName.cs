using ClawGrains.Components.Validation;

namespace ClawGrains.Components.Linking;

/// <summary>Which interface names of different versions may be linked (explainer, "Canonical Interface Name").</summary>
internal static class CompatibleName
{
    /// <summary>Equal for compatible names; null for a name without a version, which only matches itself.</summary>
    public static string? Key(string name)
    {
        var at = name.IndexOf('@', StringComparison.Ordinal);
        if (at < 0 || SemVer.TryParse(name[(at + 1)..]) is not { } version) return null;
        return $"{name[..at]}@{version.Compatibility}";
    }
}
