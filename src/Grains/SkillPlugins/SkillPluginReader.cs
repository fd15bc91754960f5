using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using ClawGrains.Contracts;
using ClawGrains.Interfaces;
using ClawGrains.Sandbox.Manifest;
using ClawGrains.Sandbox.Packages;
using ClawGrains.Skills.Packages;
using ClawGrains.Skills.Rendering;

namespace ClawGrains.Grains.SkillPlugins;

/// <summary>A plugin as the served version of a skill has it.</summary>
/// <param name="Skill">The skill.</param>
internal sealed record CarriedPlugin(string Skill)
{
    /// <summary>The plugin's id; null where the manifest can't be read.</summary>
    public string? Id { get; init; }

    /// <summary>Manifest and component; null where they can't be read.</summary>
    public PluginPackage? Package { get; init; }

    /// <summary>Whether a person approved what it asks for together with the skill.</summary>
    public bool IsApproved { get; init; }

    /// <summary>Why it can't be read.</summary>
    public string? Problem { get; init; }

    /// <summary>Whether its files were changed since: the snapshot that has them is still to come.</summary>
    public bool IsOutdated { get; init; }
}

/// <summary>Reads the plugin of one version of a skill. The caller takes it off the grain's scheduler.</summary>
internal sealed partial class SkillPluginReader(SkillComponents components)
{
    /// <summary>Completes when it can be asked.</summary>
    public ValueTask ReadyAsync() => components.ReadyAsync();

    /// <summary>The plugin of a version whose directory holds one.</summary>
    public CarriedPlugin Read(SkillVersion version, string managedRoot)
    {
        var skill = version.Entry;
        try
        {
            var manifest = components.Read(version.Directory)!;
            return Read(version, manifest, managedRoot);
        }
        catch (Exception e) when (e is PluginException or IOException or UnauthorizedAccessException)
        {
            return new CarriedPlugin(skill.Name) { Problem = e.Message };
        }
    }

    private CarriedPlugin Read(SkillVersion version, PluginManifest manifest, string managedRoot)
    {
        var skill = version.Entry;
        var text = File.ReadAllBytes(Path.Combine(version.Directory, skill.PluginManifest!));
        var component = File.ReadAllBytes(Path.Combine(version.Directory, manifest.Component));
        if (!IsOf(version, skill.PluginManifest!, text) || !IsOf(version, manifest.Component, component)) return new CarriedPlugin(skill.Name) { IsOutdated = true };
        return new CarriedPlugin(skill.Name)
        {
            Id = manifest.Id.Value,
            Package = PackageOf(manifest, component, (skill.PluginManifest!, Encoding.UTF8.GetString(text))),
            IsApproved = skill.Layer == LayerNames.Managed && IsApproved(version, managedRoot),
        };
    }

    // A file without a hash is one that the version could not tell apart.
    private static bool IsOf(SkillVersion version, string path, byte[] content) =>
        version.Files.FirstOrDefault(f => f.Path == path.Replace('\\', '/')) is not { Sha256.Length: > 0 } file || Convert.ToHexStringLower(SHA256.HashData(content)) == file.Sha256;

    // The plugin is the manifest and the component: other files of the skill may change without making another plugin of it.
    private static PluginPackage PackageOf(PluginManifest manifest, byte[] component, (string Name, string Text) file)
    {
        var text = WithBuild(file.Text, manifest.Version, component);
        return PluginPackage.Of([new(file.Name, Encoding.UTF8.GetBytes(text)), new(manifest.Component, component)], new PackageLimits());
    }

    // A version's package never changes, and whoever works on a skill seldom thinks of its version: each component gets a
    // version of its own by its build metadata, which ordering ignores (SemVer, 10).
    private static string WithBuild(string manifest, PluginVersion version, byte[] component)
    {
        if (version.Build is { Length: > 0 }) return manifest;
        var build = Convert.ToHexStringLower(SHA256.HashData([.. component, .. Encoding.UTF8.GetBytes(manifest)]))[..12];
        return VersionField().Replace(manifest, m => $"{m.Groups["before"].Value}{version}+skill.{build}", 1);
    }

    // As it is served it must be what was installed, and what it asks for must be what was approved then.
    private bool IsApproved(SkillVersion version, string managedRoot)
    {
        var directory = Path.GetDirectoryName(version.Entry.FilePath)!;
        var entry = SkillLockFile.Read(managedRoot).FirstOrDefault(e => Path.GetFullPath(Path.Combine(managedRoot, e.Directory)) == Path.GetFullPath(directory));
        return entry?.Permissions is { } approved && components.Asks(version.Directory).All(a => approved.Contains($"{a.Kind} {a.Value}"))
            && DirectoryHash.Compute(version.Directory) == entry.Sha256;
    }

    [GeneratedRegex(@"(?<before>(^|[{,\n])\s*""?version""?\s*[:=]\s*[""']?)([0-9]+\.[0-9]+\.[0-9]+[-A-Za-z0-9.]*)")]
    private static partial Regex VersionField();
}
