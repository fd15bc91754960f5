using System.Collections.Immutable;
using System.CommandLine;
using ClawGrains.Client.Api;
using ClawGrains.Client.Connection;
using ClawGrains.Client.Installing;
using ClawGrains.Client.Output;
using ClawGrains.Client.Updating;
using ClawGrains.Silo.Packages;
using ClawGrains.Skills.Sources;

namespace ClawGrains.Client.Commands;

internal static class SkillUpdateCommand
{
    public static Command Create()
    {
        var name = new Argument<string?>("NAME") { Description = "The skill to update", Arity = ArgumentArity.ZeroOrOne };
        var all = new Option<bool>("--all") { Description = "Update all installed skills" };
        var dryRun = new Option<bool>("--dry-run") { Description = "Show what would change, and change nothing" };
        var (sources, options) = (new SourceChoices(), new InstallOptions());
        var command = new Command("update", "Fetch newer versions; shows what they ask for and what changed before it asks") { name, all, dryRun };
        options.AddTo(command);
        sources.AddTo(command);
        command.Validators.Add(r =>
        {
            if (r.GetValue(name) is null != r.GetValue(all)) r.AddError("Give a skill's name, or --all.");
        });
        command.SetAction(async (call, cancellationToken) =>
        {
            var paths = CommonOptions.Paths(call);
            await using var host = await CommonOptions.OpenAsync(call, cancellationToken);
            var updater = new SkillUpdater(host.Installs, new SkillInstaller(sources.Of(call, paths)), options.Of(call));
            var rows = new List<SkillUpdateRow>();
            foreach (var skill in await WantedAsync(host.Installs, call.GetValue(name), cancellationToken))
            {
                rows.Add(await updater.UpdateAsync(skill, call.GetValue(dryRun), cancellationToken));
                if (!CommonOptions.WantsJson(call)) Write(rows[^1]);
            }
            if (CommonOptions.WantsJson(call)) Terminal.Json([.. rows], ClientJson.Default.SkillUpdateRowArray);
            else if (rows.Count == 0) Console.WriteLine("No skills are installed.");
            return rows.Any(r => r.State == "failed") ? CommandLine.Failed : CommandLine.Done;
        });
        return command;
    }

    private static async Task<ImmutableArray<SkillProvenance>> WantedAsync(IInstallConnection installs, string? name, CancellationToken cancellationToken)
    {
        if (name is null) return await installs.ListProvenanceAsync(cancellationToken);
        return await installs.GetProvenanceAsync(name, cancellationToken) is { } found
            ? [found]
            : throw new CommandException($"No skill '{Terminal.Plain(name)}' was installed. See `claw skill list`.", "not_found");
    }

    private static void Write(SkillUpdateRow row)
    {
        var versions = row.To is null || row.To == row.From ? "" : $" {Terminal.Plain(row.From ?? "?")} → {Terminal.Plain(row.To)}";
        var rest = row.Reason is not null ? $": {Terminal.Plain(row.Reason)}" : row.Approval is not null ? $": `claw approvals approve {row.Approval}`" : "";
        (row.State == "failed" ? Console.Error : Console.Out).WriteLine($"{Terminal.Plain(row.Name)}: {row.State}{versions}{rest}");
    }
}
