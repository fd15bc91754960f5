using System.Text.Json;

namespace ClawGrains.Skills.Sources;

/// <summary>The part of ClawHub's HTTP API (v1) that installing needs: search, skill, version, download.</summary>
internal sealed class ClawHubClient(Downloads downloads, SourceOptions options)
{
    private const int MaxJsonBytes = 4 << 20;

    public async Task<IReadOnlyList<ClawHubSkill>> SearchAsync(string query, int limit, CancellationToken cancellationToken)
    {
        var answer = await JsonAsync("search", [("q", query.Trim()), ("limit", limit.ToString(System.Globalization.CultureInfo.InvariantCulture))], cancellationToken).ConfigureAwait(false);
        return answer.TryGetProperty("results", out var results) && results.ValueKind == JsonValueKind.Array
            ? [.. results.EnumerateArray().Where(r => Text(r, "slug") is not null).Select(Hit)]
            : throw Malformed("search");
    }

    /// <summary>Finds the version that is meant, and that it may be installed.</summary>
    public async Task<ClawHubVersion> ResolveAsync(ClawHubSource source, CancellationToken cancellationToken)
    {
        var detail = await JsonAsync($"skills/{source.Slug}", Owner(source.Owner), cancellationToken).ConfigureAwait(false);
        var skill = Object(detail, "skill") ?? throw new SourceException(SourceCodes.NotFound, $"{options.ClawHub.Host} has no skill '{source.Slug}'");
        CheckModeration(detail, source);
        var slug = source.Owner is null && Text(skill, "slug") is { } canonical && SourceParser.Parse("clawhub:" + canonical) is ClawHubSource { Owner: null, Version: null } known ? known.Slug : source.Slug;
        var version = source.Version
            ?? (Object(detail, "latestVersion") is { } latest ? Text(latest, "version") : null)
            ?? (Object(skill, "tags") is { } tags ? Text(tags, "latest") : null);
        var files = version is null ? [] : await FilesAsync(slug, source.Owner, version, cancellationToken).ConfigureAwait(false);
        return new ClawHubVersion(slug, source.Owner, version, files);
    }

    /// <summary>Downloads a version's archive; null where it was saved, otherwise the repository that the registry hands over to.</summary>
    public Task<GitSource?> DownloadAsync(ClawHubVersion version, string path, IProgress<InstallProgress>? progress, CancellationToken cancellationToken)
    {
        List<(string, string)> query = [("slug", version.Slug), .. Owner(version.Owner)];
        if (version.Version is { } wanted) query.Add(("version", wanted));
        return downloads.GetAsync(Url("download", query), options.ClawHubToken, async response =>
        {
            if (response.Content.Headers.ContentType?.MediaType == "application/json")
                return HandOver(await ReadJsonAsync(response, cancellationToken).ConfigureAwait(false));
            await downloads.SaveAsync(response, path, progress, cancellationToken).ConfigureAwait(false);
            return null;
        }, cancellationToken);
    }

    private async Task<Dictionary<string, string>> FilesAsync(string slug, string? owner, string version, CancellationToken cancellationToken)
    {
        var answer = await JsonAsync($"skills/{slug}/versions/{Uri.EscapeDataString(version)}", Owner(owner), cancellationToken).ConfigureAwait(false);
        var found = Object(answer, "version") ?? throw new SourceException(SourceCodes.NotFound, $"'{slug}' has no version {version}");
        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        if (!found.TryGetProperty("files", out var list) || list.ValueKind != JsonValueKind.Array) return files;
        foreach (var file in list.EnumerateArray())
            if (Text(file, "path") is { } path && Text(file, "sha256") is { } hash) files[path] = hash.ToLowerInvariant();
        return files;
    }

    private void CheckModeration(JsonElement detail, ClawHubSource source)
    {
        if (Object(detail, "moderation") is not { } moderation) return;
        if (Flag(moderation, "isMalwareBlocked")) throw new SourceException(SourceCodes.Refused, $"ClawHub flags '{source.Slug}' as malware; it is not installed");
        if (Flag(moderation, "isSuspicious") && !options.AllowSuspicious)
            throw new SourceException(SourceCodes.Refused, $"ClawHub flags '{source.Slug}' as suspicious; read it before you allow that");
    }

    private static GitSource HandOver(JsonElement answer)
    {
        var text = $"github.com/{Text(answer, "repo")}{(Text(answer, "path") is { Length: > 0 } path and not "." ? "/" + path.Trim('/') : "")}@{Text(answer, "commit")}";
        try
        {
            return Text(answer, "sourceRef") == "public-github" && SourceParser.Parse(text) is GitSource git ? git : throw Malformed("download");
        }
        catch (FormatException)
        {
            throw Malformed("download");
        }
    }

    private Task<JsonElement> JsonAsync(string path, IEnumerable<(string, string)> query, CancellationToken cancellationToken) =>
        downloads.GetAsync(Url(path, query), options.ClawHubToken, response => ReadJsonAsync(response, cancellationToken), cancellationToken);

    private static async Task<JsonElement> ReadJsonAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            await response.Content.LoadIntoBufferAsync(MaxJsonBytes, cancellationToken).ConfigureAwait(false);
            using var json = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false));
            return json.RootElement.ValueKind == JsonValueKind.Object ? json.RootElement.Clone() : throw Malformed("ClawHub");
        }
        catch (JsonException)
        {
            throw Malformed(response.RequestMessage!.RequestUri!.AbsolutePath);
        }
    }

    private Uri Url(string path, IEnumerable<(string Name, string Value)> query) =>
        new($"{options.ClawHub.AbsoluteUri.TrimEnd('/')}/api/v1/{path}?{string.Join('&', query.Select(q => $"{q.Name}={Uri.EscapeDataString(q.Value)}"))}".TrimEnd('?'));

    private static IEnumerable<(string, string)> Owner(string? owner) => owner is null ? [] : [("ownerHandle", owner)];

    private static ClawHubSkill Hit(JsonElement result) => new(
        Text(result, "slug")!, Text(result, "displayName") ?? Text(result, "slug")!, Text(result, "summary") ?? "", Text(result, "version"),
        Text(result, "ownerHandle") ?? (Object(result, "owner") is { } owner ? Text(owner, "handle") : null));

    private static JsonElement? Object(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Object ? value : null;

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static bool Flag(JsonElement element, string name) => element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;

    private static SourceException Malformed(string what) => new(SourceCodes.Unavailable, $"the answer of {what} is not what ClawHub's API says");
}
