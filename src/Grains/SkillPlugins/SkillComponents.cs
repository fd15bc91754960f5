using System.Collections.Frozen;
using System.Collections.Immutable;
using ClawGrains.Contracts;
using ClawGrains.Grains.Approvals;
using ClawGrains.Grains.Catalog;
using ClawGrains.Grains.Plugins;
using ClawGrains.Interfaces;
using ClawGrains.Sandbox.Manifest;
using ClawGrains.Sandbox.Permissions;

namespace ClawGrains.Grains.SkillPlugins;

/// <summary>The plugin that a skill's directory may hold: a manifest beside <c>SKILL.md</c>, and a component.</summary>
public sealed class SkillComponents
{
    /// <summary>The kinds of what plugins ask for.</summary>
    public static FrozenSet<string> Kinds { get; } = FrozenSet.Create("network", "files", "plugin-variable", "secret", "calls", "state", "plugin-shell");

    private readonly Lazy<Task<ManifestReader>> _creating = new(() => ManifestReader.CreateAsync());
    private volatile ManifestReader? _reader;

    /// <summary>The manifest's file name among those of a skill's directory, or null.</summary>
    public static string? ManifestAmong(IReadOnlyCollection<string> names) => ManifestReader.FileNames.FirstOrDefault(names.Contains);

    /// <summary>Whether a path within a skill's directory is where its manifest lies.</summary>
    public static bool IsManifest(string path) => ManifestReader.FileNames.Contains(path);

    /// <summary>The manifest file in a skill's directory, or null.</summary>
    public static string? ManifestIn(string directory) =>
        ManifestReader.FileNames.Select(n => Path.Combine(directory, n)).FirstOrDefault(File.Exists);

    /// <summary>To be awaited before anything is read.</summary>
    public async ValueTask ReadyAsync() => _reader ??= await _creating.Value;

    /// <summary>
    /// Why a skill is not to be served with the plugin in its directory: the manifest is not valid, the component is missing or too
    /// large, or it asks for what the settings deny. Null where there is no plugin, or nothing is wrong.
    /// </summary>
    /// <param name="directory">The skill's directory.</param>
    /// <param name="settings">The settings of plugins.</param>
    /// <param name="denials">Whether what the settings deny counts.</param>
    public SkillFault? Check(string directory, PluginSettings settings, bool denials)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (ManifestIn(directory) is not { } file) return null;
        try
        {
            var read = Reader.Read(Path.GetFileName(file), File.ReadAllBytes(file));
            if (read.Manifest is not { } manifest) return Fault(file, read);
            var component = Path.Combine(directory, manifest.Component);
            if (new FileInfo(component) is not { Exists: true } info) return new SkillFault(file, NoComponent(manifest));
            if (settings.Packages.CheckLength(info.Length) is { } huge) return new SkillFault(component, huge.Message);
            if (WasmFiles.CheckComponent(component) is { } invalid) return invalid;
            if (settings.Packages.Check(File.ReadAllBytes(component)) is { } large) return new SkillFault(component, large.Message);
            return denials && settings.Capabilities.Check(manifest) is { } denied ? new SkillFault(file, denied.Message) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new SkillFault(file, $"the plugin can't be read: {e.Message}");
        }
    }

    /// <summary>What the plugin in a skill's directory asks for; nothing where there is none.</summary>
    /// <exception cref="PluginException">The manifest is invalid, or its component is missing.</exception>
    internal ImmutableArray<SkillAsk> Asks(string directory) => Read(directory) is { } manifest ? Asks(manifest.Permissions) : [];

    /// <summary>The manifest of the plugin in a skill's directory; null where there is none.</summary>
    /// <exception cref="PluginException">It is invalid, or its component is missing.</exception>
    internal PluginManifest? Read(string directory)
    {
        if (ManifestIn(directory) is not { } file) return null;
        var result = Reader.Read(Path.GetFileName(file), File.ReadAllBytes(file));
        if (result.Manifest is not { } manifest) throw new PluginException(result.Error!);
        return File.Exists(Path.Combine(directory, manifest.Component))
            ? manifest
            : throw SkillFailures.New(PluginErrorKind.InvalidManifest, $"{Path.GetFileName(file)}: {NoComponent(manifest)}");
    }

    private ManifestReader Reader => _reader ?? throw new InvalidOperationException("BUG: ReadyAsync was not awaited.");

    private static string NoComponent(PluginManifest manifest) => $"it names the component '{manifest.Component}', and there is no such file";

    private static SkillFault Fault(string file, ManifestResult read) => read.Diagnostics.FirstOrDefault(d => d.IsError) is { } error
        ? new SkillFault(file, error.Field.Length > 0 ? $"{error.Field}: {error.Message}" : error.Message, error.Line, error.Column)
        : new SkillFault(file, read.Error!.Message);

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
