using ClawGrains.Client.Mcp.SkillFeatures;
using ClawGrains.Contracts;
using ClawGrains.Interfaces;
using Orleans.Streams;

namespace ClawGrains.Client.Tests.Mcp.SkillFeatures;

public sealed class CatalogWatchTests : IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private LiveHost _host = null!;
    private CatalogWatch _watch = null!;
    private long _number;

    public async Task InitializeAsync()
    {
        _host = await LiveHost.StartAsync();
        _host.Write("a");
        _number = await _host.Catalog.GetSnapshotNumberAsync();
        _watch = new CatalogWatch(_host.Client, TenantId.Default, TimeProvider.System);
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Wait_NewerSnapshotIsThere_CompletesAtOnce() => await _watch.WaitAsync(_number - 1, default).WaitAsync(Limit);

    [Fact]
    public async Task Wait_CatalogChanges_Completes()
    {
        var wait = _watch.WaitAsync(_number, default);
        _host.Write("b");
        await _host.Catalog.ReloadAsync();
        await wait.WaitAsync(Limit);
    }

    [Fact]
    public async Task Wait_ManyAtOnce_AllComplete()
    {
        var waits = Enumerable.Range(0, 20).Select(_ => _watch.WaitAsync(_number, default)).ToArray();
        _host.Write("b");
        await _host.Catalog.ReloadAsync();
        await Task.WhenAll(waits).WaitAsync(Limit);
    }

    [Fact]
    public async Task Wait_Cancelled_EndsAndTheNextWaitStillHears()
    {
        using var stop = new CancellationTokenSource();
        var wait = _watch.WaitAsync(_number, stop.Token);
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => wait.WaitAsync(Limit));
        var next = _watch.WaitAsync(_number, default);
        _host.Write("b");
        await _host.Catalog.ReloadAsync();
        await next.WaitAsync(Limit);
    }

    // A notice of a number that the catalog does not have once had the watch ask without end.
    [Fact]
    public async Task Wait_NoticesThatAreDuplicatedOrWrong_AskOnceEachAndGoOnWaiting()
    {
        using var stop = new CancellationTokenSource();
        var wait = _watch.WaitAsync(_number, stop.Token);
        var stream = _host.Client.GetStreamProvider(StreamNames.Provider)
            .GetStream<CatalogChanged>(StreamId.Create(StreamNames.CatalogChanged, GrainKeys.Of(TenantId.Default)));
        var heard = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await stream.SubscribeAsync((notice, _) =>
        {
            if (notice.Number == 999) heard.TrySetResult();
            return Task.CompletedTask;
        });
        foreach (var number in new[] { _number, _number, _number, 500, 999 }) await stream.OnNextAsync(new CatalogChanged { Number = number });
        await heard.Task.WaitAsync(Limit);
        for (var i = 0; i < 200; i++) await _host.Catalog.GetSkillAsync("a");
        wait.IsCompleted.ShouldBeFalse();
        _host.Asked.ShouldBeLessThan(10);
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => wait.WaitAsync(Limit));
    }
}
