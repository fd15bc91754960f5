using System.Text.Json.Nodes;
using ClawGrains.Agent.SlashCommands;
using ClawGrains.Contracts;
using ClawGrains.Interfaces;

namespace ClawGrains.Grains.Commands;

/// <summary>What the commands of skills do.</summary>
internal sealed class SkillCommand(IGrainFactory grains, TenantId tenant)
{
    public SlashCommand Of(SkillEntry skill) => new()
    {
        Name = skill.Command!,
        Description = skill.Description.ReplaceLineEndings(" "),
        Source = $"skill {skill.Name}",
        Run = (call, cancellationToken) => RunAsync(skill, call.Arguments, cancellationToken),
    };

    /// <summary>
    /// The skill's instructions with the arguments filled in; or, where it says <c>command-dispatch: tool</c>, what that tool
    /// answers to the arguments as they were typed.
    /// </summary>
    public async ValueTask<SlashReply> RunAsync(SkillEntry skill, string arguments, CancellationToken cancellationToken)
    {
        if (skill.CommandTool is { } tool) return await ToolCommand.CallAsync(grains, tenant, (tool, Dispatched(skill, arguments)), cancellationToken);
        var rendered = await grains.GetGrain<ISkillGrain>(GrainKeys.Of(tenant, skill.Name)).RenderAsync(arguments, skill.Since)
            ?? throw new PluginException(PluginErrorKind.NotFound, $"There is no skill '{skill.Name}' any more.");
        return new SlashReply(rendered.Text, IsForModel: true);
    }

    /// <summary>Runs the skill of a name, be it a command or not.</summary>
    public async ValueTask<SlashReply> RunByNameAsync(string line, CancellationToken cancellationToken)
    {
        var (name, arguments) = Words.First(line);
        if (name.Length == 0) throw new PluginException(PluginErrorKind.InvalidArguments, "Name a skill: /skill NAME [ARGUMENTS]. /skills lists them.");
        var snapshot = await grains.GetGrain<ICatalogGrain>(GrainKeys.Of(tenant)).GetSnapshotAsync();
        var skill = snapshot.Skills.FirstOrDefault(s => s.Name == name)
            ?? throw new PluginException(PluginErrorKind.NotFound, $"There is no skill '{name}'. /skills lists them.");
        if (!skill.UserInvocable) throw new PluginException(PluginErrorKind.PermissionDenied, $"People can't call the skill '{name}': its user-invocable is false.");
        if (!skill.Eligible) throw new PluginException(PluginErrorKind.Incompatible, $"The skill '{name}' can't be used here; `claw skill why {name}` says what is missing.");
        return await RunAsync(skill, arguments, cancellationToken);
    }

    // The names of the OpenClaw dialect.
    private static string Dispatched(SkillEntry skill, string arguments) =>
        new JsonObject { ["command"] = arguments, ["commandName"] = skill.Command, ["skillName"] = skill.Name }.ToJsonString();
}
