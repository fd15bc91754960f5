using System.Collections.Immutable;
using ClawGrains.Grains.SkillPlugins;
using ClawGrains.Interfaces;
using ClawGrains.Skills.Discovery;
using ClawGrains.Skills.Eligibility;

namespace ClawGrains.Grains.Catalog;

/// <summary>Words what was found for those who list it.</summary>
internal static class SkillEntries
{
    public static SkillEntry Of(Offer offer, EligibilityReport report, string? command, long since)
    {
        var d = offer.Skill.Document;
        return new SkillEntry
        {
            Name = d.Name,
            Description = d.Description,
            Layer = NameOf(offer.Skill.Layer),
            FilePath = d.FilePath,
            Sha256 = d.ContentHash,
            Revision = offer.Skill.Tree.Revision,
            Since = since,
            Stale = offer.Fault?.ToString(),
            Held = offer.Held,
            Eligible = report.Eligible,
            ModelVisible = report.ModelVisible,
            ModelInvocable = !d.DisableModelInvocation,
            UserInvocable = report.UserInvocable,
            Command = command,
            CommandTool = d.CommandTool,
            Missing = MissingOf(report),
            Warnings = [.. d.Warnings.Select(w => w.Line > 0 ? $"{w.Line}:{w.Column}: {w.Message}" : w.Message)],
            AllowedTools = [.. d.AllowedTools],
            Homepage = d.Homepage,
            License = d.License,
            PluginManifest = SkillComponents.ManifestAmong([.. offer.Skill.Tree.Files.Select(f => f.Path)]),
            Plugins = [.. d.Plugins],
            Frontmatter = d.Frontmatter.ToImmutableDictionary(StringComparer.Ordinal),
        };
    }

    /// <summary>Whether an entry says of its surroundings what is the case now.</summary>
    public static bool IsCurrent(SkillEntry entry, Offer offer, EligibilityReport report, string? command) =>
        entry.Eligible == report.Eligible && entry.ModelVisible == report.ModelVisible && entry.UserInvocable == report.UserInvocable
        && entry.Command == command && entry.Held == offer.Held && entry.Stale == offer.Fault?.ToString() && SameMissing(entry.Missing, MissingOf(report));

    public static Interfaces.ShadowedSkill Shadow(ClawGrains.Skills.Discovery.ShadowedSkill shadowed) => new()
    {
        Name = shadowed.Skill.Document.Name,
        Layer = NameOf(shadowed.Skill.Layer),
        FilePath = shadowed.Skill.Document.FilePath,
        ShadowedBy = shadowed.By.Document.FilePath,
    };

    public static InvalidSkill Invalid(SkillFault fault, SkillLayer layer, SkillEntry? serving) => new()
    {
        Path = fault.Path, Layer = NameOf(layer), Reason = fault.Reason, Line = fault.Line, Column = fault.Column,
        Serving = serving?.Name, ServingSince = serving?.Since ?? 0,
    };

    public static CatalogLayer Layer(SkillLayerRoot root, int active) => new() { Name = NameOf(root.Layer), Directory = root.Path, ActiveSkills = active };

    private static Interfaces.MissingRequirements? MissingOf(EligibilityReport report) => report.Missing is not { IsEmpty: false } missing ? null : new()
    {
        Bins = [.. missing.Bins],
        AnyBins = [.. missing.AnyBins],
        Env = [.. missing.Env],
        Config = [.. missing.Config],
        Os = [.. missing.Os],
        Plugins = [.. missing.Plugins],
    };

    private static bool SameMissing(Interfaces.MissingRequirements? a, Interfaces.MissingRequirements? b) => a is null || b is null
        ? a is null && b is null
        : a.Bins.SequenceEqual(b.Bins) && a.AnyBins.SequenceEqual(b.AnyBins) && a.Env.SequenceEqual(b.Env)
            && a.Config.SequenceEqual(b.Config) && a.Os.SequenceEqual(b.Os) && a.Plugins.SequenceEqual(b.Plugins);

    private static string NameOf(SkillLayer layer) => layer switch
    {
        SkillLayer.Workspace => LayerNames.Workspace,
        SkillLayer.Managed => LayerNames.Managed,
        SkillLayer.Plugin => LayerNames.Plugin,
        SkillLayer.Bundled => LayerNames.Bundled,
        _ => throw new ArgumentOutOfRangeException(nameof(layer), layer, "BUG: a layer without a name."),
    };
}
