using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using ClawGrains.Contracts;
using ClawGrains.Grains.Approvals;
using ClawGrains.Interfaces;
using ClawGrains.Sandbox.Manifest;
using ClawGrains.Sandbox.Packages;
using ClawGrains.Skills.Packages;
using ClawGrains.Skills.Rendering;

namespace ClawGrains.Grains.SkillPlugins;

/// <summary>A plugin as a skill's directory has it.</summary>
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
}

/// <summary>Finds the plugins in the directories of skills. The caller takes it off the grain's scheduler.</summary>
internal sealed partial class SkillPluginReader(SkillComponents components)
{
    /// <summary>The plugins of a snapshot's skills, in the order of the skills.</summary>
    public async Task<IReadOnlyList<CarriedPlugin>> ReadAsync(CatalogSnapshot snapshot, string managedRoot)
    {
        var found = new List<CarriedPlugin>();
        foreach (var skill in snapshot.Skills)
            if (Path.GetDirectoryName(skill.FilePath) is { } directory && skill.Layer != LayerNames.Plugin && SkillComponents.ManifestIn(directory) is { } manifest)
                found.Add(await ReadAsync(skill, directory, manifest, managedRoot));
        return found;
    }

    private async Task<CarriedPlugin> ReadAsync(SkillEntry skill, string directory, string manifestFile, string managedRoot)
    {
        try
        {
            var manifest = (await components.ReadAsync(directory))!;
            return new CarriedPlugin(skill.Name)
            {
                Id = manifest.Id.Value,
                Package = PackageOf(manifest, directory, manifestFile),
                IsApproved = skill.Layer == LayerNames.Managed && IsApproved(directory, managedRoot, await components.AsksAsync(directory)),
            };
        }
        catch (Exception e) when (e is PluginException or IOException or UnauthorizedAccessException)
        {
            return new CarriedPlugin(skill.Name) { Problem = e.Message };
        }
    }

    // The plugin is the manifest and the component: other files of the skill may change without making another plugin of it.
    private static PluginPackage PackageOf(PluginManifest manifest, string directory, string manifestFile)
    {
        var component = File.ReadAllBytes(Path.Combine(directory, manifest.Component));
        var text = WithBuild(File.ReadAllText(manifestFile), manifest.Version, component);
        return PluginPackage.Of([new(Path.GetFileName(manifestFile), Encoding.UTF8.GetBytes(text)), new(manifest.Component, component)], new PackageLimits());
    }

    // A version's package never changes, and whoever works on a skill seldom thinks of its version: each component gets a
    // version of its own by its build metadata, which ordering ignores (SemVer, 10).
    private static string WithBuild(string manifest, PluginVersion version, byte[] component)
    {
        if (version.Build is { Length: > 0 }) return manifest;
        var build = Convert.ToHexStringLower(SHA256.HashData([.. component, .. Encoding.UTF8.GetBytes(manifest)]))[..12];
        return VersionField().Replace(manifest, m => $"{m.Groups["before"].Value}{version}+skill.{build}", 1);
    }

    // As it lies there it must be what was installed, and what it asks for must be what was approved then.
    private static bool IsApproved(string directory, string managedRoot, ImmutableArray<SkillAsk> asks)
    {
        var entry = SkillLockFile.Read(managedRoot).FirstOrDefault(e => Path.GetFullPath(Path.Combine(managedRoot, e.Directory)) == Path.GetFullPath(directory));
        return entry?.Permissions is { } approved && asks.All(a => approved.Contains($"{a.Kind} {a.Value}"))
            && DirectoryHash.Compute(directory) == entry.Sha256;
    }

    [GeneratedRegex(@"(?<before>(^|[{,\n])\s*""?version""?\s*:\s*[""']?)([0-9]+\.[0-9]+\.[0-9]+[-A-Za-z0-9.]*)")]
    private static partial Regex VersionField();
}
