using ModelContextProtocol.Protocol;

namespace ClawGrains.Client.Mcp.Features;

/// <summary>What a source offers at one moment. Never changes; a later one has a greater number.</summary>
internal sealed record McpFeatureSet
{
    /// <summary>The number, growing with every change.</summary>
    public required long Number { get; init; }

    /// <summary>The tools, in the order they are listed.</summary>
    public IReadOnlyList<Tool> Tools { get; init; } = [];

    /// <summary>
    /// For tools that may be listed under another name where an earlier source has theirs: that name. The source takes
    /// calls under either.
    /// </summary>
    public IReadOnlyDictionary<string, string> QualifiedToolNames { get; init; } = new Dictionary<string, string>();

    /// <summary>The prompts, in the order they are listed.</summary>
    public IReadOnlyList<Prompt> Prompts { get; init; } = [];

    /// <summary>The listed resources; others may be readable.</summary>
    public IReadOnlyList<Resource> Resources { get; init; } = [];

    /// <summary>The resource templates.</summary>
    public IReadOnlyList<ResourceTemplate> ResourceTemplates { get; init; } = [];

    /// <summary>The URIs of the skills that <c>skills/list</c> enumerates (SEP-2640).</summary>
    public IReadOnlyList<string> SkillUris { get; init; } = [];

    /// <summary>
    /// The version of a resource's content by URI, for those whose updates are told to subscribers.
    /// A URI that is not in it never changes.
    /// </summary>
    public IReadOnlyDictionary<string, string> ResourceVersions { get; init; } = new Dictionary<string, string>();
}
