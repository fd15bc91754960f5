using System.Collections.Frozen;
using System.Collections.Immutable;
using ClawGrains.Contracts;
using ClawGrains.Interfaces;
using ClawGrains.Sandbox.Manifest;
using ClawGrains.Sandbox.Permissions;

namespace ClawGrains.Grains.Approvals;

/// <summary>The plugin that a skill's directory may hold: a manifest beside <c>SKILL.md</c>, and a component.</summary>
internal sealed class SkillComponents
{
    /// <summary>The kinds of what plugins ask for.</summary>
    public static readonly FrozenSet<string> Kinds = FrozenSet.Create("network", "files", "plugin-variable", "secret", "calls", "state", "plugin-shell");

    private readonly Lazy<Task<ManifestReader>> _reader = new(() => ManifestReader.CreateAsync());

    /// <summary>The manifest file in a skill's directory, or null.</summary>
    public static string? ManifestIn(string directory) =>
        ManifestReader.FileNames.Select(n => Path.Combine(directory, n)).FirstOrDefault(File.Exists);

    /// <summary>What the plugin in a skill's directory asks for; nothing where there is none.</summary>
    /// <exception cref="PluginException">The manifest is invalid, or its component is missing.</exception>
    public async Task<ImmutableArray<SkillAsk>> AsksAsync(string directory) => await ReadAsync(directory) is { } manifest ? Asks(manifest.Permissions) : [];

    /// <summary>The manifest of the plugin in a skill's directory; null where there is none.</summary>
    /// <exception cref="PluginException">It is invalid, or its component is missing.</exception>
    public async Task<PluginManifest?> ReadAsync(string directory)
    {
        if (ManifestIn(directory) is not { } file) return null;
        var result = (await _reader.Value).Read(Path.GetFileName(file), File.ReadAllBytes(file));
        if (result.Manifest is not { } manifest) throw new PluginException(result.Error!);
        return File.Exists(Path.Combine(directory, manifest.Component))
            ? manifest
            : throw SkillFailures.New(PluginErrorKind.InvalidManifest, $"{Path.GetFileName(file)} names the component '{manifest.Component}', and there is no such file");
    }

    private static ImmutableArray<SkillAsk> Asks(PluginPermissions asked) =>
    [
        .. asked.Network.Select(n => Ask("network", n)),
        .. asked.Filesystem.Select(f => Ask("files", f)),
        .. asked.Environment.Select(e => Ask("plugin-variable", e)),
        .. asked.Credentials.Select(c => Ask("secret", $"{c.Secret} in {c.Header} to {c.Host}")),
        .. asked.Tools.Select(t => Ask("calls", t)),
        .. asked.State ? (SkillAsk[])[Ask("state", "between calls")] : [],
        .. asked.Shell ? (SkillAsk[])[Ask("plugin-shell", "commands")] : [],
    ];

    private static SkillAsk Ask(string kind, string value) => new() { Kind = kind, Value = value };
}
