using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json;
using ClawGrains.Client.Api;
using ClawGrains.Client.Connection;
using ClawGrains.Client.Output;
using ClawGrains.Interfaces;
using ClawGrains.Silo.Packages;

namespace ClawGrains.Client.Commands;

internal static class SkillShowCommand
{
    public static Command Create()
    {
        var name = new Argument<string>("NAME") { Description = "The skill's name" };
        var command = new Command("show", "Show one skill: where it comes from, its state and its instructions") { name };
        command.SetAction(async (call, cancellationToken) =>
        {
            await using var host = await CommonOptions.OpenAsync(call, cancellationToken);
            var skill = await host.GetSkillAsync(call.GetRequiredValue(name), cancellationToken)
                ?? throw await MissingAsync(host, call.GetRequiredValue(name), cancellationToken);
            var provenance = skill.Entry.Layer == LayerNames.Managed ? await host.Installs.GetProvenanceAsync(skill.Entry.Name, cancellationToken) : null;
            var plugins = await host.Installs.ListPluginsAsync(skill.Entry.Name, cancellationToken);
            if (CommonOptions.WantsJson(call)) WriteJson(skill, provenance, plugins);
            else Write(skill, provenance, plugins);
            return CommandLine.Done;
        });
        return command;
    }

    private static void WriteJson(SkillVersion skill, SkillProvenance? provenance, ImmutableArray<SkillPluginStatus> plugins)
    {
        var json = JsonSerializer.SerializeToNode(skill, ClientJson.Default.SkillVersion)!.AsObject();
        if (provenance is not null) json["provenance"] = JsonSerializer.SerializeToNode(provenance, ClientJson.Default.SkillProvenance);
        if (!plugins.IsEmpty) json["plugins"] = JsonSerializer.SerializeToNode(plugins, ClientJson.Default.ImmutableArraySkillPluginStatus);
        Terminal.Json(json, ClientJson.Default.JsonObject);
    }

    private static void WriteProvenance(SkillProvenance from)
    {
        Row("from", $"{from.Source.Kind}: {from.Source.Location}{(from.Source.Revision is null ? "" : $" ({from.Source.Revision})")}");
        Row("installed", $"{from.InstalledAt:u}, whole sha256 {from.Sha256}");
        if (!from.IsIntact) Row("warning", "its files are not those that were installed");
        foreach (var permission in from.Permissions) Row("asks for", permission);
    }

    private static void Write(SkillVersion skill, SkillProvenance? provenance, ImmutableArray<SkillPluginStatus> plugins)
    {
        var e = skill.Entry;
        Row("name", e.Name);
        Row("description", e.Description);
        Row("layer", e.Layer);
        Row("file", e.FilePath);
        Row("sha256", e.Sha256);
        Row("revision", e.Revision);
        Row("since", $"snapshot {e.Since}");
        if (e.Stale is not null) Row("stale", e.Stale);
        if (e.Held) Row("held", "by a rollback; see `claw skill rollback --resume`");
        Row("eligible", e.Eligible ? "yes" : $"no: missing {MissingText.Of(e.Missing ?? new MissingRequirements())}");
        Row("model", e.ModelVisible ? "is told of it" : "is not told of it");
        Row("command", e.Command is null ? "none" : "/" + e.Command);
        if (!e.AllowedTools.IsDefaultOrEmpty) Row("tools", string.Join(", ", e.AllowedTools));
        if (e.Homepage is not null) Row("homepage", e.Homepage);
        if (e.License is not null) Row("license", e.License);
        if (provenance is not null) WriteProvenance(provenance);
        foreach (var (label, text) in plugins.SelectMany(SkillPluginText.Rows)) Row(label, text);
        foreach (var warning in e.Warnings) Row("warning", warning);
        Console.WriteLine();
        Console.WriteLine(Terminal.PlainLines(skill.Body.TrimEnd()));
    }

    private static void Row(string label, string value) => Console.WriteLine($"{Terminal.Dim(label.PadRight(12))} {Terminal.Plain(value)}");

    private static async Task<CommandException> MissingAsync(IHostConnection host, string name, CancellationToken cancellationToken)
    {
        var catalog = await host.GetCatalogAsync(cancellationToken);
        var near = catalog.Skills.Where(s => s.Name.Contains(name, StringComparison.OrdinalIgnoreCase)).Take(5).Select(s => s.Name).ToArray();
        var invalid = catalog.Invalid.FirstOrDefault(i => i.Path.Contains(name, StringComparison.OrdinalIgnoreCase));
        var hint = invalid is not null ? $" {invalid.Path} could not be loaded: {invalid.Reason}"
            : near.Length > 0 ? $" Did you mean {string.Join(" or ", near)}?"
            : " See `claw skill list`.";
        return new CommandException($"There is no skill '{Terminal.Plain(name)}'.{hint}", "not_found");
    }
}
