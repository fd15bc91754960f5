using ClawGrains.Client.Hosting;
using ClawGrains.Grains.Plugins;
using ClawGrains.Grains.SkillPlugins;
using ClawGrains.Silo.Plugins;
using ClawGrains.Skills.Model;
using ClawGrains.Skills.Validation;

namespace ClawGrains.Client.Installing;

/// <summary>Validates what lies beside a <c>SKILL.md</c> and is run: WebAssembly, and the plugin by this host's settings.</summary>
internal sealed class SkillArtifacts
{
    /// <summary>The code of what is found.</summary>
    public const string Code = "PLUGIN";

    private readonly SkillComponents _components = new();
    private readonly PluginSettings _settings;

    private SkillArtifacts(PluginSettings settings) => _settings = settings;

    /// <exception cref="Silo.Hosting.HostStartException">The settings are not valid.</exception>
    public static async Task<SkillArtifacts> OpenAsync(HostPaths paths)
    {
        var artifacts = new SkillArtifacts(new SettingsFile(paths.DataDirectory).Plugins);
        await artifacts._components.ReadyAsync();
        return artifacts;
    }

    /// <summary>The row, with what is wrong beside the <c>SKILL.md</c>.</summary>
    public SkillValidationRow Check(SkillValidationRow row)
    {
        if (!File.Exists(row.Path)) return row;
        var directory = Path.GetDirectoryName(Path.GetFullPath(row.Path))!;
        var fault = _components.Check(directory, _settings, denials: true) ?? WasmFiles.Check(directory);
        return fault is null ? row : row with { Loaded = false, Errors = [.. row.Errors, new SkillDiagnostic(Code, fault.ToString(), fault.Line, fault.Column)] };
    }
}
