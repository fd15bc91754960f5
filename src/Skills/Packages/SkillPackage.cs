using ClawGrains.Skills.Model;
using ClawGrains.Skills.Parsing;
using ClawGrains.Skills.Rendering;

namespace ClawGrains.Skills.Packages;

/// <summary>
/// Installs skills into a managed root and removes them. A skill is copied to a hidden sibling, hashed and then renamed into
/// place, so that a reader sees the old directory or the new one. Nothing of a skill is ever executed. Sources other than a
/// directory unpack to a directory of their own first and pass it with their <see cref="SkillInstallOptions.Origin"/>.
/// </summary>
public static class SkillPackage
{
    /// <summary>Installs the skill in <paramref name="source"/>: its directory, or the <c>SKILL.md</c> itself.</summary>
    /// <exception cref="IOException">The managed root cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The managed root cannot be written.</exception>
    /// <exception cref="InvalidDataException">The lock file is damaged.</exception>
    public static SkillInstallResult InstallFromDirectory(
        string source, string managedRoot, SkillInstallOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(source);
        ArgumentException.ThrowIfNullOrEmpty(managedRoot);
        var limits = options ?? SkillInstallOptions.Default;
        var directory = Path.GetFullPath(File.Exists(source) ? Path.GetDirectoryName(Path.GetFullPath(source))! : source);
        var candidate = SkillCandidate.Inspect(directory, limits);
        if (!candidate.Result.Succeeded) return candidate.Result;
        using var claim = ManagedRoot.Claim(managedRoot, out var busy);
        if (claim is null) return busy!;
        return claim.Install(candidate, limits, cancellationToken);
    }

    /// <summary>Removes an installed skill by its name.</summary>
    /// <exception cref="IOException">The managed root cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The managed root cannot be written.</exception>
    /// <exception cref="InvalidDataException">The lock file is damaged.</exception>
    public static SkillInstallResult Remove(string name, string managedRoot)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentException.ThrowIfNullOrEmpty(managedRoot);
        using var claim = ManagedRoot.Claim(managedRoot, out var busy);
        return claim is null ? busy! : claim.Remove(name);
    }
}

/// <summary>A directory that is about to be installed, with its files.</summary>
internal sealed record SkillCandidate(SkillInstallResult Result, string Source, IReadOnlyList<SkillFileEntry> Files)
{
    public SkillDocument Skill => Result.Skill!;

    public static SkillCandidate Inspect(string directory, SkillInstallOptions limits)
    {
        try
        {
            return Check(directory, limits);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Refuse(SkillCodes.Unreadable, $"{directory} cannot be read: {e.Message}");
        }
    }

    private static SkillCandidate Check(string directory, SkillInstallOptions limits)
    {
        var file = Path.Combine(directory, "SKILL.md");
        if (!File.Exists(file)) return Refuse(SkillCodes.Unreadable, $"{directory} holds no SKILL.md");
        if (Links.First(directory) is { } link) return Refuse(SkillCodes.LinkEscape, $"{link} is a link; a skill must hold its files itself");
        var skill = SkillReader.Read(file);
        if (!skill.IsValid) return new SkillCandidate(new SkillInstallResult { Name = skill.Name, Errors = skill.Errors }, directory, []);
        var files = SkillFiles.Enumerate(directory);
        if (files.Count > limits.MaxFiles) return Refuse(SkillCodes.TooLarge, $"{directory} has {files.Count} files; {limits.MaxFiles} are allowed");
        var bytes = files.Sum(f => f.Length);
        if (bytes > limits.MaxBytes) return Refuse(SkillCodes.TooLarge, $"{directory} has {bytes} bytes; {limits.MaxBytes} are allowed");
        return new SkillCandidate(new SkillInstallResult { Name = skill.Name, Skill = skill }, directory, files);
    }

    private static SkillCandidate Refuse(string code, string message) => new(SkillInstallResult.Failed(code, message), "", []);
}
