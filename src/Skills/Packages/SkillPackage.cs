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
        var candidate = SkillCandidate.Inspect(DirectoryOf(source), limits);
        if (!candidate.Result.Succeeded) return candidate.Result;
        using var claim = ManagedRoot.Claim(managedRoot, out var busy);
        if (claim is null) return busy!;
        return claim.Install(candidate, limits, cancellationToken);
    }

    /// <summary>Looks at the skill in <paramref name="source"/> as an installation would, and changes nothing.</summary>
    public static SkillInstallResult Check(string source, SkillInstallOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(source);
        return SkillCandidate.Inspect(DirectoryOf(source), options ?? SkillInstallOptions.Default).Result;
    }

    /// <summary>Copies the skill in <paramref name="source"/> into a new directory, as an installation would, to be installed later.</summary>
    /// <returns>How it ended; the hash is that of the copy.</returns>
    /// <exception cref="IOException">The target exists, or cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The target cannot be written.</exception>
    public static SkillInstallResult CopyTo(string source, string target, SkillInstallOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(source);
        ArgumentException.ThrowIfNullOrEmpty(target);
        if (Path.Exists(target)) throw new IOException($"{target} exists already");
        var limits = options ?? SkillInstallOptions.Default;
        var candidate = SkillCandidate.Inspect(DirectoryOf(source), limits);
        if (!candidate.Result.Succeeded) return candidate.Result;
        Directory.CreateDirectory(target);
        var left = limits.MaxBytes;
        foreach (var file in candidate.Files) left -= SafeCopy.File(file.FullPath, Path.Combine(target, file.RelativePath), left);
        return candidate.Result with { Directory = target, Sha256 = DirectoryHash.Compute(target) };
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

    private static string DirectoryOf(string source) =>
        Path.GetFullPath(File.Exists(source) ? Path.GetDirectoryName(Path.GetFullPath(source))! : source);
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
