using System.Text.RegularExpressions;

namespace ClawGrains.Skills.Sources;

/// <summary>Reads an install argument.</summary>
public static partial class SourceParser
{
    private const string Forms = "a path, an archive, an http(s) URL, github.com/owner/repo[/path][@ref], or a ClawHub slug ([@owner/]slug[@version])";
    private static readonly string[] Pages = ["tree", "blob"];

    /// <summary>
    /// What the argument names. What exists as a file or directory is that; a slug that happens to is written
    /// <c>clawhub:slug</c>.
    /// </summary>
    /// <exception cref="FormatException">It is none of the forms; the message names them.</exception>
    public static SkillSource Parse(string argument, SourceOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(argument);
        var text = argument.Trim();
        var settings = options ?? SourceOptions.Default;
        if (text.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("http://", StringComparison.OrdinalIgnoreCase)) return Url(text, settings);
        if (text.StartsWith("clawhub:", StringComparison.Ordinal)) return ClawHub(text["clawhub:".Length..]) ?? throw Unknown(argument);
        if (File.Exists(text)) return Path.GetFileName(text) == "SKILL.md" ? new PathSource(Path.GetFullPath(text)) : new ArchiveSource(Path.GetFullPath(text));
        if (Directory.Exists(text)) return new PathSource(Path.GetFullPath(text));
        if (Path.IsPathRooted(text) || text[0] is '.' or '~' || text.Contains('\\', StringComparison.Ordinal)) throw new FormatException($"'{argument}' does not exist.");
        return (SkillSource?)Git(text, settings) ?? ClawHub(text) ?? throw Unknown(argument);
    }

    private static SkillSource Url(string text, SourceOptions options)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.UserInfo.Length > 0)
            throw new FormatException($"'{text}' is no URL that can be fetched; it must have no user name and no password in it.");
        var parts = Uri.UnescapeDataString(url.AbsolutePath).Trim('/').Split('/');
        if (!options.GitHosts.ContainsKey(url.Authority) || parts.Length < 2) return new UrlSource(url);
        if (parts.Length == 2) return Git($"{url.Authority}/{parts[0]}/{TrimGit(parts[1])}", options) ?? throw Unknown(text);
        if (!Pages.Contains(parts[2]) || parts.Length < 4) return new UrlSource(url);
        // A page's address does not tell where the reference ends; those with a slash must be given in the other form.
        return Git($"{url.Authority}/{parts[0]}/{parts[1]}{(parts.Length > 4 ? "/" + string.Join('/', parts[4..]) : "")}@{parts[3]}", options) ?? throw Unknown(text);
    }

    private static GitSource? Git(string text, SourceOptions options)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0 || !options.GitHosts.ContainsKey(text[..slash])) return null;
        var at = text.IndexOf('@', StringComparison.Ordinal);
        var (place, reference) = at < 0 ? (text, null) : (text[..at], text[(at + 1)..]);
        var parts = place.TrimEnd('/').Split('/');
        if (parts.Length < 3 || !parts[1..3].All(p => NamePattern().IsMatch(p))) throw Unknown(text);
        if (parts[^1] == "SKILL.md") parts = parts[..^1];
        if (!parts[3..].All(IsPathPart)) throw new FormatException($"'{text}' has an unusable path; it must be one below the repository, with no '..'.");
        if (reference is not null && !IsReference(reference)) throw new FormatException($"'{reference}' is no branch, tag or commit.");
        return new GitSource(parts[0], parts[1], TrimGit(parts[2]), string.Join('/', parts[3..]), reference);
    }

    private static ClawHubSource? ClawHub(string text)
    {
        var match = SlugPattern().Match(text);
        return match.Success ? new ClawHubSource(match.Groups["slug"].Value, Optional(match.Groups["owner"]), Optional(match.Groups["version"])) : null;
    }

    private static string? Optional(Group group) => group.Success ? group.Value : null;

    private static string TrimGit(string name) => name.EndsWith(".git", StringComparison.Ordinal) ? name[..^4] : name;

    private static bool IsPathPart(string part) => part.Length > 0 && part[0] != '-' && part is not ("." or "..") && !part.Any(c => char.IsControl(c) || c is ':' or '\\' or '*' or '?' or '[' or '"');

    // The rules of git check-ref-format that matter here; a hyphen in front would read as an option.
    private static bool IsReference(string text) => ReferencePattern().IsMatch(text) && !text.Contains("..", StringComparison.Ordinal) && !text.EndsWith(".lock", StringComparison.Ordinal);

    private static FormatException Unknown(string argument) => new($"'{argument}' names no source of a skill: give {Forms}.");

    [GeneratedRegex(@"^[A-Za-z0-9_][A-Za-z0-9._-]{0,99}\z")]
    private static partial Regex NamePattern();

    [GeneratedRegex(@"^[A-Za-z0-9_][A-Za-z0-9._/+-]{0,199}\z")]
    private static partial Regex ReferencePattern();

    [GeneratedRegex(@"^(@?(?<owner>[a-z0-9][a-z0-9_-]{0,63})/)?(?<slug>[a-z0-9][a-z0-9-]{0,127})(@(?<version>[A-Za-z0-9][A-Za-z0-9.+-]{0,63}))?\z")]
    private static partial Regex SlugPattern();
}
