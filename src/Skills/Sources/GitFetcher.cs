using ClawGrains.Skills.Archives;
using ClawGrains.Skills.Packages;

namespace ClawGrains.Skills.Sources;

/// <summary>A directory that was fetched, before it is looked into.</summary>
internal sealed record Fetched(string Directory, SkillOrigin Origin);

/// <summary>Fetches one commit of a repository, by the git program or as the archive that the host makes of it.</summary>
internal sealed class GitFetcher(Downloads downloads, SourceOptions options)
{
    private const string Kind = "git";
    private const int CommitLength = 40;

    /// <exception cref="SourceException">It cannot be had.</exception>
    public async Task<Fetched> FetchAsync(GitSource source, string temporary, IProgress<InstallProgress>? progress, CancellationToken cancellationToken)
    {
        if (!options.GitHosts.TryGetValue(source.Host, out var host)) throw new SourceException(SourceCodes.Refused, $"{source.Host} is none of the git hosts that are allowed");
        progress?.Report(new InstallProgress(InstallStage.Downloading));
        return options.GitProgram is { } program && GitProgram.Exists(program)
            ? await CloneAsync(source, host, program, temporary, cancellationToken).ConfigureAwait(false)
            : await DownloadAsync(source, host, temporary, progress, cancellationToken).ConfigureAwait(false);
    }

    private async Task<Fetched> CloneAsync(GitSource source, Uri host, string program, string temporary, CancellationToken cancellationToken)
    {
        var repository = Directory.CreateDirectory(Path.Combine(temporary, "repository")).FullName;
        var git = new GitProgram(program, ProtocolOf(host));
        await Run("init", "-q", "--template=").ConfigureAwait(false);
        await Run("remote", "add", "origin", $"{host.AbsoluteUri.TrimEnd('/')}/{source.Owner}/{source.Repository}").ConfigureAwait(false);
        // With a path, files come when they are checked out; a server that cannot do that sends them all.
        string[] filter = source.Path.Length > 0 ? ["--filter=blob:none"] : [];
        await Run(["fetch", "-q", "--depth=1", "--no-tags", "--no-recurse-submodules", .. filter, "origin", source.Reference ?? "HEAD"]).ConfigureAwait(false);
        if (source.Path.Length > 0) await Run("sparse-checkout", "set", "--cone", source.Path).ConfigureAwait(false);
        await Run("checkout", "-q", "--detach", "FETCH_HEAD").ConfigureAwait(false);
        var commit = (await Run("rev-parse", "HEAD").ConfigureAwait(false)).Trim();
        var skill = SkillFolder.Find(Within(repository, source), source.ToString());
        var below = Path.GetRelativePath(repository, skill).Replace(Path.DirectorySeparatorChar, '/');
        CheckTree(await Run("ls-tree", "-r", "-z", "--full-tree", "HEAD", "--", below).ConfigureAwait(false), source);
        return new Fetched(skill, new SkillOrigin(Kind, source.ToString(), commit));

        Task<string> Run(params string[] arguments) => git.RunAsync(repository, arguments, cancellationToken);
    }

    private static string Within(string repository, GitSource source)
    {
        var directory = Path.Combine([repository, .. source.Path.Split('/', StringSplitOptions.RemoveEmptyEntries)]);
        return Directory.Exists(directory) ? directory : throw new SourceException(SourceCodes.NotFound, $"{source} has no directory {source.Path}");
    }

    // Links were checked out as text, submodules as nothing: neither is what the author meant.
    private static void CheckTree(string tree, GitSource source)
    {
        foreach (var entry in tree.Split('\0', StringSplitOptions.RemoveEmptyEntries))
        {
            var what = entry.StartsWith("120000 ", StringComparison.Ordinal) ? "a link" : entry.StartsWith("160000 ", StringComparison.Ordinal) ? "a submodule" : null;
            if (what is not null) throw new SourceException(SourceCodes.Refused, $"{source}: {EntryName.Show(entry[(entry.IndexOf('\t') + 1)..])} is {what}; a skill must hold its files itself");
        }
    }

    private async Task<Fetched> DownloadAsync(GitSource source, Uri host, string temporary, IProgress<InstallProgress>? progress, CancellationToken cancellationToken)
    {
        var url = new Uri($"{host.AbsoluteUri.TrimEnd('/')}/{source.Owner}/{source.Repository}/archive/{source.Reference ?? "HEAD"}.tar.gz");
        var archive = Path.Combine(temporary, "repository.tar.gz");
        await downloads.GetAsync(url, null, async response =>
        {
            await downloads.SaveAsync(response, archive, progress, cancellationToken).ConfigureAwait(false);
            return true;
        }, cancellationToken).ConfigureAwait(false);
        var limits = options.Archives with { Below = source.Path.Length > 0 ? $"*/{source.Path}" : "*" };
        var (directory, comment) = await Unpacking.UnpackAsync(archive, temporary, limits, progress, cancellationToken).ConfigureAwait(false);
        var commit = comment is { Length: CommitLength } && comment.All(char.IsAsciiHexDigitLower) ? comment : null;
        return new Fetched(SkillFolder.Find(directory, source.ToString()), new SkillOrigin(Kind, source.ToString(), commit));
    }

    private string ProtocolOf(Uri host) => host.Scheme switch
    {
        "https" or "file" => host.Scheme,
        "http" when host.IsLoopback || options.AllowPlainHttp => "http",
        _ => throw new SourceException(SourceCodes.Refused, $"{host} is not https; anyone on the way could change the skill"),
    };
}
