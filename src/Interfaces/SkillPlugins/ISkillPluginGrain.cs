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
}
