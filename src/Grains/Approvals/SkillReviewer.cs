using System.Collections.Immutable;
using ClawGrains.Contracts;
using ClawGrains.Grains.Catalog;
using ClawGrains.Grains.Plugins;
using ClawGrains.Grains.SkillPlugins;
using ClawGrains.Interfaces;
using ClawGrains.Skills.Model;
using ClawGrains.Skills.Packages;
using ClawGrains.Skills.Parsing;
using ClawGrains.Skills.Rendering;
using ClawGrains.Skills.Review;
using ClawGrains.Skills.Sources;

namespace ClawGrains.Grains.Approvals;

/// <summary>Looks at a skill as a person should before it is installed. The caller takes it off the grain's scheduler.</summary>
internal sealed class SkillReviewer(CatalogRoots roots, SkillComponents components, PluginHost host)
{
    /// <exception cref="PluginException">It is no valid skill, or a version whose content changed.</exception>
    public async Task<SkillReview> ReviewAsync(TenantId tenant, SkillSubmission submission)
    {
        var result = SkillPackage.Check(submission.Path);
        if (!result.Succeeded) throw SkillFailures.Of(submission.Path, result);
        var skill = result.Skill!;
        var source = submission.Source ?? new SkillSourceInfo { Kind = "path", Location = skill.BaseDirectory };
        var sha256 = DirectoryHash.Compute(skill.BaseDirectory);
        if (HashRule.Broken(roots.Managed(tenant), OriginOf(source), sha256) is { } broken) throw new PluginException(PluginErrorKind.PermissionDenied, broken);
        var policy = host.Settings.Scanning;
        var review = Describe(skill, source, sha256) with { Findings = SkillScan.Scan(skill.BaseDirectory, policy), MayAccept = policy.MayForce };
        await components.ReadyAsync(skill.BaseDirectory);
        CheckPlugin(skill.BaseDirectory);
        review = review with { Asks = [.. review.Asks, .. components.Asks(skill.BaseDirectory)] };
        return WithReasons(Compare(review, skill, Installed(tenant, skill.Name)), submission);
    }

    private void CheckPlugin(string directory)
    {
        var settings = host.Settings;
        var fault = components.Check(directory, settings) ?? WasmFiles.Check(directory);
        if (fault is not null) throw new PluginException(PluginErrorKind.InvalidManifest, Relative(fault, directory));
        if (settings.Enabled && components.CheckDenied(directory, settings) is { } denied)
            throw new PluginException(PluginErrorKind.PermissionDenied, Relative(denied, directory));
    }

    // The directory is a copy that is gone when somebody reads this.
    private static string Relative(SkillFault fault, string directory) => (fault with { Path = Path.GetRelativePath(directory, fault.Path) }).ToString();

    public static SkillOrigin OriginOf(SkillSourceInfo source) => new(source.Kind, source.Location, source.Revision);

    private static SkillReview Describe(SkillDocument skill, SkillSourceInfo source, string sha256)
    {
        var files = SkillFiles.Enumerate(skill.BaseDirectory);
        return new SkillReview
        {
            Name = skill.Name,
            Description = skill.Description,
            Version = VersionOf(skill, source.Revision),
            Source = source,
            Sha256 = sha256,
            Files = files.Count,
            Bytes = files.Sum(f => f.Length),
            Asks = [.. SkillPermissions.Of(skill).Select(Ask)],
            Warnings = [.. skill.Warnings.Select(w => w.Line > 0 ? $"SKILL.md:{w.Line}:{w.Column}: {w.Message}" : w.Message)],
            InstallHints = [.. skill.OpenClaw.Install.Select(Hint)],
        };
    }

    private static SkillReview Compare(SkillReview review, SkillDocument skill, (SkillLockEntry Entry, string Directory)? installed)
    {
        var asks = review.Asks.Select(TextOf).ToArray();
        if (installed is not { } old) return review with { Growth = [.. asks] };
        var served = SkillReader.Read(Path.Combine(old.Directory, "SKILL.md"));
        var before = old.Entry.Permissions ?? [.. SkillPermissions.Of(served).Select(p => p.ToString())];
        var changes = SkillChanges.Between(old.Directory, skill.BaseDirectory);
        return review with
        {
            Growth = [.. asks.Except(before)],
            Dropped = [.. before.Except(asks)],
            Replaces = new ReviewUpgrade
            {
                Version = VersionOf(served, old.Entry.Origin.Revision),
                Sha256 = old.Entry.Sha256,
                Files = [.. changes.Files.Select(f => $"{f.Kind} {f.Path}")],
                Diff = changes.Diff,
            },
        };
    }

    private static SkillReview WithReasons(SkillReview review, SkillSubmission submission)
    {
        var reasons = new List<string>();
        var runs = review.Asks.Where(a => a.RunsPrograms).Select(TextOf).ToArray();
        if (runs.Length > 0) reasons.Add($"it runs programs: {Short(runs)}");
        var plugin = review.Asks.Where(a => SkillComponents.Kinds.Contains(a.Kind)).Select(TextOf).ToArray();
        if (plugin.Length > 0) reasons.Add($"its plugin asks for permissions: {Short(plugin)}");
        if (review.Replaces is not null && review.Growth.Length > 0) reasons.Add($"it asks for more than the installed version: {Short([.. review.Growth])}");
        if (review.IsCritical) reasons.Add("the scan found something critical");
        if (submission.AlwaysAsk) reasons.Add(submission.Kind == ApprovalKinds.Autogenerated ? "it was generated from repeated tool calls" : "it was asked for");
        return review with { ApprovalReasons = [.. reasons], MayReplace = submission.Replace };
    }

    private (SkillLockEntry Entry, string Directory)? Installed(TenantId tenant, string name)
    {
        var root = roots.Managed(tenant);
        var entry = SkillLockFile.Read(root).FirstOrDefault(e => e.Name == name);
        var directory = entry is null ? "" : Path.Combine(root, entry.Directory);
        return entry is not null && File.Exists(Path.Combine(directory, "SKILL.md")) ? (entry, directory) : null;
    }

    private static string Short(string[] items) => items.Length <= 8 ? string.Join(", ", items) : $"{string.Join(", ", items[..8])} and {items.Length - 8} more";

    private static SkillAsk Ask(SkillPermission permission) => new() { Kind = permission.Kind, Value = permission.Value, RunsPrograms = permission.RunsPrograms };

    private static string TextOf(SkillAsk ask) => $"{ask.Kind} {ask.Value}";

    private static string? VersionOf(SkillDocument skill, string? revision) =>
        revision ?? skill.Metadata.GetValueOrDefault("version") ?? skill.Frontmatter.GetValueOrDefault("version");

    private static string Hint(SkillInstallSpec spec) =>
        $"{spec.Kind} {spec.Formula ?? spec.Package ?? spec.Module ?? spec.Url ?? spec.Label ?? spec.Id}".TrimEnd();
}
