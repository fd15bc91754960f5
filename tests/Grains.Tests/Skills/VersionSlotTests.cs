using System.Runtime.CompilerServices;
using ClawGrains.Grains.Skills;
using ClawGrains.Skills.Tests.Watching;

namespace ClawGrains.Grains.Tests.Skills;

public sealed class VersionSlotTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private readonly ManualTime _time = new();
    private readonly VersionSlot<object> _slot;

    public VersionSlotTests() => _slot = new VersionSlot<object>(_time, Limit);

    [Fact]
    public void Swap_CallUnderWay_FinishesOnItsVersionAndIsThenLetGo()
    {
        var (one, two) = (new object(), new object());
        _slot.Swap(one);
        var call = _slot.Enter()!;
        _slot.Swap(two);
        call.Version.ShouldBeSameAs(one);
        _slot.Enter()!.Version.ShouldBeSameAs(two);
        _slot.Draining.Single().Calls.ShouldBe(1);
        call.Dispose();
        call.Dispose();
        _slot.Draining.ShouldBeEmpty();
        call.Cancelled.IsCancellationRequested.ShouldBeFalse();
    }

    [Fact]
    public void Swap_CallTakesTooLong_IsCancelledAtTheLimit()
    {
        _slot.Swap(new object());
        using var call = _slot.Enter()!;
        _slot.Swap(new object());
        using var next = _slot.Enter()!;
        _time.Advance(Limit - TimeSpan.FromMilliseconds(1));
        call.Cancelled.IsCancellationRequested.ShouldBeFalse();
        _time.Advance(TimeSpan.FromMilliseconds(1));
        call.Cancelled.IsCancellationRequested.ShouldBeTrue();
        next.Cancelled.IsCancellationRequested.ShouldBeFalse();
    }

    [Fact]
    public void Swap_SeveralVersions_DrainSideBySide()
    {
        var calls = new List<VersionSlot<object>.Lease>();
        for (var i = 0; i < 3; i++)
        {
            _slot.Swap(new object());
            calls.Add(_slot.Enter()!);
            calls.Add(_slot.Enter()!);
        }
        _slot.Swap(null);
        _slot.Enter().ShouldBeNull();
        _slot.Draining.Select(d => d.Calls).ShouldBe([2, 2, 2]);
        foreach (var call in calls) call.Dispose();
        _slot.Draining.ShouldBeEmpty();
    }

    [Fact]
    public void Swap_DrainedVersion_IsNotInMemoryAnyMore()
    {
        var old = Drain();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        old.IsAlive.ShouldBeFalse();
        GC.KeepAlive(_slot);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private WeakReference Drain()
    {
        var version = new object();
        _slot.Swap(version);
        using (_slot.Enter()) _slot.Swap(new object());
        return new WeakReference(version);
    }
}
