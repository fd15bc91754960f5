using ClawGrains.Client.Mcp.Features;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClawGrains.Client.Tests.Mcp.Features;

public sealed class FeatureHubTests
{
    [Fact]
    public async Task Index_AfterAChange_IsTheNewOne()
    {
        var source = FakeSource.Of(1);
        await using var hub = HubOf(source);
        var first = await hub.GetAsync(default);
        source.Change(f => f with { Tools = [] });
        var second = await hub.WaitForOtherAsync(first, default).WaitAsync(PipeSession.Patience);
        second.Tools.ShouldBeEmpty();
        FeatureChange.Between(first, second).ShouldBe(new FeatureChange(Tools: true, Prompts: false, Resources: false));
        hub.Find(first.Version).ShouldBeSameAs(first);
    }

    [Fact]
    public async Task Index_BeforeManyChanges_IsForgotten()
    {
        var source = FakeSource.Of(1);
        await using var hub = HubOf(source);
        var first = await hub.GetAsync(default);
        var at = first;
        for (var i = 0; i < FeatureHub.KeptIndexes + 1; i++)
        {
            source.Change(f => f with { Tools = [FakeSource.Tool($"t{f.Number}")] });
            at = await hub.WaitForOtherAsync(at, default).WaitAsync(PipeSession.Patience);
        }
        hub.Find(first.Version).ShouldBeNull();
    }

    [Fact]
    public async Task Listing_UnderWayWhileManyChangesCome_EndsOnTheIndexItBeganWith()
    {
        var source = FakeSource.Of(5);
        await using var hub = HubOf(source);
        var (pager, at) = (new Pager(hub, 2), await hub.GetAsync(default));
        var listed = new List<string>();
        string? cursor = null;
        do
        {
            var page = await pager.GetAsync("tools", cursor, i => i.Tools, default);
            listed.AddRange(page.Items.Select(t => t.Name));
            cursor = page.NextCursor;
            for (var i = 0; i < FeatureHub.KeptIndexes + 1; i++)
            {
                source.Change(f => f with { Tools = [FakeSource.Tool($"t{f.Number}")] });
                at = await hub.WaitForOtherAsync(at, default).WaitAsync(PipeSession.Patience);
            }
        }
        while (cursor is not null);
        listed.Count.ShouldBe(5);
    }

    [Fact]
    public void PagedIndexes_OfMoreThanAreKept_ForgetTheOneLongestUnused()
    {
        using var paged = new PagedIndexes(TimeProvider.System);
        for (var i = 0; i < PagedIndexes.Most + 1; i++)
        {
            paged.Keep(new FeatureIndex($"{i}", []));
            paged.Keep(new FeatureIndex("0", []));
        }
        (paged.Find("0"), paged.Find("1"), paged.Find("2")).ShouldSatisfyAllConditions(f => f.Item1.ShouldNotBeNull(), f => f.Item2.ShouldBeNull(), f => f.Item3.ShouldNotBeNull());
    }

    [Fact]
    public async Task Change_ThatCollides_LeavesTheIndexBefore()
    {
        var (a, b) = (FakeSource.Of(1), new FakeSource());
        await using var hub = HubOf(a, b);
        var first = await hub.GetAsync(default);
        b.Change(f => f with { Tools = [FakeSource.Tool("tool-0000")] });
        b.Change(f => f with { Tools = [FakeSource.Tool("other")] });
        var next = await hub.WaitForOtherAsync(first, default).WaitAsync(PipeSession.Patience);
        next.Tools.Select(t => t.Name).ShouldBe(["tool-0000", "other"]);
    }

    [Fact]
    public async Task FirstIndex_ThatCollides_Throws()
    {
        await using var hub = HubOf(FakeSource.Of(1), FakeSource.Of(1));
        await Should.ThrowAsync<FeatureCollisionException>(() => hub.GetAsync(default).AsTask());
    }

    [Fact]
    public async Task Source_OfAHostThatStops_IsNoFailure()
    {
        var (source, log) = (FakeSource.Of(1), new FirstLine());
        await using var hub = new FeatureHub([source], TimeProvider.System, log);
        await hub.GetAsync(default);
        source.Failure = new Orleans.Runtime.SiloUnavailableException("The grain runtime is not running.");
        source.Change(f => f with { Tools = [] });
        (await log.Level.Task.WaitAsync(PipeSession.Patience)).ShouldBe(LogLevel.Debug);
    }

    private sealed class FirstLine : ILogger<FeatureHub>
    {
        public TaskCompletionSource<LogLevel> Level { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Level.TrySetResult(logLevel);
    }

    private static FeatureHub HubOf(params FakeSource[] sources) =>
        new(sources, TimeProvider.System, NullLogger<FeatureHub>.Instance);
}
