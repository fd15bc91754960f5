using ModelContextProtocol.Protocol;

namespace ClawGrains.Client.Mcp.Features;

/// <summary>The merged offers of all sources at one moment, with the owner of each name. Never changes.</summary>
internal sealed class FeatureIndex
{
    private readonly Dictionary<string, (Tool Tool, IMcpFeatureSource Source)> _tools = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (Prompt Prompt, IMcpFeatureSource Source)> _prompts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IMcpFeatureSource> _resources = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _resourceVersions = new(StringComparer.Ordinal);

    /// <param name="version">The numbers of the sources' snapshots, which name this index in cursors.</param>
    /// <param name="offers">The sources and what they offer, in order of registration.</param>
    /// <exception cref="FeatureCollisionException">Two offers have the same name.</exception>
    public FeatureIndex(string version, IReadOnlyList<(IMcpFeatureSource Source, McpFeatureSet Features)> offers)
    {
        Version = version;
        var tools = new List<Tool>();
        foreach (var (source, features) in offers) tools.AddRange(Add(source, features));
        foreach (var (source, features) in offers) AddQualified(source, features);
        Tools = tools;
        Prompts = Merge(offers, f => f.Prompts);
        Resources = Merge(offers, f => f.Resources);
        ResourceTemplates = Merge(offers, f => f.ResourceTemplates);
        Skills = Merge(offers, f => f.SkillUris);
    }

    /// <summary>Names the index: equal versions hold equal content.</summary>
    public string Version { get; }

    /// <summary>All tools.</summary>
    public IReadOnlyList<Tool> Tools { get; }

    /// <summary>All prompts.</summary>
    public IReadOnlyList<Prompt> Prompts { get; }

    /// <summary>All listed resources.</summary>
    public IReadOnlyList<Resource> Resources { get; }

    /// <summary>All resource templates.</summary>
    public IReadOnlyList<ResourceTemplate> ResourceTemplates { get; }

    /// <summary>The URIs of all enumerated skills.</summary>
    public IReadOnlyList<string> Skills { get; }

    /// <summary>The tool of that name and who offers it, or null.</summary>
    public (Tool Tool, IMcpFeatureSource Source)? FindTool(string name) => _tools.TryGetValue(name, out var t) ? t : null;

    /// <summary>The prompt of that name and who offers it, or null.</summary>
    public (Prompt Prompt, IMcpFeatureSource Source)? FindPrompt(string name) =>
        _prompts.TryGetValue(name, out var p) ? p : null;

    /// <summary>Who lists the resource, or null.</summary>
    public IMcpFeatureSource? FindResourceOwner(string uri) => _resources.GetValueOrDefault(uri);

    /// <summary>The version of a resource's content, or null where it is not told.</summary>
    public string? VersionOf(string uri) => _resourceVersions.GetValueOrDefault(uri);

    private static IReadOnlyList<T> Merge<T>(
        IReadOnlyList<(IMcpFeatureSource Source, McpFeatureSet Features)> offers, Func<McpFeatureSet, IReadOnlyList<T>> list) =>
        offers.Count == 1 ? list(offers[0].Features) : [.. offers.SelectMany(o => list(o.Features))];

    private List<Tool> Add(IMcpFeatureSource source, McpFeatureSet features)
    {
        var tools = features.Tools.Select(t => Listed(t, source, features)).ToList();
        foreach (var t in tools)
            if (!_tools.TryAdd(t.Name, (t, source))) throw Collision("tool", t.Name, _tools[t.Name].Source, source);
        foreach (var p in features.Prompts)
            if (!_prompts.TryAdd(p.Name, (p, source))) throw Collision("prompt", p.Name, _prompts[p.Name].Source, source);
        foreach (var r in features.Resources)
            if (!_resources.TryAdd(r.Uri, source)) throw Collision("resource", r.Uri, _resources[r.Uri], source);
        foreach (var (uri, version) in features.ResourceVersions) _resourceVersions[uri] = version;
        return tools;
    }

    // Where an earlier source has the name, the tool is listed under its qualified one: nothing is lost, and nothing that
    // comes later takes the place of what was there.
    private Tool Listed(Tool tool, IMcpFeatureSource source, McpFeatureSet features) =>
        _tools.TryGetValue(tool.Name, out var taken) && taken.Source != source && features.QualifiedToolNames.TryGetValue(tool.Name, out var qualified)
            ? new Tool
            {
                Name = qualified, Title = tool.Title, Description = tool.Description, InputSchema = tool.InputSchema,
                OutputSchema = tool.OutputSchema, Annotations = tool.Annotations, Icons = tool.Icons, Meta = tool.Meta,
            }
            : tool;

    private void AddQualified(IMcpFeatureSource source, McpFeatureSet features)
    {
        foreach (var t in features.Tools)
            if (features.QualifiedToolNames.TryGetValue(t.Name, out var qualified)) _tools.TryAdd(qualified, (t, source));
    }

    private static FeatureCollisionException Collision(
        string kind, string name, IMcpFeatureSource first, IMcpFeatureSource second) =>
        new(kind, name, first.Name, second.Name);
}
