using ClawGrains.Skills.Parsing;
using ClawGrains.Skills.Rendering;

namespace ClawGrains.Skills.Packages;

/// <summary>A managed root held by this process: while it lives no other installs or removes there.</summary>
internal sealed class ManagedRoot : IDisposable
{
    private readonly string _root;
    private readonly FileStream _claim;

    private ManagedRoot(string root, FileStream claim)
    {
        _root = root;
        _claim = claim;
    }

    public static ManagedRoot? Claim(string root, out SkillInstallResult? busy)
    {
        var full = Path.GetFullPath(root);
        Directory.CreateDirectory(full);
        busy = null;
        var file = Path.Combine(full, ".install.lock");
        try
        {
            return new ManagedRoot(full, new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException) when (File.Exists(file))
        {
            busy = SkillInstallResult.Failed("BUSY", $"another process is installing into {full}; try again when it is done");
            return null;
        }
    }

    public SkillInstallResult Install(SkillCandidate candidate, SkillInstallOptions options, CancellationToken cancellationToken)
    {
        var name = candidate.Skill.Name;
        var entries = SkillLockFile.Read(_root);
        var previous = entries.FirstOrDefault(e => e.Name == name);
        var directory = previous?.Directory ?? DirectoryName.For(name);
        var target = Path.Combine(_root, directory);
        if (Conflict(name, directory, target, previous, options) is { } conflict) return SkillInstallResult.Failed("CONFLICT", conflict, name);
        var staged = Stage(candidate, options, cancellationToken);
        var sha256 = DirectoryHash.Compute(staged);
        if (options.Sha256 is { } expected && expected != sha256)
        {
            Directory.Delete(staged, recursive: true);
            return SkillInstallResult.Failed("CHANGED", $"its content changed since it was looked at: the hash was {expected} and is {sha256}", name);
        }
        var entry = new SkillLockEntry
        {
            Name = name,
            Directory = directory,
            Sha256 = sha256,
            Origin = options.Origin ?? SkillOrigin.FromPath(candidate.Source),
            InstalledAt = options.Time.GetUtcNow(),
            Permissions = options.Permissions,
        };
        Swap(staged, target);
        SkillLockFile.Write(_root, [.. entries.Where(e => e.Name != name), entry]);
        return candidate.Result with
        {
            Directory = target,
            Sha256 = entry.Sha256,
            PreviousSha256 = previous?.Sha256,
            Skill = SkillReader.Read(Path.Combine(target, "SKILL.md")),
        };
    }

    public SkillInstallResult Remove(string name)
    {
        var entries = SkillLockFile.Read(_root);
        var directory = entries.FirstOrDefault(e => e.Name == name)?.Directory ?? FindByHand(name);
        if (directory is null) return SkillInstallResult.Failed("NOT_FOUND", $"no skill '{name}' is installed in {_root}", name);
        var target = Path.Combine(_root, directory);
        if (Directory.Exists(target)) Discard(target);
        SkillLockFile.Write(_root, entries.Where(e => e.Name != name));
        return new SkillInstallResult { Name = name, Directory = target };
    }

    public void Dispose() => _claim.Dispose();

    private static string? Conflict(string name, string directory, string target, SkillLockEntry? previous, SkillInstallOptions options)
    {
        if (!Directory.Exists(target)) return null;
        if (!options.Replace) return $"a skill is installed at {target} already; remove it first";
        var there = SkillReader.Read(Path.Combine(target, "SKILL.md")).Name;
        return previous is null && there != name ? $"the directory {directory} holds another skill, '{there}'; remove it first" : null;
    }

    // A skill put there by hand has no entry; its own name identifies it, and its directory where that can't be read.
    private string? FindByHand(string name) => Directory.EnumerateDirectories(_root)
        .Where(d => !Path.GetFileName(d).StartsWith('.') && File.Exists(Path.Combine(d, "SKILL.md")))
        .Order(StringComparer.Ordinal)
        .Where(d => SkillReader.Read(Path.Combine(d, "SKILL.md")) is var skill && (skill.Name == name || (!skill.IsValid && Path.GetFileName(d) == name)))
        .Select(Path.GetFileName)
        .FirstOrDefault();

    private string Stage(SkillCandidate candidate, SkillInstallOptions options, CancellationToken cancellationToken)
    {
        var staged = Hidden("new");
        try
        {
            Directory.CreateDirectory(staged);
            var left = options.MaxBytes;
            foreach (var file in candidate.Files)
            {
                cancellationToken.ThrowIfCancellationRequested();
                left -= SafeCopy.File(file.FullPath, Path.Combine(staged, file.RelativePath), left);
            }
            return staged;
        }
        catch
        {
            Directory.Delete(staged, recursive: true);
            throw;
        }
    }

    private void Swap(string staged, string target)
    {
        var old = Directory.Exists(target) ? Hidden("old") : null;
        if (old is not null) Directory.Move(target, old);
        try
        {
            Directory.Move(staged, target);
        }
        catch
        {
            if (old is not null) Directory.Move(old, target);
            Directory.Delete(staged, recursive: true);
            throw;
        }
        if (old is not null) Directory.Delete(old, recursive: true);
    }

    // Out of sight first: a reader never meets half a skill.
    private void Discard(string target)
    {
        var old = Hidden("old");
        Directory.Move(target, old);
        Directory.Delete(old, recursive: true);
    }

    private string Hidden(string purpose) => Path.Combine(_root, $".{purpose}-{Guid.NewGuid():N}");
}
