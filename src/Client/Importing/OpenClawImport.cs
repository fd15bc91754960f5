using ClawGrains.Client.Api;
using ClawGrains.Client.Connection;
using ClawGrains.Client.Installing;
using ClawGrains.Contracts;
using ClawGrains.Interfaces;
using ClawGrains.Skills.Sources;

namespace ClawGrains.Client.Importing;

/// <summary>Takes over what an OpenClaw home holds: its skills through the same gate as any install, and its SOUL.md and AGENTS.md.</summary>
internal sealed class OpenClawImport(IInstallConnection host, string target, InstallChoices choices)
{
    /// <summary>Says what would be imported.</summary>
    public async Task<ImportReport> PreviewAsync(OpenClawHome home, CancellationToken cancellationToken)
    {
        var rows = new List<ImportRow>();
        foreach (var skill in home.Skills) rows.Add(await AttemptAsync(skill, row => ReviewAsync(row, skill, cancellationToken)));
        return new ImportReport
        {
            Home = home.Directory, Skills = [.. rows], NotImported = [.. home.NotImported],
            Files = [.. home.Files.Select(f => new ImportRow { Name = Path.GetFileName(f), Path = f, State = File.Exists(TargetOf(f)) ? "skipped" : "found", Reason = File.Exists(TargetOf(f)) ? $"{TargetOf(f)} is there already" : null })],
        };
    }

    /// <summary>Imports what a preview found.</summary>
    public async Task<ImportReport> RunAsync(OpenClawHome home, ImportReport preview, CancellationToken cancellationToken)
    {
        var rows = new List<ImportRow>();
        foreach (var (skill, row) in home.Skills.Zip(preview.Skills))
            rows.Add(row.State == "found" ? await AttemptAsync(skill, r => InstallAsync(r, skill, cancellationToken)) : row);
        return preview with { Skills = [.. rows], Files = [.. preview.Files.Select(Copy)] };
    }

    private async Task<ImportRow> ReviewAsync(ImportRow row, OpenClawSkill skill, CancellationToken cancellationToken)
    {
        var review = await host.ReviewAsync(Request(skill), cancellationToken);
        if (review.Replaces?.Sha256 == review.Sha256) return row with { State = "unchanged" };
        if (review.Replaces is not null && !choices.Force) return row with { State = "skipped", Reason = "a skill of that name is installed; --force replaces it" };
        if (review.IsCritical && !(choices.AcceptFindings && review.MayAccept)) return row with { State = "skipped", Reason = $"the scan found something critical: {review.Findings[0].File}:{review.Findings[0].Line} {review.Findings[0].Message}" };
        return row with { Reason = review.ApprovalReasons.IsEmpty ? null : $"needs approval: {string.Join("; ", review.ApprovalReasons)}" };
    }

    private async Task<ImportRow> InstallAsync(ImportRow row, OpenClawSkill skill, CancellationToken cancellationToken)
    {
        var reply = await host.InstallAsync(Request(skill), cancellationToken);
        if (reply.Approval is null) return row with { State = "installed" };
        if (!choices.Approve) return row with { State = "pending", Approval = reply.Approval, Reason = string.Join("; ", reply.ApprovalReasons) };
        await host.DecideAsync(new ApprovalDecision { Id = reply.Approval, Approve = true, By = InstallChoices.By, Reason = "imported" }, cancellationToken);
        return row with { State = "installed", Approval = reply.Approval };
    }

    private static async Task<ImportRow> AttemptAsync(OpenClawSkill skill, Func<ImportRow, Task<ImportRow>> work)
    {
        var row = new ImportRow { Name = skill.Name, Path = skill.Directory, State = "found" };
        try
        {
            return await work(row);
        }
        catch (Exception e) when (e is PluginException or CommandException or IOException)
        {
            return row with { State = "failed", Reason = e.Message };
        }
    }

    private InstallRequest Request(OpenClawSkill skill) => new(skill.Directory, choices.Force)
    {
        Source = new SkillSourceInfo { Kind = "openclaw", Location = skill.Directory },
        AcceptFindings = choices.AcceptFindings,
        By = InstallChoices.By,
    };

    private ImportRow Copy(ImportRow file)
    {
        if (file.State != "found") return file;
        Directory.CreateDirectory(target);
        File.Copy(file.Path, TargetOf(file.Path), overwrite: false);
        return file with { State = "copied" };
    }

    // The home is where the agent looks last, so that a workspace's own files come first.
    private string TargetOf(string file) => Path.Combine(target, Path.GetFileName(file));
}
