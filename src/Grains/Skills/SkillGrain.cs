using System.Collections.Immutable;
using ClawGrains.Interfaces;
using ClawGrains.Skills.Rendering;
using Orleans.Streams;
using Orleans.Streams.Core;

namespace ClawGrains.Grains.Skills;

/// <summary>
/// Serves one skill. The version is an immutable value that a call takes once, so that it finishes on the version it
/// began with; a notice with a greater number swaps it.
/// </summary>
[ImplicitStreamSubscription(StreamNames.SkillReload)]
internal sealed class SkillGrain : Grain, ISkillGrain, IStreamSubscriptionObserver
{
    private SkillVersion? _version;
    private long _number;

    private string SkillName => GrainKeys.NameOf(this.GetPrimaryKeyString());

    public override Task OnActivateAsync(CancellationToken cancellationToken) => FetchAsync();

    public Task OnSubscribed(IStreamSubscriptionHandleFactory handleFactory) =>
        handleFactory.Create<SkillReload>().ResumeAsync((notice, _) => SwapAsync(notice));

    public Task<SkillVersion?> GetVersionAsync() => Task.FromResult(_version);

    public Task<RenderedSkill?> RenderAsync(string arguments) =>
        Task.FromResult(_version is { } version ? Render(version, arguments) : null);

    public Task<ImmutableArray<SkillFile>> ListFilesAsync(CancellationToken cancellationToken) =>
        _version is { } version
            ? Task.Run(() => SkillDirectory.List(DirectoryOf(version), cancellationToken), cancellationToken)
            : Task.FromResult(ImmutableArray<SkillFile>.Empty);

    public Task<ImmutableArray<byte>?> ReadFileAsync(string path, CancellationToken cancellationToken) =>
        _version is { } version
            ? Task.Run(() => SkillDirectory.ReadAsync(DirectoryOf(version), path, cancellationToken), cancellationToken)
            : Task.FromResult<ImmutableArray<byte>?>(null);

    // Notices may come late, twice or out of order: numbers only grow.
    private Task SwapAsync(SkillReload notice) => notice.Number > _number ? FetchAsync() : Task.CompletedTask;

    private async Task FetchAsync()
    {
        var catalog = GrainFactory.GetGrain<ICatalogGrain>(GrainKeys.Of(GrainKeys.TenantOf(this.GetPrimaryKeyString())));
        var snapshot = await catalog.GetSnapshotNumberAsync();
        (_version, _number) = (await catalog.GetSkillAsync(SkillName), snapshot);
    }

    private static RenderedSkill Render(SkillVersion version, string arguments) => new()
    {
        Name = version.Entry.Name,
        Description = version.Entry.Description,
        SnapshotNumber = version.SnapshotNumber,
        Text = SkillRenderer.Render(version.Body, DirectoryOf(version), arguments),
    };

    private static string DirectoryOf(SkillVersion version) => Path.GetDirectoryName(version.Entry.FilePath)!;
}
