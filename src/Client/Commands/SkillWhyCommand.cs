using System.Collections.Immutable;
using System.CommandLine;
using ClawGrains.Client.Api;
using ClawGrains.Client.Connection;
using ClawGrains.Client.Output;
using ClawGrains.Interfaces;

namespace ClawGrains.Client.Commands;

/// <summary>What <c>claw skill why --json</c> prints.</summary>
internal sealed record SkillReasons
{
    public required string Name { get; init; }

    /// <summary>Whether it is served.</summary>
    public required bool Served { get; init; }

    /// <summary>What is served; absent where nothing is.</summary>
    public SkillEntry? Skill { get; init; }

    /// <summary>Those of the same name in weaker layers.</summary>
    public required ImmutableArray<ShadowedSkill> Shadows { get; init; }

    /// <summary>What lies on disk at its place, or under its name, and does not load.</summary>
    public required ImmutableArray<InvalidSkill> Invalid { get; init; }

    /// <summary>The plugins that it carries or names.</summary>
    public required ImmutableArray<SkillPluginStatus> Plugins { get; init; }

    /// <summary>The layers, strongest first.</summary>
    public required ImmutableArray<CatalogLayer> Layers { get; init; }
}

/// <summary><c>claw skill why NAME</c>: which of all that are called so is served, and why not another, or none.</summary>
internal static class SkillWhyCommand
{
    public static Command Create()
    {
        var name = new Argument<string>("NAME") { Description = "The skill's name" };
        var command = new Command("why", "Say which skill of that name is served and why, or why none is") { name };
        command.SetAction(async (call, cancellationToken) =>
        {
            await using var host = await CommonOptions.OpenAsync(call, cancellationToken);
            var reasons = await ReasonsAsync(host, call.GetRequiredValue(name), cancellationToken);
            if (CommonOptions.WantsJson(call)) Terminal.Json(reasons, ClientJson.Default.SkillReasons);
            else Write(reasons);
            return reasons.Served ? CommandLine.Done : CommandLine.Failed;
        });
        return command;
    }

    private static async Task<SkillReasons> ReasonsAsync(IHostConnection host, string name, CancellationToken cancellationToken)
    {
        var catalog = await host.GetCatalogAsync(cancellationToken);
        var skill = catalog.Skills.FirstOrDefault(s => s.Name == name);
        return new SkillReasons
        {
            Name = name,
            Served = skill is not null,
            Skill = skill,
            Shadows = [.. catalog.Shadowed.Where(s => s.Name == name)],
            Invalid = [.. catalog.Invalid.Where(i => i.Serving == name || i.Path.Split('/', '\\').Contains(name, StringComparer.OrdinalIgnoreCase))],
            Plugins = await host.Installs.ListPluginsAsync(name, cancellationToken),
            Layers = catalog.Layers,
        };
    }

    private static void Write(SkillReasons reasons)
    {
        if (reasons.Skill is { } skill) WriteServed(skill, reasons);
        else Console.WriteLine($"'{Terminal.Plain(reasons.Name)}' is not served: {(reasons.Invalid.IsEmpty ? "no layer has a skill of that name." : "what has that name does not load.")}");
        foreach (var bad in reasons.Invalid)
            Console.WriteLine($"  {Terminal.Red("does not load")} {Terminal.Plain(bad.Path)}{(bad.Line > 0 ? $":{bad.Line}:{bad.Column}" : "")}: {Terminal.Plain(bad.Reason)}");
        foreach (var problem in reasons.Plugins.SelectMany(SkillPluginText.Problems)) Console.WriteLine($"  {Terminal.Yellow("plugin")} {Terminal.Plain(problem)}");
        Console.WriteLine($"  layers, strongest first: {string.Join(", ", reasons.Layers.Select(l => $"{l.Name} {Terminal.Plain(l.Directory)}"))}");
    }

    private static void WriteServed(SkillEntry skill, SkillReasons reasons)
    {
        Console.WriteLine($"{Terminal.Bold(Terminal.Plain(skill.Name))} is served from the {skill.Layer} layer, since snapshot {skill.Since}");
        Console.WriteLine($"  {Terminal.Plain(skill.FilePath)}");
        foreach (var other in reasons.Shadows) Console.WriteLine($"  it stands before {Terminal.Plain(other.FilePath)} of the {other.Layer} layer, which is weaker");
        if (skill.Stale is not null) Console.WriteLine("  it is the last version that loaded: what is on disk now does not");
        if (skill.Held) Console.WriteLine("  a rollback holds it at this version until its files are changed, or until `claw skill rollback --resume`");
        if (!skill.Eligible) Console.WriteLine($"  it can't be used here: missing {MissingText.Of(skill.Missing ?? new MissingRequirements())}");
        else if (!skill.ModelInvocable) Console.WriteLine("  models are not told of it: disable-model-invocation is set");
        if (!skill.UserInvocable) Console.WriteLine("  people can't call it: user-invocable is false");
    }
}
