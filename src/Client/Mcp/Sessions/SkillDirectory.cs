using System.Text.Json.Nodes;
using ClawGrains.Client.Mcp.Features;

namespace ClawGrains.Client.Mcp.Sessions;

/// <summary>The directories of a skill as resources (SEP-2640, "Reading Directories").</summary>
internal static class SkillDirectory
{
    /// <summary>The type of a directory resource.</summary>
    public const string MimeType = "inode/directory";

    /// <summary>
    /// The direct children of a directory below or at a skill's root, in ordinal order; null where
    /// <paramref name="uri"/> is not such a directory.
    /// </summary>
    public static async ValueTask<IReadOnlyList<JsonNode>?> ReadAsync(
        string uri, Func<string, CancellationToken, ValueTask<McpSkill?>> find, CancellationToken cancellationToken)
    {
        // The root is the directory itself or one of those above it; skills may nest, and the nearest one knows the files.
        for (var root = uri; root.Length > "skill://".Length; root = root[..root.LastIndexOf('/')])
        {
            if (await find($"{root}/SKILL.md", cancellationToken) is { } skill) return Children(skill, uri);
            if (root.LastIndexOf('/') <= root.IndexOf("//", StringComparison.Ordinal) + 1) return null;
        }
        return null;
    }

    private static List<JsonNode>? Children(McpSkill skill, string uri)
    {
        var prefix = uri + "/";
        var children = new SortedDictionary<string, JsonNode>(StringComparer.Ordinal);
        foreach (var file in skill.Files)
        {
            if (!file.Uri.StartsWith(prefix, StringComparison.Ordinal)) continue;
            var rest = file.Uri[prefix.Length..];
            var slash = rest.IndexOf('/');
            if (slash < 0) children[rest] = Child(file.Uri, rest, file.MimeType, file.Size);
            else children.TryAdd(rest[..slash], Child(prefix + rest[..slash], rest[..slash], MimeType, null));
        }
        return children.Count == 0 ? null : [.. children.Values];
    }

    private static JsonObject Child(string uri, string segment, string mimeType, long? size)
    {
        var child = new JsonObject { ["uri"] = uri, ["name"] = Uri.UnescapeDataString(segment), ["mimeType"] = mimeType };
        if (size is not null) child["size"] = size;
        return child;
    }
}
