using System.Collections.Immutable;
using System.Text.Json;

namespace ClawGrains.Contracts;

/// <summary>A skill: instructions for a model, and the tools that come with them.</summary>
public interface ISkill
{
    /// <summary>The name.</summary>
    SkillName Name { get; }

    /// <summary>What the skill is for and when to use it.</summary>
    string Description { get; }

    /// <summary>Whether a person may call it as a command.</summary>
    bool UserInvocable { get; }

    /// <summary>The tools it brings; empty for a skill of instructions only.</summary>
    ImmutableArray<ToolDescriptor> Tools { get; }

    /// <summary>The instructions, with <c>$ARGUMENTS</c> and <c>{baseDir}</c> filled in.</summary>
    ValueTask<string> RenderAsync(string arguments, CancellationToken cancellationToken);

    /// <summary>Runs one of <see cref="Tools"/>.</summary>
    ValueTask<ToolResult> ExecuteToolAsync(
        string tool, JsonElement arguments, IToolContext context, CancellationToken cancellationToken);
}
