using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using ClawGrains.Client.Mcp.Features;
using ClawGrains.Contracts;
using ClawGrains.Interfaces;
using ClawGrains.Skills.Parsing;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace ClawGrains.Client.Mcp.SkillFeatures;

/// <summary>Offers the skills of a tenant, read from its grains.</summary>
/// <param name="grains">Reaches the grains.</param>
/// <param name="tenant">Whose skills.</param>
/// <param name="waitForNewer">Completes when there is a snapshot with a number above the given one.</param>
internal sealed class SkillFeatureSource(
    IGrainFactory grains, TenantId tenant, Func<long, CancellationToken, Task> waitForNewer) : IMcpFeatureSource
{
    private readonly ConcurrentDictionary<string, JsonObject?> _frontmatter = new(StringComparer.Ordinal);
    private volatile SkillOffers? _features;

    /// <summary>The skills of a tenant, told of changes by the catalog's stream.</summary>
    public static SkillFeatureSource Of(IClusterClient client, TenantId tenant) =>
        new(client, tenant, new CatalogWatch(client, tenant, TimeProvider.System).WaitAsync);

    /// <inheritdoc/>
    public string Name => $"the skills of tenant '{tenant}'";

    /// <inheritdoc/>
    public async ValueTask<McpFeatureSet> GetAsync(CancellationToken cancellationToken) =>
        (await CurrentAsync(cancellationToken)).Features;

    /// <inheritdoc/>
    public Task WaitForChangeAsync(long number, CancellationToken cancellationToken) => waitForNewer(number, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<CallToolResult> CallToolAsync(
        RequestContext<CallToolRequestParams> request, CancellationToken cancellationToken)
    {
        var skill = await RenderAsync(request.Params.Name, ArgumentsOf(request.Params.Arguments), cancellationToken);
        if (request.Params.ProgressToken is { } token)
            await request.Server.NotifyProgressAsync(
                token, new() { Progress = 1, Total = 1, Message = $"Rendered '{skill.Name}'" }, cancellationToken: cancellationToken);
        return SkillResults.Instructions(skill);
    }

    /// <inheritdoc/>
    public async ValueTask<GetPromptResult> GetPromptAsync(
        RequestContext<GetPromptRequestParams> request, CancellationToken cancellationToken) =>
        SkillResults.Prompt(await RenderAsync(request.Params.Name, ArgumentsOf(request.Params.Arguments), cancellationToken));

    /// <inheritdoc/>
    public async ValueTask<ReadResourceResult?> ReadResourceAsync(
        RequestContext<ReadResourceRequestParams> request, CancellationToken cancellationToken)
    {
        var uri = request.Params.Uri;
        if (SkillUri.TryParse(uri) is not { } at) return null;
        if ((await CurrentAsync(cancellationToken)).FindByName(at.Skill) is not { } entry) return null;
        var path = at.Path == SkillUri.Manifest ? Path.GetFileName(entry.FilePath) : at.Path;
        var content = await Grain(at.Skill).ReadFileAsync(path, entry.Since, cancellationToken);
        return content is { } bytes ? SkillResults.File(uri, at.Path, bytes.AsMemory()) : null;
    }

    /// <inheritdoc/>
    public async ValueTask<Completion?> CompleteAsync(CompleteRequestParams request, CancellationToken cancellationToken)
    {
        if (request.Ref is not ResourceTemplateReference template) return null;
        if (!SkillOffers.Templates.Any(t => t.UriTemplate == template.Uri)) return null;
        var features = await CurrentAsync(cancellationToken);
        var candidates = request.Argument.Name switch
        {
            "name" => features.Names,
            "path" when request.Context?.Arguments?.TryGetValue("name", out var name) == true && features.FindByName(name) is { } entry =>
                (await Grain(name).ListFilesAsync(entry.Since, cancellationToken)).Select(f => f.Path),
            _ => [],
        };
        var found = candidates.Where(c => c.StartsWith(request.Argument.Value, StringComparison.OrdinalIgnoreCase)).ToArray();
        return new() { Values = [.. found.Take(100)], Total = found.Length, HasMore = found.Length > 100 };
    }

    /// <inheritdoc/>
    public async ValueTask<McpSkill?> GetSkillAsync(string uri, CancellationToken cancellationToken)
    {
        if (SkillUri.TryParse(uri) is not { Path: SkillUri.Manifest } at || !SkillOffers.IsPublishable(at.Skill)) return null;
        if ((await CurrentAsync(cancellationToken)).FindByName(at.Skill) is not { } entry) return null;
        var grain = Grain(at.Skill);
        if (await FrontmatterAsync(grain, entry) is not { } frontmatter) return null;
        var files = await grain.ListFilesAsync(entry.Since, cancellationToken);
        return new() { Uri = uri, Frontmatter = frontmatter, Files = [.. files.Select(f => Describe(entry, f))] };
    }

    private static McpSkillFile Describe(SkillEntry entry, SkillFile file)
    {
        var path = file.Path == Path.GetFileName(entry.FilePath) ? SkillUri.Manifest : file.Path;
        return new(SkillUri.Of(entry.Name, path), file.Sha256, file.Size, MimeTypes.Of(path));
    }

    // By the hash of the file, since the same text always has the same front matter.
    private async ValueTask<JsonObject?> FrontmatterAsync(ISkillGrain grain, SkillEntry entry)
    {
        if (_frontmatter.TryGetValue(entry.Sha256, out var known)) return known;
        if (await grain.GetVersionAsync(entry.Since) is not { } version) return null;
        var read = FrontMatterJson.TryWrite(version.Source) is { } json ? JsonNode.Parse(json) as JsonObject : null;
        if (!Says(read, "name", entry.Name) || !Says(read, "description", null)) read = null;
        return _frontmatter[version.Entry.Sha256] = read;
    }

    private static bool Says(JsonObject? frontmatter, string key, string? value) =>
        frontmatter?[key] is JsonValue v && v.TryGetValue(out string? text) && text.Length > 0 && (value is null || text == value);

    private async Task<RenderedSkill> RenderAsync(string feature, string arguments, CancellationToken cancellationToken)
    {
        var entry = (await CurrentAsync(cancellationToken)).FindByFeature(feature) ?? throw SkillResults.Gone(feature);
        if (entry.Missing is { } missing) throw SkillResults.Lacks(entry.Name, missing);
        return await Grain(entry.Name).RenderAsync(arguments, entry.Since) ?? throw SkillResults.Gone(entry.Name);
    }

    private static string ArgumentsOf(IDictionary<string, JsonElement>? arguments)
    {
        if (arguments is null || !arguments.TryGetValue("arguments", out var value)) return "";
        return value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : throw new PluginException(PluginErrorKind.InvalidArguments, $"'arguments' must be a string, not {value.ValueKind}.");
    }

    private ISkillGrain Grain(string skill) => grains.GetGrain<ISkillGrain>(GrainKeys.Of(tenant, skill));

    private async ValueTask<SkillOffers> CurrentAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var known = _features;
        var newer = await grains.GetGrain<ICatalogGrain>(GrainKeys.Of(tenant)).GetSnapshotIfNewerAsync(known?.Features.Number ?? long.MinValue);
        return newer is null ? known! : Adopt(newer);
    }

    // Several callers may have asked at once; what is offered never goes back to an older snapshot.
    private SkillOffers Adopt(CatalogSnapshot newer)
    {
        lock (_frontmatter)
        {
            if (_features is { } other && other.Features.Number >= newer.Number) return other;
            var offers = new SkillOffers(newer, _features);
            foreach (var old in _frontmatter.Keys.Except(offers.Features.ResourceVersions.Values).ToArray()) _frontmatter.TryRemove(old, out _);
            return _features = offers;
        }
    }
}
