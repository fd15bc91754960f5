using ClawGrains.Grains.Catalog;
using ClawGrains.Grains.Plugins;
using ClawGrains.Skills.Discovery;

namespace ClawGrains.Grains.SkillPlugins;

/// <summary>A skill and the plugin in its directory are one version: where the plugin can't be taken, neither is.</summary>
internal sealed class CarriedPluginCheck(SkillComponents components, PluginHost host) : ISkillCheck
{
    public string Basis => BasisOf(host.Settings);

    public ValueTask ReadyAsync(IReadOnlyList<DiscoveredSkill> skills) => skills.Any(Carries) ? components.ReadyAsync() : ValueTask.CompletedTask;

    // Where plugins are off nothing of one is run, and the instructions are of use without it.
    public SkillFault? Check(DiscoveredSkill skill) =>
        !Carries(skill) ? null : Check(skill.Document.BaseDirectory, host.Settings);

    private SkillFault? Check(string directory, PluginSettings settings) =>
        components.Check(directory, settings) ?? (settings.Enabled ? components.CheckDenied(directory, settings) : null);

    private static bool Carries(DiscoveredSkill skill) =>
        skill.Layer != SkillLayer.Plugin && skill.Tree.Files.Any(f => SkillComponents.IsManifest(f.Path));

    private static string BasisOf(PluginSettings settings) =>
        $"{settings.Enabled} {string.Join(',', settings.Capabilities.Allow)} {string.Join(',', settings.Capabilities.Deny)} {settings.Packages}";
}
