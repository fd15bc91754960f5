using System.Security.Cryptography;
using ClawGrains.Skills.Packages;
using ClawGrains.Skills.Rendering;

namespace ClawGrains.Skills.Sources;

/// <summary>Brings a source to this machine, each kind in its way.</summary>
internal sealed class SourceFetcher(HttpClient http, SourceOptions options)
{
    private const string FileName = "SKILL.md";
    private readonly Downloads _downloads = new(http, options);

    public Task<Fetched> FetchAsync(SkillSource source, string temporary, IProgress<InstallProgress>? progress, CancellationToken cancellationToken) => source switch
    {
        PathSource path => Task.FromResult(FromPath(path)),
        ArchiveSource archive => FromArchiveAsync(archive, temporary, progress, cancellationToken),
        UrlSource url => FromUrlAsync(url, temporary, progress, cancellationToken),
        GitSource git => new GitFetcher(_downloads, options).FetchAsync(git, temporary, progress, cancellationToken),
        ClawHubSource hub => FromClawHubAsync(hub, temporary, progress, cancellationToken),
        _ => throw new ArgumentOutOfRangeException(nameof(source), source, "BUG: a source of an unknown kind."),
    };

    public Task<IReadOnlyList<ClawHubSkill>> SearchAsync(string query, int limit, CancellationToken cancellationToken) =>
        new ClawHubClient(_downloads, options).SearchAsync(query, limit, cancellationToken);

    private static Fetched FromPath(PathSource source)
    {
        var directory = File.Exists(source.Path) ? Path.GetDirectoryName(source.Path)! : SkillFolder.Find(source.Path, source.Path);
        return new Fetched(directory, SkillOrigin.FromPath(directory));
    }

    private async Task<Fetched> FromArchiveAsync(ArchiveSource source, string temporary, IProgress<InstallProgress>? progress, CancellationToken cancellationToken)
    {
        var (directory, _) = await Unpacking.UnpackAsync(source.Path, temporary, options.Archives, progress, cancellationToken).ConfigureAwait(false);
        return new Fetched(SkillFolder.Find(directory, source.Path), new SkillOrigin("archive", source.Path));
    }

    private async Task<Fetched> FromUrlAsync(UrlSource source, string temporary, IProgress<InstallProgress>? progress, CancellationToken cancellationToken)
    {
        var origin = new SkillOrigin("url", source.Url.AbsoluteUri);
        var isFile = source.Url.AbsolutePath.EndsWith("/" + FileName, StringComparison.Ordinal);
        var directory = Directory.CreateDirectory(Path.Combine(temporary, "download")).FullName;
        var file = Path.Combine(directory, isFile ? FileName : "archive");
        await _downloads.GetAsync(source.Url, null, async response =>
        {
            if (response.Content.Headers.ContentType?.MediaType is "text/html" or "application/xhtml+xml")
                throw new SourceException(SourceCodes.Archive, "a web page (HTML) came instead of the file; give the address of the file itself");
            await _downloads.SaveAsync(response, file, progress, cancellationToken).ConfigureAwait(false);
            return true;
        }, cancellationToken).ConfigureAwait(false);
        if (isFile) return new Fetched(directory, origin);
        var (unpacked, _) = await Unpacking.UnpackAsync(file, temporary, options.Archives, progress, cancellationToken).ConfigureAwait(false);
        return new Fetched(SkillFolder.Find(unpacked, source.Url.GetLeftPart(UriPartial.Path)), origin);
    }

    private async Task<Fetched> FromClawHubAsync(ClawHubSource source, string temporary, IProgress<InstallProgress>? progress, CancellationToken cancellationToken)
    {
        var hub = new ClawHubClient(_downloads, options);
        var version = await hub.ResolveAsync(source, cancellationToken).ConfigureAwait(false);
        var archive = Path.Combine(temporary, "skill.zip");
        var origin = new SkillOrigin("clawhub", new ClawHubSource(version.Slug, version.Owner).ToString(), version.Version);
        if (await hub.DownloadAsync(version, archive, progress, cancellationToken).ConfigureAwait(false) is { } handedOver)
        {
            var fetched = await new GitFetcher(_downloads, options).FetchAsync(handedOver, temporary, progress, cancellationToken).ConfigureAwait(false);
            return fetched with { Origin = origin with { Revision = handedOver.Reference } };
        }
        var (directory, _) = await Unpacking.UnpackAsync(archive, temporary, options.Archives, progress, cancellationToken).ConfigureAwait(false);
        await CheckFilesAsync(directory, version, cancellationToken).ConfigureAwait(false);
        return new Fetched(SkillFolder.Find(directory, source.ToString()), origin);
    }

    // Beside its own description (_meta.json) the registry adds nothing, so any other file it does not list came in on the way.
    private static async Task CheckFilesAsync(string directory, ClawHubVersion version, CancellationToken cancellationToken)
    {
        if (version.Files.Count == 0) return;
        var files = SkillFiles.Enumerate(directory).ToDictionary(f => f.RelativePath, f => f.FullPath, StringComparer.Ordinal);
        foreach (var (path, hash) in version.Files)
        {
            if (!files.Remove(path, out var file)) throw Changed(version, path, "is missing");
            await using var stream = File.OpenRead(file);
            if (Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken).ConfigureAwait(false)) != hash) throw Changed(version, path, "has another hash");
        }
        if (files.Keys.FirstOrDefault(f => f != "_meta.json") is { } extra) throw Changed(version, extra, "is not in the list");
    }

    private static SourceException Changed(ClawHubVersion version, string path, string what) => new(SourceCodes.HashChanged,
        $"the archive of {version.Slug} {version.Version} is not what ClawHub lists: {Archives.EntryName.Show(path)} {what}");
}
