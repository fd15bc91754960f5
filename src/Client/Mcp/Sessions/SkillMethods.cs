using System.Text.Json.Nodes;
using ClawGrains.Client.Mcp.Features;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

#pragma warning disable MCPEXP002 // Custom request handlers are the SDK's way to speak an extension.

namespace ClawGrains.Client.Mcp.Sessions;

/// <summary>The methods of the skills extension <c>io.modelcontextprotocol/skills</c> (SEP-2640).</summary>
internal sealed class SkillMethods(FeatureHub hub, Pager pager)
{
    /// <summary>The name of the extension in the capabilities.</summary>
    public const string Extension = "io.modelcontextprotocol/skills";

    /// <summary>How many skills of a page are described at once.</summary>
    private const int Concurrency = 8;

    /// <summary>The settings under <see cref="Extension"/>.</summary>
    public static JsonObject Settings => new() { ["directoryRead"] = true };

    /// <summary>The handlers of the three methods.</summary>
    public IList<McpServerRequestHandler> Handlers =>
    [
        new() { Method = "skills/list", Handler = ListAsync },
        new() { Method = "skills/get", Handler = GetAsync },
        new() { Method = "resources/directory/read", Handler = ReadDirectoryAsync },
    ];

    private async ValueTask<JsonNode?> ListAsync(JsonRpcRequest request, CancellationToken cancellationToken)
    {
        var page = await pager.GetAsync("skills/list", Text(request, "cursor"), i => i.Skills, cancellationToken);
        var skills = new McpSkill?[page.Items.Count];
        await Parallel.ForAsync(0, skills.Length, Parallelism(cancellationToken),
            async (i, token) => skills[i] = await FindAsync(page.Items[i], token));
        // A skill that was removed since the index was built, or that no client need accept, is left out.
        var entries = skills.OfType<McpSkill>().Where(s => s.WithinLimits).Select(s => (JsonNode)s.ToJson());
        return Cacheable(request, WithCursor(new JsonObject { ["skills"] = new JsonArray([.. entries]) }, page.NextCursor));
    }

    private async ValueTask<JsonNode?> GetAsync(JsonRpcRequest request, CancellationToken cancellationToken)
    {
        var uri = Text(request, "uri") ?? throw FeatureErrors.InvalidParams("skills/get needs 'uri': the URI of a SKILL.md.");
        var skill = await FindAsync(uri, cancellationToken)
            ?? throw FeatureErrors.InvalidParams($"No skill is served at {uri}. skills/list tells which there are.");
        if (!skill.WithinLimits)
            throw FeatureErrors.InvalidParams(
                $"The skill at {uri} has {skill.Files.Count} files of {skill.Files.Sum(f => f.Size)} bytes, more than the "
                + $"{McpSkill.MaxFiles} files and {McpSkill.MaxTotalBytes} bytes that SEP-2640 lets a client expect.");
        return Cacheable(request, new JsonObject { ["skill"] = skill.ToJson() });
    }

    private async ValueTask<JsonNode?> ReadDirectoryAsync(JsonRpcRequest request, CancellationToken cancellationToken)
    {
        var uri = Text(request, "uri") ?? throw FeatureErrors.InvalidParams("resources/directory/read needs 'uri'.");
        var children = await SkillDirectory.ReadAsync(uri, FindAsync, cancellationToken)
            ?? throw FeatureErrors.InvalidParams($"{uri} is not a directory resource.");
        var page = pager.Cut("resources/directory/read", uri, children, Text(request, "cursor"));
        return Complete(request, WithCursor(new JsonObject { ["resources"] = new JsonArray([.. page.Items]) }, page.NextCursor));
    }

    private async ValueTask<McpSkill?> FindAsync(string uri, CancellationToken cancellationToken)
    {
        foreach (var source in hub.Sources)
            if (await source.GetSkillAsync(uri, cancellationToken) is { } skill) return skill;
        return null;
    }

    private static ParallelOptions Parallelism(CancellationToken cancellationToken) =>
        new() { MaxDegreeOfParallelism = Concurrency, CancellationToken = cancellationToken };

    private static string? Text(JsonRpcRequest request, string name)
    {
        if (request.Params is not JsonObject parameters || parameters[name] is not { } value) return null;
        return value is JsonValue v && v.TryGetValue(out string? text)
            ? text
            : throw FeatureErrors.InvalidParams($"'{name}' must be a string.");
    }

    private static JsonObject WithCursor(JsonObject result, string? cursor)
    {
        if (cursor is not null) result["nextCursor"] = cursor;
        return result;
    }

    // ttlMs, cacheScope and resultType are members of results from 2026-07-28 on; clients of older revisions know none.
    private static JsonObject Cacheable(JsonRpcRequest request, JsonObject result)
    {
        if (ProtocolVersions.IsStateless(request)) (result["ttlMs"], result["cacheScope"]) = (0, "private");
        return Complete(request, result);
    }

    private static JsonObject Complete(JsonRpcRequest request, JsonObject result)
    {
        if (ProtocolVersions.IsStateless(request)) result["resultType"] = "complete";
        return result;
    }
}
