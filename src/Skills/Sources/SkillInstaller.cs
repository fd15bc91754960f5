using ClawGrains.Skills.Model;
using ClawGrains.Skills.Packages;
using ClawGrains.Skills.Rendering;

namespace ClawGrains.Skills.Sources;

/// <summary>
/// Installs a skill from anywhere: fetches it into a directory of its own, checks it against the lock file and puts it into
/// the managed layer. A caller that wants to show the skill and ask first fetches, asks and installs what it fetched.
/// </summary>
/// <param name="options">Where from and how much; null for the defaults.</param>
/// <param name="http">The client to download with; null for one that follows five redirects, never to plain http.</param>
public sealed class SkillInstaller(SourceOptions? options = null, HttpClient? http = null)
{
    private static readonly HttpClient Shared = new(new SocketsHttpHandler { MaxAutomaticRedirections = 5, UseCookies = false }) { Timeout = Timeout.InfiniteTimeSpan };
    private readonly SourceOptions _options = options ?? SourceOptions.Default;
    private readonly SourceFetcher _fetcher = new(http ?? Shared, options ?? SourceOptions.Default);

    /// <summary>Searches ClawHub.</summary>
    /// <exception cref="IOException">It cannot be reached or does not answer as it should.</exception>
    public async Task<IReadOnlyList<ClawHubSkill>> SearchAsync(string query, int limit = 25, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(query);
        try
        {
            return await _fetcher.SearchAsync(query, limit, cancellationToken).ConfigureAwait(false);
        }
        catch (SourceException e)
        {
            throw new IOException(e.Message, e);
        }
    }

    /// <summary>Brings what an install argument names to this machine; see <see cref="SourceParser"/> for its forms.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled; nothing is left.</exception>
    public async Task<SourceResult> FetchAsync(string argument, IProgress<InstallProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(argument);
        var temporary = CreateTemporary();
        FetchedSkill? skill = null;
        try
        {
            skill = await FetchAsync(argument, temporary, progress, cancellationToken).ConfigureAwait(false);
            return new SourceResult(skill, null);
        }
        catch (SourceException e)
        {
            return Failed(e.Code, e.Code == SourceCodes.Archive ? $"{argument}: {e.Message}" : e.Message);
        }
        catch (FormatException e)
        {
            return Failed(SourceCodes.Argument, e.Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Failed(SourceCodes.TooLarge, $"fetching '{argument}' took longer than {_options.Timeout}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Failed(SourceCodes.Unavailable, e.Message);
        }
        finally
        {
            if (skill is null) Discard(temporary);
        }
    }

    /// <summary>Installs what was fetched.</summary>
    /// <exception cref="IOException">The managed root cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The managed root cannot be written.</exception>
    /// <exception cref="InvalidDataException">The lock file is damaged.</exception>
    public static SkillInstallResult Install(
        FetchedSkill skill, string managedRoot, SkillInstallOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(skill);
        if (HashRule.Broken(managedRoot, skill.Origin, skill.Sha256) is { } broken) return SkillInstallResult.Failed(SourceCodes.HashChanged, broken);
        var settings = (options ?? SkillInstallOptions.Default) with { Origin = skill.Origin };
        return SkillPackage.InstallFromDirectory(skill.Directory, managedRoot, settings, cancellationToken);
    }

    /// <summary>Fetches and installs.</summary>
    /// <exception cref="IOException">The managed root cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The managed root cannot be written.</exception>
    /// <exception cref="InvalidDataException">The lock file is damaged.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled; nothing is left.</exception>
    public async Task<SkillInstallResult> InstallAsync(
        string argument, string managedRoot, SkillInstallOptions? options = null, IProgress<InstallProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var (fetched, error) = await FetchAsync(argument, progress, cancellationToken).ConfigureAwait(false);
        if (fetched is null) return SkillInstallResult.Failed(error!.Code, error.Message);
        using (fetched)
        {
            progress?.Report(new InstallProgress(InstallStage.Installing));
            return Install(fetched, managedRoot, options, cancellationToken);
        }
    }

    private async Task<FetchedSkill> FetchAsync(string argument, string temporary, IProgress<InstallProgress>? progress, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(_options.Timeout, _options.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        progress?.Report(new InstallProgress(InstallStage.Resolving));
        var fetched = await _fetcher.FetchAsync(SourceParser.Parse(argument, _options), temporary, progress, either.Token).ConfigureAwait(false);
        return new FetchedSkill(fetched.Directory, fetched.Origin, DirectoryHash.Compute(fetched.Directory), temporary);
    }

    private string CreateTemporary()
    {
        var path = Path.Combine(_options.TemporaryDirectory, $"clawgrains-install-{Guid.NewGuid():N}");
        return (OperatingSystem.IsWindows()
            ? Directory.CreateDirectory(path)
            : Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute)).FullName;
    }

    // Git makes its objects read-only, which on Windows keeps them from being removed.
    internal static void Discard(string directory)
    {
        if (OperatingSystem.IsWindows())
            foreach (var file in new DirectoryInfo(directory).EnumerateFiles("*", SearchOption.AllDirectories)) file.Attributes = FileAttributes.Normal;
        Directory.Delete(directory, recursive: true);
    }

    private static SourceResult Failed(string code, string message) => new(null, new SkillDiagnostic(code, message));
}
