using System.Collections.Immutable;
using System.CommandLine;
using ClawGrains.Client.Api;
using ClawGrains.Client.Output;
using ClawGrains.Interfaces;

namespace ClawGrains.Client.Commands;

/// <summary>What <c>claw skill list --json</c> prints.</summary>
internal sealed record SkillListing
{
    /// <summary>The number of the snapshot that is listed.</summary>
    public required long Snapshot { get; init; }

    /// <summary>The address of the host that answered; absent where the command read the skills itself.</summary>
    public string? Host { get; init; }

    public required ImmutableArray<SkillEntry> Skills { get; init; }

    public required ImmutableArray<ShadowedSkill> Shadowed { get; init; }

    public required ImmutableArray<InvalidSkill> Invalid { get; init; }

    public required ImmutableArray<CatalogLayer> Layers { get; init; }

    /// <summary>Versions that were replaced and on which calls still run.</summary>
    public required ImmutableArray<DrainingVersion> Draining { get; init; }

    /// <summary>The snapshot that a rollback went back to; 0 where none is in force.</summary>
    public long RolledBackTo { get; init; }

    /// <summary>The plugins that skills carry or name.</summary>
    public ImmutableArray<SkillPluginStatus> Plugins { get; init; } = [];
}

internal static class SkillListCommand
{
    public static Command Create()
    {
        var verbose = new Option<bool>("--verbose", "-v") { Description = "Show files, commands, what is missing, what is shadowed, and the layers" };
        var command = new Command("list", "List the skills of all layers") { verbose };
        command.SetAction(async (call, cancellationToken) =>
        {
            await using var host = await CommonOptions.OpenAsync(call, cancellationToken);
            var catalog = await host.GetCatalogAsync(cancellationToken);
            var draining = await host.GetDrainingAsync(cancellationToken);
            var plugins = catalog.Skills.Any(s => s.PluginManifest is not null || !s.Plugins.IsEmpty)
                ? await host.Installs.ListPluginsAsync(null, cancellationToken)
                : [];
            if (CommonOptions.WantsJson(call)) WriteJson(catalog, draining, host.Url, plugins);
            else Write(catalog, draining, plugins, call.GetValue(verbose));
            return CommandLine.Done;
        });
        return command;
    }

    private static void WriteJson(CatalogSnapshot catalog, ImmutableArray<DrainingVersion> draining, string? url, ImmutableArray<SkillPluginStatus> plugins) => Terminal.Json(new SkillListing
    {
        Snapshot = catalog.Number, Host = url, Skills = catalog.Skills, Shadowed = catalog.Shadowed,
        Invalid = catalog.Invalid, Layers = catalog.Layers, Draining = draining, RolledBackTo = catalog.RolledBackTo,
        Plugins = plugins,
    }, ClientJson.Default.SkillListing);

    private static void Write(CatalogSnapshot catalog, ImmutableArray<DrainingVersion> draining, ImmutableArray<SkillPluginStatus> plugins, bool verbose)
    {
        using var output = new StreamWriter(Console.OpenStandardOutput());
        if (catalog.Skills.IsEmpty) WriteHint(catalog, output);
        else if (verbose) WriteVerbose(catalog, draining, plugins, output);
        else WriteTable(catalog, output);
        WriteProblems(catalog, output, verbose);
        foreach (var plugin in plugins)
            foreach (var problem in SkillPluginText.Problems(plugin)) output.WriteLine($"{Terminal.Yellow("plugin")} of {Terminal.Plain(plugin.Skill)}: {Terminal.Plain(problem)}");
    }

    private static void WriteHint(CatalogSnapshot catalog, TextWriter output)
    {
        output.WriteLine("No skills. Put a directory with a SKILL.md into one of:");
        foreach (var layer in catalog.Layers) output.WriteLine($"  {layer.Directory}  ({layer.Name})");
        output.WriteLine("or run `claw skill install PATH`.");
    }

    private static void WriteTable(CatalogSnapshot catalog, TextWriter output)
    {
        var table = new Table("NAME", "LAYER", "STATE", "DESCRIPTION");
        foreach (var s in catalog.Skills) table.Add(s.Name, s.Layer, StateOf(s), s.Description);
        table.Write(output);
    }

    private static void WriteVerbose(CatalogSnapshot catalog, ImmutableArray<DrainingVersion> draining, ImmutableArray<SkillPluginStatus> plugins, TextWriter output)
    {
        foreach (var s in catalog.Skills)
        {
            output.WriteLine($"{Terminal.Bold(Terminal.Plain(s.Name))}  {s.Layer}, {StateOf(s)}");
            output.WriteLine($"    {Terminal.Plain(s.Description)}");
            output.WriteLine($"    {Terminal.Dim(s.FilePath)}  sha256 {s.Sha256[..12]}{(s.Command is null ? "" : $"  /{s.Command}")}");
            output.WriteLine($"    {Terminal.Dim($"revision {s.Revision[..Math.Min(12, s.Revision.Length)]} since snapshot {s.Since}")}");
            foreach (var plugin in plugins.Where(p => p.Skill == s.Name && p.Plugin.Length > 0))
                output.WriteLine($"    plugin {Terminal.Plain(plugin.Plugin)} {plugin.Version}: {plugin.State}{(plugin.Tools.Length > 0 ? $"; tools {string.Join(", ", plugin.Tools.Select(Terminal.Plain))}" : "")}");
            if (s.Stale is not null) output.WriteLine($"    {Terminal.Red("stale")} {Terminal.Plain(s.Stale)}");
            foreach (var old in draining.Where(d => d.Name == s.Name))
                output.WriteLine($"    {Terminal.Yellow("draining")} revision {old.Revision[..12]} of snapshot {old.Since}: {old.Calls} calls, cancelled at {old.CancelledAt:HH:mm:ss} UTC");
            if (s.Missing is { } missing) output.WriteLine($"    {Terminal.Yellow("missing")} {MissingText.Of(missing)}");
            foreach (var other in catalog.Shadowed.Where(o => o.Name == s.Name))
                output.WriteLine($"    {Terminal.Yellow("shadows")} {other.FilePath} ({other.Layer})");
            foreach (var warning in s.Warnings) output.WriteLine($"    {Terminal.Yellow("warning")} {Terminal.Plain(warning)}");
        }
        output.WriteLine();
        foreach (var layer in catalog.Layers) output.WriteLine($"{layer.Name,-10} {layer.ActiveSkills,5} active  {layer.Directory}");
        output.WriteLine($"snapshot {catalog.Number}: {catalog.Skills.Length} skills, {catalog.Shadowed.Length} shadowed, {catalog.Invalid.Count(i => i.Serving is null)} invalid, {catalog.Skills.Count(s => s.Stale is not null)} stale, {draining.Length} draining");
    }

    private static void WriteProblems(CatalogSnapshot catalog, TextWriter output, bool verbose)
    {
        foreach (var bad in catalog.Invalid)
            output.WriteLine($"{Terminal.Red(bad.Serving is null ? "invalid" : "stale")} {bad.Path}{(bad.Line > 0 ? $":{bad.Line}:{bad.Column}" : "")}: {Terminal.Plain(bad.Reason)}{Instead(bad)}");
        if (catalog.RolledBackTo > 0)
            output.WriteLine($"{Terminal.Yellow("rolled back")} to snapshot {catalog.RolledBackTo}: {catalog.Skills.Count(s => s.Held)} skills held until they are changed, or until `claw skill rollback --resume`");
        if (!verbose && !catalog.Shadowed.IsEmpty)
            output.WriteLine($"{Terminal.Yellow("warning")} {catalog.Shadowed.Length} shadowed (see `claw skill list --verbose`)");
    }

    private static string Instead(InvalidSkill bad) =>
        bad.Serving is null ? "" : $" ('{Terminal.Plain(bad.Serving)}' is served as of snapshot {bad.ServingSince})";

    private static string StateOf(SkillEntry skill) => StateAlone(skill) + (skill.Stale is null ? "" : ", stale") + (skill.Held ? ", held" : "");

    private static string StateAlone(SkillEntry skill) =>
        !skill.Eligible ? "not eligible" : skill.ModelVisible ? "ready" : skill.UserInvocable ? "user only" : "hidden";
}
