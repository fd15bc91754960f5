using System.Threading.Channels;
using ClawGrains.Silo.Reloading;
using ClawGrains.Skills.Watching;

namespace ClawGrains.Silo.Tests.Reloading;

public sealed class ReloadLoopTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private static readonly SkillChange Change = new(SkillChangeSource.Event);
    private readonly Channel<SkillChange> _changes = Channel.CreateBounded<SkillChange>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly List<TimeSpan> _failures = [];
    private int _reloads;

    [Fact]
    public async Task Run_ChangesDuringAReload_AreOneMore()
    {
        var entered = new SemaphoreSlim(0);
        var gate = new SemaphoreSlim(0);
        var run = Run(async (_, token) =>
        {
            entered.Release();
            await gate.WaitAsync(token);
            _reloads++;
        }, new ImmediateTime());
        _changes.Writer.TryWrite(Change);
        (await entered.WaitAsync(Limit)).ShouldBeTrue();
        for (var i = 0; i < 20; i++) _changes.Writer.TryWrite(Change);
        gate.Release(2);
        _changes.Writer.Complete();
        await run.WaitAsync(Limit);
        _reloads.ShouldBe(2);
    }

    [Fact]
    public async Task Run_ReloadFails_IsTriedAgainEverMoreSlowly()
    {
        var run = Run((_, _) => ++_reloads <= 7 ? throw new InvalidOperationException("no") : Task.CompletedTask, new ImmediateTime());
        _changes.Writer.TryWrite(Change);
        _changes.Writer.Complete();
        await run.WaitAsync(Limit);
        _failures.Select(d => d.TotalSeconds).ShouldBe([1, 2, 4, 8, 16, 30, 30]);
        _reloads.ShouldBe(8);
    }

    [Fact]
    public async Task Run_CancelledWhileWaiting_Ends()
    {
        using var stop = new CancellationTokenSource();
        var loop = new ReloadLoop((_, _) => throw new InvalidOperationException("no"), (_, _) => stop.Cancel(), TimeProvider.System);
        await Should.ThrowAsync<OperationCanceledException>(() => loop.ReloadAsync(Change, stop.Token).WaitAsync(Limit));
    }

    private Task Run(Func<SkillChange, CancellationToken, Task> reload, TimeProvider time) =>
        new ReloadLoop(reload, (_, delay) => _failures.Add(delay), time).RunAsync(_changes.Reader.ReadAllAsync(), CancellationToken.None);

    /// <summary>A clock whose timers are due at once.</summary>
    private sealed class ImmediateTime : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, dueTime == Timeout.InfiniteTimeSpan ? dueTime : TimeSpan.Zero, period);
    }
}
