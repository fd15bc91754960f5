using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text;
using ClawGrains.Contracts;
using ClawGrains.Interfaces;
using ClawGrains.Skills.Commands;
using ClawGrains.Skills.Discovery;
using ClawGrains.Skills.Eligibility;

namespace ClawGrains.Grains.Catalog;

/// <summary>Builds a tenant's catalog from its layers. Synchronous; the caller takes it off the grain's scheduler.</summary>
internal sealed class CatalogBuilder(CatalogRoots roots, TimeProvider time)
{
    /// <summary>Reads all layers. The snapshot's number is still to be given.</summary>
    public Catalog Build(TenantId tenant, TenantSettings settings)
    {
        var layers = roots.Of(tenant, settings);
        var found = SkillDiscovery.Discover(layers, SkillDiscoveryOptions.Default);
        var texts = Texts(found);
        var snapshot = new CatalogSnapshot
        {
            Number = 0,
            BuiltAt = time.GetUtcNow(),
            Skills = [.. texts.Select(t => t.Entry)],
            Shadowed = [.. found.Shadowed.Select(Shadow)],
            Invalid = [.. found.Invalid.Select(Reject).Concat(found.Refused.Select(Refuse)).OrderBy(i => i.Path, StringComparer.Ordinal)],
            Layers = [.. layers.Select(root => Layer(root, found))],
        };
        return new Catalog(snapshot, texts.ToFrozenDictionary(t => t.Entry.Name, StringComparer.Ordinal));
    }

    private static ImmutableArray<SkillText> Texts(SkillSet found)
    {
        var environment = SkillEnvironment.Machine();
        var reports = found.Active.ToDictionary(s => s.Document.Name, s => SkillEligibility.Evaluate(s.Document, environment), StringComparer.Ordinal);
        var commands = SkillCommands.Build(found.Active.Select(s => s.Document).Where(d => reports[d.Name].CommandVisible), ["help"])
            .ToDictionary(c => c.Skill.Name, c => c.Name, StringComparer.Ordinal);
        return [.. found.Active.Select(s => Text(s, reports[s.Document.Name], commands.GetValueOrDefault(s.Document.Name)))
            .OrderBy(t => t.Entry.Name, StringComparer.Ordinal)];
    }

    private static SkillText Text(DiscoveredSkill skill, EligibilityReport report, string? command)
    {
        var d = skill.Document;
        var entry = new SkillEntry
        {
            Name = d.Name,
            Description = d.Description,
            Layer = NameOf(skill.Layer),
            FilePath = d.FilePath,
            Sha256 = d.ContentHash,
            Eligible = report.Eligible,
            ModelVisible = report.ModelVisible,
            UserInvocable = report.UserInvocable,
            ModelInvocable = !d.DisableModelInvocation,
            Command = command,
            Missing = report.Missing.IsEmpty ? null : Missing(report.Missing),
            Warnings = [.. d.Warnings.Select(w => w.Line > 0 ? $"{w.Line}:{w.Column}: {w.Message}" : w.Message)],
            AllowedTools = [.. d.AllowedTools],
            Homepage = d.Homepage,
            License = d.License,
            Frontmatter = d.Frontmatter.ToImmutableDictionary(StringComparer.Ordinal),
        };
        return new SkillText(entry, d.Body, Encoding.UTF8.GetString(d.Source.Span));
    }

    private static Interfaces.MissingRequirements Missing(ClawGrains.Skills.Eligibility.MissingRequirements missing) => new()
    {
        Bins = [.. missing.Bins],
        AnyBins = [.. missing.AnyBins],
        Env = [.. missing.Env],
        Config = [.. missing.Config],
        Os = [.. missing.Os],
    };

    private static Interfaces.ShadowedSkill Shadow(ClawGrains.Skills.Discovery.ShadowedSkill shadowed) => new()
    {
        Name = shadowed.Skill.Document.Name,
        Layer = NameOf(shadowed.Skill.Layer),
        FilePath = shadowed.Skill.Document.FilePath,
        ShadowedBy = shadowed.By.Document.FilePath,
    };

    private static InvalidSkill Reject(DiscoveredSkill skill)
    {
        var error = skill.Document.Errors[0];
        return new InvalidSkill
        {
            Path = skill.Document.FilePath, Layer = NameOf(skill.Layer), Reason = error.Message, Line = error.Line, Column = error.Column,
        };
    }

    private static InvalidSkill Refuse(RefusedPath refused) =>
        new() { Path = refused.Path, Layer = NameOf(refused.Layer), Reason = refused.Reason };

    private static CatalogLayer Layer(SkillLayerRoot root, SkillSet found) => new()
    {
        Name = NameOf(root.Layer), Directory = root.Path, ActiveSkills = found.Active.Count(s => s.Root == root.Path),
    };

    private static string NameOf(SkillLayer layer) => layer switch
    {
        SkillLayer.Workspace => LayerNames.Workspace,
        SkillLayer.Managed => LayerNames.Managed,
        SkillLayer.Plugin => LayerNames.Plugin,
        SkillLayer.Bundled => LayerNames.Bundled,
        _ => throw new ArgumentOutOfRangeException(nameof(layer), layer, "BUG: a layer without a name."),
    };
}
