using System.Collections.Immutable;
using ClawGrains.Contracts;
using ClawGrains.Grains.Catalog;
using ClawGrains.Interfaces;
using ClawGrains.Skills.Rendering;
using Orleans.Streams;
using Orleans.Streams.Core;

namespace ClawGrains.Grains.Skills;

/// <summary>
/// Serves one skill. A call takes the version in force once and finishes on it; a notice with a greater number, or a caller that
/// has seen a greater one, makes the grain fetch.
/// </summary>
[ImplicitStreamSubscription(StreamNames.SkillReload)]
internal sealed class SkillGrain(SkillContents contents, CatalogOptions options, TimeProvider time) : Grain, ISkillGrain, IStreamSubscriptionObserver
{
    /// <summary>After so long without news the catalog is asked: a notice may have been lost.</summary>
    private static readonly TimeSpan Trust = TimeSpan.FromSeconds(30);

    private readonly VersionSlot<SkillVersion> _slot = new(time, options.DrainLimit);
    private long _number = -1;
    private long _asked;

    private string SkillName => GrainKeys.NameOf(this.GetPrimaryKeyString());

    private TenantId Tenant => GrainKeys.TenantOf(this.GetPrimaryKeyString());

    public override Task OnActivateAsync(CancellationToken cancellationToken) => FetchAsync();

    public Task OnSubscribed(IStreamSubscriptionHandleFactory handleFactory) =>
        handleFactory.Create<SkillReload>().ResumeAsync((notice, _) => CatchUpAsync(notice.Number));

    public async Task<SkillVersion?> GetVersionAsync(long atLeast)
    {
        await CatchUpAsync(atLeast);
        return _slot.Current;
    }

    public async Task<RenderedSkill?> RenderAsync(string arguments, long atLeast)
    {
        await CatchUpAsync(atLeast);
        return _slot.Current is { } version ? Render(version, arguments) : null;
    }

    public async Task<ImmutableArray<SkillFile>> ListFilesAsync(long atLeast, CancellationToken cancellationToken)
    {
        await CatchUpAsync(atLeast);
        return await RunAsync(contents.ListAsync, [], cancellationToken);
    }

    public async Task<ImmutableArray<byte>?> ReadFileAsync(string path, long atLeast, CancellationToken cancellationToken)
    {
        await CatchUpAsync(atLeast);
        return await RunAsync<ImmutableArray<byte>?>((version, token) => contents.ReadAsync(Tenant, version, path, token), null, cancellationToken);
    }

    public Task<ImmutableArray<DrainingVersion>> GetDrainingAsync() => Task.FromResult<ImmutableArray<DrainingVersion>>(
    [
        .. _slot.Draining.Select(d => new DrainingVersion
        {
            Name = SkillName, Revision = d.Version.Entry.Revision, Since = d.Version.Entry.Since, Calls = d.Calls, CancelledAt = d.CancelledAt,
        }),
    ]);

    private async Task<T> RunAsync<T>(Func<SkillVersion, CancellationToken, Task<T>> call, T none, CancellationToken cancellationToken)
    {
        using var lease = _slot.Enter();
        if (lease is null) return none;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lease.Cancelled);
        try
        {
            return await call(lease.Version, either.Token);
        }
        catch (OperationCanceledException) when (lease.Cancelled.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new PluginException(PluginErrorKind.Cancelled,
                $"The skill '{SkillName}' was replaced by a newer version, and this call did not end within {options.DrainLimit.TotalSeconds:0.#} s after it. Call it again.");
        }
    }

    // Notices may come late, twice, out of order or not at all: numbers only grow.
    private Task CatchUpAsync(long number) => number > _number || time.GetElapsedTime(_asked) > Trust ? FetchAsync() : Task.CompletedTask;

    private async Task FetchAsync()
    {
        var asked = time.GetTimestamp();
        var reading = await GrainFactory.GetGrain<ICatalogGrain>(GrainKeys.Of(Tenant)).ReadSkillAsync(SkillName);
        // Two of these may be under way at once, and the older come last.
        if (reading.Number < _number) return;
        (_number, _asked) = (reading.Number, asked);
        if (!IsCurrent(reading.Version)) _slot.Swap(reading.Version);
    }

    private bool IsCurrent(SkillVersion? version) => ReferenceEquals(_slot.Current?.Entry, version?.Entry) && _slot.Current?.Directory == version?.Directory;

    private static RenderedSkill Render(SkillVersion version, string arguments) => new()
    {
        Name = version.Entry.Name,
        Description = version.Entry.Description,
        SnapshotNumber = version.SnapshotNumber,
        Text = SkillRenderer.Render(version.Body, version.Directory, arguments),
    };
}
