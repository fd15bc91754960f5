using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ClawGrains.Client.Mcp.Features;
using ClawGrains.Client.Output;
using ClawGrains.Interfaces;
using ModelContextProtocol.Protocol;

namespace ClawGrains.Client.Mcp.SkillFeatures;

/// <summary>
/// What a snapshot of the catalog offers over MCP: every loaded skill that is not switched off, as a tool where a model
/// may call it, as a prompt where a person may, and as a resource. One that lacks something says so in its description.
/// </summary>
internal sealed partial class SkillOffers
{
    private static readonly JsonElement DefaultInput = InputSchema("What the skill is applied to; stands for $ARGUMENTS in its instructions.");

    private static readonly JsonElement Output = JsonDocument.Parse("""
        {"type":"object","properties":{"kind":{"const":"instructions"},"skill":{"type":"string"},"uri":{"type":"string"},
        "snapshot":{"type":"integer"},"instructions":{"type":"string"}},"required":["kind","skill","instructions"]}
        """).RootElement;

    private readonly Dictionary<string, SkillEntry> _byFeature = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SkillEntry> _byName = new(StringComparer.Ordinal);
    private readonly Dictionary<SkillEntry, SkillOffer> _offers = new(ReferenceEqualityComparer.Instance);

    /// <param name="snapshot">The snapshot.</param>
    /// <param name="before">What was offered before: a skill that has not changed keeps its offers.</param>
    public SkillOffers(CatalogSnapshot snapshot, SkillOffers? before = null)
    {
        foreach (var skill in snapshot.Skills)
            if (skill.IsOffered()) _offers[skill] = before?._offers.GetValueOrDefault(skill) ?? OfferOf(skill);
        foreach (var (skill, offer) in _offers) (_byFeature[offer.Name], _byName[skill.Name]) = (skill, skill);
        Features = FeaturesOf(snapshot.Number, [.. snapshot.Skills.Where(_offers.ContainsKey).Select(s => _offers[s])]);
    }

    /// <summary>The URI templates below which all files of skills are read.</summary>
    public static IReadOnlyList<ResourceTemplate> Templates { get; } =
    [
        new() { Name = "skill", Title = "Instructions of a skill", UriTemplate = "skill://{name}/SKILL.md", MimeType = "text/markdown" },
        new() { Name = "skill-file", Title = "File of a skill", UriTemplate = "skill://{name}/{+path}" },
    ];

    /// <summary>The offers.</summary>
    public McpFeatureSet Features { get; }

    /// <summary>The names of the offered skills, in ordinal order.</summary>
    public IEnumerable<string> Names => _byName.Keys;

    /// <summary>The skill behind a tool or prompt, or null.</summary>
    public SkillEntry? FindByFeature(string name) => _byFeature.GetValueOrDefault(name);

    /// <summary>The skill of that name, or null.</summary>
    public SkillEntry? FindByName(string name) => _byName.GetValueOrDefault(name);

    /// <summary>Whether the name is one of the Agent Skills specification, which SEP-2640 requires of published skills.</summary>
    public static bool IsPublishable(string name) => AgentSkillsName().IsMatch(name);

    private static McpFeatureSet FeaturesOf(long number, SkillOffer[] offers) => new()
    {
        Number = number,
        Tools = [.. offers.Select(o => o.Tool).OfType<Tool>()],
        Prompts = [.. offers.Select(o => o.Prompt).OfType<Prompt>()],
        Resources = [.. offers.Select(o => o.Resource)],
        ResourceTemplates = Templates,
        SkillUris = [.. offers.Where(o => o.IsPublished).Select(o => o.Resource.Uri)],
        ResourceVersions = offers.ToDictionary(o => o.Resource.Uri, o => o.Sha256),
    };

    private static SkillOffer OfferOf(SkillEntry skill) => new(
        ToolNames.Of(skill.Name), skill.ModelInvocable ? ToolOf(skill) : null, skill.UserInvocable ? PromptOf(skill) : null,
        ResourceOf(skill), skill.Sha256, skill.ModelInvocable && IsPublishable(skill.Name));

    private static Tool ToolOf(SkillEntry skill) => new()
    {
        Name = ToolNames.Of(skill.Name),
        Title = skill.Name,
        Description = $"Skill instructions{Lacking(skill)}: {skill.Description}",
        InputSchema = skill.Frontmatter.TryGetValue("argument-hint", out var hint) ? InputSchema(hint) : DefaultInput,
        OutputSchema = Output,
        Annotations = new()
        {
            Title = skill.Name, ReadOnlyHint = true, DestructiveHint = false, IdempotentHint = true, OpenWorldHint = false,
        },
    };

    private static Prompt PromptOf(SkillEntry skill) => new()
    {
        Name = ToolNames.Of(skill.Name),
        Title = skill.Name,
        Description = skill.Eligible ? skill.Description : $"{Lacking(skill).TrimStart()}: {skill.Description}",
        Arguments = [new() { Name = "arguments", Description = skill.Frontmatter.GetValueOrDefault("argument-hint", "What the skill is applied to") }],
    };

    private static string Lacking(SkillEntry skill) => skill.Missing is null ? "" : $" (not usable on this host, which lacks {MissingText.Of(skill.Missing)})";

    private static Resource ResourceOf(SkillEntry skill) => new()
    {
        Uri = SkillUri.Of(skill.Name), Name = skill.Name, Description = skill.Description, MimeType = "text/markdown",
    };

    private static JsonElement InputSchema(string description) => JsonSerializer.SerializeToElement(
        new JsonObject
        {
            ["type"] = "object",
            ["properties"] = new JsonObject
            {
                ["arguments"] = new JsonObject { ["type"] = "string", ["description"] = description },
            },
        },
        SchemaJson.Default.JsonObject);

    [GeneratedRegex("^(?!.*--)[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?$")]
    private static partial Regex AgentSkillsName();

    /// <summary>What one skill offers.</summary>
    private sealed record SkillOffer(string Name, Tool? Tool, Prompt? Prompt, Resource Resource, string Sha256, bool IsPublished);
}
