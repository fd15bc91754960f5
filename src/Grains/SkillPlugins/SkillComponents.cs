using System.Collections.Frozen;
using System.Collections.Immutable;
using ClawGrains.Contracts;
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
    /// To be awaited before a directory is looked at. Manifests are read by a schema that takes longer to load than all else at a
    /// start, so it is loaded only for a directory that has one.
    /// </summary>
    public ValueTask ReadyAsync(string directory) => ManifestIn(directory) is null ? ValueTask.CompletedTask : ReadyAsync();

    /// <summary>
    /// Why a skill is not to be served with the plugin in its directory: the manifest is not valid, or the component is missing, too
    /// large or invalid. Null where there is no plugin, or nothing is wrong.
    /// </summary>
    /// <param name="directory">The skill's directory.</param>
    /// <param name="settings">The settings of plugins.</param>
    public SkillFault? Check(string directory, PluginSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return OfManifest(directory, (file, manifest) =>
        {
            var component = Path.Combine(directory, manifest.Component);
            if (new FileInfo(component) is not { Exists: true } info) return new SkillFault(file, NoComponent(manifest));
            if (settings.Packages.CheckLength(info.Length) is { } huge) return new SkillFault(component, huge.Message);
            return WasmFiles.CheckComponent(component, bytes => settings.Packages.Check(bytes) is { } large ? new SkillFault(component, large.Message) : null);
        });
    }

    /// <summary>What the plugin in a skill's directory asks for that the settings deny; null where there is no plugin, or nothing is denied.</summary>
    /// <param name="directory">The skill's directory, which <see cref="Check"/> found nothing wrong with.</param>
    /// <param name="settings">The settings of plugins.</param>
    public SkillFault? CheckDenied(string directory, PluginSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return OfManifest(directory, (file, manifest) => settings.Capabilities.Check(manifest) is { } denied ? new SkillFault(file, denied.Message) : null);
    }

    private SkillFault? OfManifest(string directory, Func<string, PluginManifest, SkillFault?> check)
    {
        if (ManifestIn(directory) is not { } file) return null;
        try
        {
            var read = Reader.Read(Path.GetFileName(file), File.ReadAllBytes(file));
            return read.Manifest is { } manifest ? check(file, manifest) : Fault(file, read);
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
            : throw new PluginException(PluginErrorKind.InvalidManifest, $"{Path.GetFileName(file)}: {NoComponent(manifest)}");
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
