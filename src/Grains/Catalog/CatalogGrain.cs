using System.Collections.Immutable;
using ClawGrains.Contracts;
using ClawGrains.Interfaces;
using Microsoft.Extensions.Logging;

namespace ClawGrains.Grains.Catalog;

/// <summary>
/// Holds a tenant's snapshot and swaps it. Interleaves: while a candidate is built, readers go on with the old one.
/// </summary>
[Orleans.Concurrency.Reentrant]
internal sealed class CatalogGrain : Grain, ICatalogGrain
{
    // A client waits for notice of a change no longer than that for the tools that come with it.
    private static readonly TimeSpan SyncLimit = TimeSpan.FromSeconds(2);

    private readonly CatalogServices _services;
    private readonly CatalogHistory _history;
    private readonly ReloadQueue _reloads;
    private readonly CatalogReports _reports;
    private readonly RecentSwaps _swaps;
    private CatalogBuilder? _builder;
    private readonly Queue<CatalogNews> _news = new();
    private Catalog? _current;
    private bool _syncing;
    private IGrainTimer? _expiry;

    public CatalogGrain(
        [PersistentState("catalog", StorageNames.Default)] IPersistentState<CatalogState> state, CatalogServices services, ILogger<CatalogGrain> logger)
    {
        _services = services;
        _history = new CatalogHistory(state, services.Options.KeptSnapshots);
        _reloads = new ReloadQueue(touched => SwapAsync(new Swap(touched)), AnnounceAsync);
        _reports = new CatalogReports(logger);
        _swaps = new RecentSwaps(services.Time, services.Options.DrainLimit * 2);
    }

    private TenantId Tenant => GrainKeys.TenantOf(this.GetPrimaryKeyString());

    private CatalogBuilder Builder => _builder ??= _services.BuilderFor(Tenant);

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _services.Watched.Remove(Tenant);
        return Task.CompletedTask;
    }

    public async Task<CatalogSnapshot> GetSnapshotAsync() => (await CurrentAsync()).Snapshot;

    public async Task<long> GetSnapshotNumberAsync() => (await CurrentAsync()).Snapshot.Number;

    public async Task<CatalogSnapshot?> GetSnapshotIfNewerAsync(long known)
    {
        var current = await CurrentAsync();
        return current.Snapshot.Number > known ? current.Snapshot : null;
    }

    public async Task<SkillVersion?> GetSkillAsync(string name) => (await CurrentAsync()).Find(name);

    public async Task<SkillReading> ReadSkillAsync(string name)
    {
        var current = await CurrentAsync();
        return new SkillReading { Number = current.Snapshot.Number, Version = current.Find(name) };
    }

    public Task<ReloadReport> ReloadAsync() => _reloads.ReloadAsync(null);

    public Task<ReloadReport> ReloadPathsAsync(ImmutableArray<string> paths) => _reloads.ReloadAsync(paths);

    public Task<ReloadReport> ReloadPluginsAsync() => _reloads.RunAsync(() => SwapAsync(new Swap(null) { IsOfPlugins = true }));

    public async Task<SkillVersion?> GetRevisionAsync(string name, string revision)
    {
        if ((await CurrentAsync()).Find(name) is { } version && version.Entry.Revision == revision) return version;
        var (builder, kept) = (Builder, _history.Fingerprints);
        return await Task.Run(() => kept.Select(f => builder.Recall(f)?.FirstOrDefault(r => r.Active && r.Name == name && r.Revision == revision))
            .OfType<Store.ArchivedSkill>().Select(builder.Recall).FirstOrDefault(s => s is not null)?.ToVersion());
    }

    public async Task<ImmutableArray<byte>?> GetContentAsync(string sha256)
    {
        var store = _services.Stores.Of(Tenant);
        return await Task.Run(() => store.Get(sha256)) is { Length: <= SkillFile.MaxReadBytes } content ? [.. content] : null;
    }

    public async Task<ImmutableArray<SnapshotInfo>> GetSnapshotsAsync()
    {
        await CurrentAsync();
        return _history.Infos;
    }

    public async Task<ReloadReport> RollbackAsync(long? number)
    {
        await CurrentAsync();
        return await _reloads.RunAsync(async () =>
        {
            var target = _history.Find(number);
            var (builder, settings) = (Builder, await SettingsAsync());
            var holds = await Task.Run(() => builder.HoldsFor(target.Fingerprint, settings)) ?? throw CatalogHistory.NotKept(target.Info.Number);
            return await SwapAsync(new Swap(null, new Rollback(target.Info.Number, holds)));
        });
    }

    public async Task<ReloadReport> ResumeAsync()
    {
        await CurrentAsync();
        return await _reloads.RunAsync(() => SwapAsync(new Swap(null, new Rollback(0, []))));
    }

    public async Task<SkillRemoval> RemoveAsync(string name)
    {
        await CurrentAsync();
        var (removed, root) = (false, _services.Roots.Managed(Tenant));
        var report = await _reloads.RunAsync(async () =>
        {
            var removal = ManagedRemoval.Of(name, _current!.ByPath.Values.Select(s => s.Row), [.. _history.Missing.Select(m => m.Path)]);
            removed = await Task.Run(() => removal.Run(root));
            return await SwapAsync(new Swap(null) { Removed = removal.Paths });
        });
        return new SkillRemoval { IsRemoved = removed, Number = report.Number, StillIn = _current!.Find(name)?.Entry.Layer };
    }

    public async Task<ImmutableArray<DrainingVersion>> GetDrainingAsync()
    {
        var skills = _swaps.Names.Select(n => GrainFactory.GetGrain<ISkillGrain>(GrainKeys.Of(Tenant, n)).GetDrainingAsync());
        return [.. (await Task.WhenAll(skills)).SelectMany(d => d)];
    }

    private async Task<Catalog> CurrentAsync()
    {
        while (_current is null) await _reloads.ReloadAsync(null);
        return _current;
    }

    private async Task<TenantSettings> SettingsAsync()
    {
        _services.Roots.SetPlugins(Tenant, await GrainFactory.GetGrain<IPluginRegistryGrain>(GrainKeys.Of(Tenant)).GetSkillDirectoriesAsync());
        return await GrainFactory.GetGrain<ITenantGrain>(GrainKeys.Of(Tenant)).GetSettingsAsync();
    }

    private async Task<ReloadReport> SwapAsync(Swap swap)
    {
        var (builder, past, settings) = (Builder, await PastAsync(), await SettingsAsync());
        var running = await GrainFactory.GetGrain<IPluginRegistryGrain>(GrainKeys.Of(Tenant)).GetRunningAsync();
        _services.Watched.Set(Tenant, builder.RootsOf(settings).Select(r => r.Path));
        var request = new BuildRequest
        {
            Settings = settings, RunningPlugins = running, Touched = swap.Touched, Past = past, Holds = swap.Rollback?.Holds ?? _history.Holds,
            Missing = RulesOf(swap), Number = _history.Number + 1,
        };
        var findings = await Task.Run(() => builder.Look(request));
        await _services.ReadyAsync(findings.Found);
        var candidate = await Task.Run(() => builder.Build(request, findings));
        var report = await RecordAsync(builder, candidate, past, swap.Rollback);
        _current = _history.Label(candidate.Catalog);
        _reports.Swapped(Tenant, report, _current.Snapshot);
        _news.Enqueue(new CatalogNews(report, past, _current, swap.IsOfPlugins));
        WaitForMissing();
        return report;
    }

    private MissingRules RulesOf(Swap swap) => new()
    {
        Known = swap.Rollback is null ? _history.Missing : [],
        Removed = swap.Removed,
        TakesNew = swap.Rollback is null && _current is not null,
        Limit = _services.Options.MissingLimit,
        Now = _services.Time.GetUtcNow(),
    };

    // Nothing in the file system says that the time of a missing skill is up.
    private void WaitForMissing()
    {
        _expiry?.Dispose();
        _expiry = null;
        if (_history.Missing.Min(m => m.Until) is not { } until) return;
        var due = until - _services.Time.GetUtcNow();
        _expiry = this.RegisterGrainTimer(() => _reloads.ReloadAsync([]), due > TimeSpan.Zero ? due : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    private async Task<PastCatalog> PastAsync()
    {
        if (_current is not null) return PastCatalog.Of(_current);
        var (builder, newest) = (Builder, _history.Newest);
        return await Task.Run(() => builder.Recall(newest)) is { } rows ? PastCatalog.Of(rows) : PastCatalog.None;
    }

    // Kept before it is recorded, recorded before it is seen: a number that anyone saw is never given to anything else.
    private async Task<ReloadReport> RecordAsync(CatalogBuilder builder, Candidate candidate, PastCatalog past, Rollback? rollback)
    {
        var isNew = candidate.Draft.Hash != _history.Newest;
        var kept = !isNew || await Task.Run(() => TryKeep(builder, candidate));
        var number = isNew ? _history.Number + 1 : _history.Number;
        var report = CatalogDifference.Between(past.Rows.Values, candidate.Catalog.ByPath.Values.Select(s => s.Row), number);
        if (await _history.RecordAsync(candidate, report, rollback, kept) && _history.IsSweepDue)
        {
            var wanted = _history.Fingerprints;
            await Task.Run(() => builder.Sweep(wanted));
        }
        return report;
    }

    // A full disk keeps nobody from serving: this snapshot can't be gone back to, and that is said.
    private bool TryKeep(CatalogBuilder builder, Candidate candidate)
    {
        try
        {
            builder.Keep(candidate);
            return true;
        }
        catch (Exception e) when ((e is AggregateException a ? a.InnerExceptions[0] : e) is IOException or UnauthorizedAccessException)
        {
            _reports.NotKept(Tenant, e is AggregateException inner ? inner.InnerExceptions[0] : e);
            return false;
        }
    }

    // Not between reloads: whoever hears of this may ask for one, and is waited for.
    private async Task AnnounceAsync()
    {
        while (_news.TryDequeue(out var news)) await AnnounceAsync(news);
    }

    private async Task AnnounceAsync(CatalogNews news)
    {
        if (news.Names.IsEmpty) return;
        _swaps.Add(news.Report.Changed);
        _swaps.Add(news.Report.Removed);
        if (news.TouchesPlugins && !news.IsFirst) await SyncPluginsAsync();
        var streams = this.GetStreamProvider(StreamNames.Provider);
        // Front ends first: whoever asks a skill's grain by their word makes it fetch.
        await streams.GetStream<CatalogChanged>(StreamId.Create(StreamNames.CatalogChanged, GrainKeys.Of(Tenant)))
            .OnNextAsync(new CatalogChanged { Number = news.Report.Number });
        if (news.IsFirst) return;
        var notice = new SkillReload { Number = news.Report.Number };
        foreach (var some in news.Names.Chunk(64))
            await Task.WhenAll(some.Select(name => streams.GetStream<SkillReload>(StreamId.Create(StreamNames.SkillReload, GrainKeys.Of(Tenant, name))).OnNextAsync(notice)));
    }

    // A skill and the tools it carries are told of together, so that clients list once. A component that takes its time, or
    // can't be taken, keeps nobody waiting: the same is done again when the notice arrives.
    private async Task SyncPluginsAsync()
    {
        if (_syncing) return;
        _syncing = true;
        Task sync = GrainFactory.GetGrain<ISkillPluginGrain>(GrainKeys.Of(Tenant)).SyncAsync();
        await sync.WaitAsync(SyncLimit, _services.Time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        _syncing = false;
    }

    /// <param name="Touched">What changed; null where anything may have.</param>
    /// <param name="Rollback">What is held from now on; null where that stays.</param>
    private sealed record Swap(IReadOnlyCollection<string>? Touched, Rollback? Rollback = null)
    {
        public IReadOnlyCollection<string> Removed { get; init; } = [];

        public bool IsOfPlugins { get; init; }
    }
}
