namespace ClawGrains.Skills.Sources;

/// <summary>What an install argument names.</summary>
public abstract record SkillSource;

/// <summary>A directory of this machine, or the <c>SKILL.md</c> in it.</summary>
public sealed record PathSource(string Path) : SkillSource;

/// <summary>An archive of this machine.</summary>
public sealed record ArchiveSource(string Path) : SkillSource;

/// <summary>An archive, or a single <c>SKILL.md</c>, to be downloaded.</summary>
public sealed record UrlSource(Uri Url) : SkillSource;

/// <summary>A directory of a git repository.</summary>
/// <param name="Host">The host's name.</param>
/// <param name="Owner">Whose repository it is.</param>
/// <param name="Repository">The repository's name, without <c>.git</c>.</param>
/// <param name="Path">The directory; empty for the one that holds a <c>SKILL.md</c>, wherever it is.</param>
/// <param name="Reference">A branch, a tag or a full commit; null for the default branch.</param>
public sealed record GitSource(string Host, string Owner, string Repository, string Path = "", string? Reference = null) : SkillSource
{
    /// <summary>It as an install argument.</summary>
    public override string ToString() =>
        $"{Host}/{Owner}/{Repository}{(Path.Length > 0 ? "/" + Path : "")}{(Reference is null ? "" : "@" + Reference)}";
}

/// <summary>A skill of a ClawHub.</summary>
/// <param name="Slug">Its slug.</param>
/// <param name="Owner">Its publisher's handle, where two have the same slug.</param>
/// <param name="Version">Its version; null for the latest.</param>
public sealed record ClawHubSource(string Slug, string? Owner = null, string? Version = null) : SkillSource
{
    /// <summary>It as an install argument, without the version.</summary>
    public override string ToString() => $"clawhub:{(Owner is null ? "" : $"@{Owner}/")}{Slug}";
}
