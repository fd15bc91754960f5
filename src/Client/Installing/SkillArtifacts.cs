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

    /// <exception cref="Silo.Hosting.HostStartException">The settings are not valid.</exception>
    public SkillArtifacts(HostPaths paths) => _settings = new SettingsFile(paths.DataDirectory).Plugins;

    /// <summary>The row, with what is wrong beside the <c>SKILL.md</c>.</summary>
    public async Task<SkillValidationRow> CheckAsync(SkillValidationRow row)
    {
        if (!File.Exists(row.Path)) return row;
        var directory = Path.GetDirectoryName(Path.GetFullPath(row.Path))!;
        await _components.ReadyAsync(directory);
        var fault = _components.Check(directory, _settings) ?? _components.CheckDenied(directory, _settings) ?? WasmFiles.Check(directory);
        return fault is null ? row : row with { Loaded = false, Errors = [.. row.Errors, new SkillDiagnostic(Code, fault.ToString(), fault.Line, fault.Column)] };
    }
}
