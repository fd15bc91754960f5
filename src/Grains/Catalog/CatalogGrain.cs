using System.Collections.Immutable;
using ClawGrains.Contracts;
using ClawGrains.Interfaces;
using Microsoft.Extensions.Logging;

namespace ClawGrains.Grains.Catalog;

/// <summary>
/// Holds a tenant's snapshot and swaps it. Interleaves: while a candidate is built, readers go on with the old one.
/// </summary>
[Orleans.Concurrency.Reentrant]
internal sealed partial class CatalogGrain(
    [PersistentState("catalog", StorageNames.Default)] IPersistentState<CatalogState> state,
    CatalogBuilder builder,
    ILogger<CatalogGrain> logger) : Grain, ICatalogGrain
{
    private Catalog? _current;
    private Task<ReloadReport>? _reload;

    private TenantId Tenant => GrainKeys.TenantOf(this.GetPrimaryKeyString());

    public async Task<CatalogSnapshot> GetSnapshotAsync() => (await CurrentAsync()).Snapshot;

    public async Task<long> GetSnapshotNumberAsync() => (await CurrentAsync()).Snapshot.Number;

    public async Task<CatalogSnapshot?> GetSnapshotIfNewerAsync(long known)
    {
        var current = await CurrentAsync();
        return current.Snapshot.Number > known ? current.Snapshot : null;
    }

    public async Task<SkillVersion?> GetSkillAsync(string name) => (await CurrentAsync()).Find(name);

    public async Task<ReloadReport> ReloadAsync()
    {
        // One that is under way may have read a file before it changed: wait for it, then begin another.
        while (_reload is { IsCompleted: false } running) await running;
        return await (_reload = SwapAsync());
    }

    private async Task<Catalog> CurrentAsync()
    {
        while (_current is null)
            await (_reload is { IsCompleted: false } running ? running : _reload = SwapAsync());
        return _current;
    }

    private async Task<ReloadReport> SwapAsync()
    {
        var settings = await GrainFactory.GetGrain<ITenantGrain>(GrainKeys.Of(Tenant)).GetSettingsAsync();
        var tenant = Tenant;
        var candidate = await Task.Run(() => builder.Build(tenant, settings));
        var fingerprint = candidate.Fingerprint();
        if (fingerprint != state.State.Fingerprint) await StoreAsync(state.State.Number + 1, fingerprint);

        var next = candidate.WithNumber(state.State.Number);
        var report = CatalogDifference.Between(_current?.Snapshot, next.Snapshot);
        var first = _current is null;
        _current = next;
        LogSwapped(tenant.Value, report.Number, report.Total, report.Added.Length, report.Changed.Length, report.Removed.Length);
        if (!first) await AnnounceAsync(report);
        return report;
    }

    private async Task StoreAsync(long number, string fingerprint)
    {
        (state.State.Number, state.State.Fingerprint) = (number, fingerprint);
        await state.WriteStateAsync();
    }

    private async Task AnnounceAsync(ReloadReport report)
    {
        ImmutableArray<string> names = [.. report.Added, .. report.Changed, .. report.Removed];
        if (names.IsEmpty) return;
        var streams = this.GetStreamProvider(StreamNames.Provider);
        var notice = new SkillReload { Number = report.Number };
        foreach (var name in names)
            await streams.GetStream<SkillReload>(StreamId.Create(StreamNames.SkillReload, GrainKeys.Of(Tenant, name))).OnNextAsync(notice);
        await streams.GetStream<CatalogChanged>(StreamId.Create(StreamNames.CatalogChanged, GrainKeys.Of(Tenant)))
            .OnNextAsync(new CatalogChanged { Number = report.Number });
    }

    [LoggerMessage(LogLevel.Information, "Tenant {tenant}: snapshot {number} with {total} skills ({added} added, {changed} changed, {removed} removed)")]
    private partial void LogSwapped(string tenant, long number, int total, int added, int changed, int removed);
}
