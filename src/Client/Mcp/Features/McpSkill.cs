using System.Text.Json.Nodes;

namespace ClawGrains.Client.Mcp.Features;

/// <summary>One skill as <c>skills/list</c> and <c>skills/get</c> describe it (SEP-2640, "Skill Entries").</summary>
internal sealed record McpSkill
{
    /// <summary>The greatest number of files of a skill that every client must accept (SEP-2640, "Limits").</summary>
    public const int MaxFiles = 512;

    /// <summary>The greatest total size in bytes of a skill that every client must accept (SEP-2640, "Limits").</summary>
    public const long MaxTotalBytes = 16 * 1024 * 1024;

    /// <summary>The URI of its <c>SKILL.md</c>.</summary>
    public required string Uri { get; init; }

    /// <summary>The front matter as the author wrote it.</summary>
    public required JsonObject Frontmatter { get; init; }

    /// <summary>Every file of the skill, <c>SKILL.md</c> included.</summary>
    public required IReadOnlyList<McpSkillFile> Files { get; init; }

    /// <summary>Whether it is within the sizes that every client must accept.</summary>
    public bool WithinLimits => Files.Count <= MaxFiles && Files.Sum(f => f.Size) <= MaxTotalBytes;

    /// <summary>The URI of its directory: without <c>/SKILL.md</c>.</summary>
    public string Directory => Uri[..Uri.LastIndexOf('/')];

    /// <summary>The entry on the wire.</summary>
    public JsonObject ToJson() => new()
    {
        ["uri"] = Uri,
        ["frontmatter"] = Frontmatter.DeepClone(),
        ["resources"] = new JsonArray([.. Files.Select(f => (JsonNode)new JsonObject
        {
            ["uri"] = f.Uri,
            ["digest"] = $"sha256:{f.Sha256}",
            ["size"] = f.Size,
        })]),
    };
}

/// <summary>A file of a skill.</summary>
/// <param name="Uri">Its resource URI.</param>
/// <param name="Sha256">The SHA-256 of its bytes, 64 lower-case hexadecimal digits.</param>
/// <param name="Size">Its length in bytes.</param>
/// <param name="MimeType">Its type.</param>
internal sealed record McpSkillFile(string Uri, string Sha256, long Size, string MimeType);
