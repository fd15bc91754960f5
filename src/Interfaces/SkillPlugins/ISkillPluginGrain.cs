using System.Collections.Immutable;

namespace ClawGrains.Interfaces;

/// <summary>
/// Keeps the plugins that a tenant's skills carry in step with the skills: follows the stream
/// <see cref="StreamNames.CatalogChanged"/>, installs what is new or changed and removes what is gone. Key: <c>TENANT</c>.
/// </summary>
[Alias("clawgrains.skill-plugins")]
public interface ISkillPluginGrain : IGrainWithStringKey
{
    /// <summary>Brings them in step with the snapshot in force.</summary>
    /// <returns>The plugins of skills, by skill.</returns>
    [Alias("sync"), ResponseTimeout("00:05:00")]
    Task<ImmutableArray<SkillPlugin>> SyncAsync();

    /// <summary>The plugins of skills as they stand, carried or named, in order of the skills.</summary>
    /// <param name="skill">One skill's; null for all.</param>
    [Alias("list")]
    Task<ImmutableArray<SkillPluginStatus>> ListAsync(string? skill);
}

/// <summary>The plugin that a skill carries.</summary>
[GenerateSerializer, Immutable, Alias("clawgrains.skill-plugin")]
public sealed record SkillPlugin
{
    /// <summary>The skill's name.</summary>
    [Id(0)]
    public required string Skill { get; init; }

    /// <summary>The plugin's id; empty where its manifest can't be read.</summary>
    [Id(1)]
    public required string Plugin { get; init; }

    /// <summary>The hash of what was last given to the registry.</summary>
    [Id(2)]
    public string Package { get; init; } = "";

    /// <summary>Why the skill's present version of it is not registered; an older one keeps serving. Null where nothing is wrong.</summary>
    [Id(3)]
    public string? Problem { get; init; }

    /// <summary>The <see cref="SkillEntry.Revision"/> of the skill that it was read of.</summary>
    [Id(4)]
    public string Revision { get; init; } = "";
}

/// <summary>A plugin of a skill, and what became of it.</summary>
[GenerateSerializer, Immutable, Alias("clawgrains.skill-plugin-status")]
public sealed record SkillPluginStatus
{
    /// <summary>The skill's name.</summary>
    [Id(0)]
    public required string Skill { get; init; }

    /// <summary>The plugin's id.</summary>
    [Id(1)]
    public required string Plugin { get; init; }

    /// <summary>Whether the skill's directory holds it; else the skill names one that is installed by itself.</summary>
    [Id(2)]
    public required bool IsCarried { get; init; }

    /// <summary><c>missing</c> where there is no such plugin, else as <see cref="PluginInfo.State"/>.</summary>
    [Id(3)]
    public required string State { get; init; }

    /// <summary>The version that runs; null while none does.</summary>
    [Id(4)]
    public string? Version { get; init; }

    /// <summary>What waits for approval, a line each; empty where nothing does.</summary>
    [Id(5)]
    public ImmutableArray<string> AsksFor { get; init; } = [];

    /// <summary>The names of the tools that it has now.</summary>
    [Id(6)]
    public ImmutableArray<string> Tools { get; init; } = [];

    /// <summary>Why the skill's present version of it does not run; null where nothing is wrong.</summary>
    [Id(7)]
    public string? Problem { get; init; }
}
