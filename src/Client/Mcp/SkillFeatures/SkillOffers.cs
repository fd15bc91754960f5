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

    /// <param name="snapshot">The snapshot.</param>
    public SkillOffers(CatalogSnapshot snapshot)
    {
        var offered = snapshot.Skills.Where(s => s.Eligible || s.Missing is not null).ToArray();
        foreach (var skill in offered) (_byFeature[ToolNames.Of(skill.Name)], _byName[skill.Name]) = (skill, skill);
        Features = new McpFeatureSet
        {
            Number = snapshot.Number,
            Tools = [.. offered.Where(s => s.ModelInvocable).Select(ToolOf)],
            Prompts = [.. offered.Where(s => s.UserInvocable).Select(PromptOf)],
            Resources = [.. offered.Select(ResourceOf)],
            ResourceTemplates = Templates,
            SkillUris = [.. offered.Where(s => s.ModelInvocable && IsPublishable(s.Name)).Select(s => SkillUri.Of(s.Name))],
            ResourceVersions = offered.ToDictionary(s => SkillUri.Of(s.Name), s => s.Sha256),
        };
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
}
