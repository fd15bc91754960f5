using ClawGrains.Skills.Archives;

namespace ClawGrains.Skills.Sources;

/// <summary>Unpacks what was fetched.</summary>
internal static class Unpacking
{
    /// <returns>The directory, and the archive's comment where it has one.</returns>
    /// <exception cref="SourceException">The archive was refused.</exception>
    public static async Task<(string Directory, string? Comment)> UnpackAsync(
        string archive, string temporary, ArchiveOptions limits, IProgress<InstallProgress>? progress, CancellationToken cancellationToken)
    {
        var reports = progress is null ? null : new Reports(progress);
        var result = await ArchiveExtractor.ExtractAsync(archive, temporary, limits, reports, cancellationToken).ConfigureAwait(false);
        if (result.Refusal is { } refusal) throw new SourceException(refusal.Reason == ArchiveRefusalReason.TooLarge ? SourceCodes.TooLarge : SourceCodes.Archive, refusal.Message);
        return (result.Directory!, result.Comment);
    }

    private sealed class Reports(IProgress<InstallProgress> progress) : IProgress<ArchiveProgress>
    {
        public void Report(ArchiveProgress value) => progress.Report(new InstallProgress(InstallStage.Unpacking, value.Files));
    }
}
