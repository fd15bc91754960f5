using ClawGrains.Wasm;

namespace ClawGrains.Components.Tests.Linking;

/// <summary>What a guest still owns when its instance is disposed is destroyed, in the guest's own code and within limits.</summary>
public sealed class DestructorTests
{
    private readonly List<uint> _dropped = [];

    private ComponentInstance Instance(Store? store = null)
    {
        var linker = new ComponentLinker();
        linker.Instance("host").Func("dropped", (uint rep) => _dropped.Add(rep));
        return linker.Instantiate(Component.Load(Fixture.Engine, Fixture.Data("destructors.wasm")), store);
    }

    private static uint Keep(ComponentInstance instance, uint rep) => instance.GetFunction("keep").ToDelegate<Func<uint, uint>>()(rep);

    [Fact]
    public void Dispose_HandlesLeftBehind_AreDestroyedOnce()
    {
        var instance = Instance();
        Keep(instance, 10);
        var second = Keep(instance, 11);
        Keep(instance, 12);
        instance.GetFunction("discard").ToDelegate<Action<uint>>()(second);
        _dropped.ShouldBe([11u]);
        instance.Dispose();
        _dropped.ShouldBe([11u, 10u, 12u]);
        instance.Dispose();
        _dropped.Count.ShouldBe(3);
    }

    [Fact]
    public void Dispose_InACallersStore_DestroysToo()
    {
        using var store = new Store(Fixture.Engine);
        using (var instance = Instance(store)) Keep(instance, 10);
        _dropped.ShouldBe([10u]);
    }

    [Fact]
    public void Resource_InTheHostsHands_IsDestroyedByTheHost()
    {
        using var instance = Instance();
        var given = instance.GetFunction("give").Call(ComponentValue.U32(20))!.Value;
        instance.GetFunction("take").Call(given);
        _dropped.ShouldBeEmpty();
        Should.Throw<ComponentException>(() => instance.GetFunction("take").Call(given)).Message.ShouldContain("already passed on");
        instance.GetFunction("give").Call(ComponentValue.U32(21))!.Value.AsResource().Dispose();
        _dropped.ShouldBe([21u]);
    }

    [Fact]
    public void Dispose_DestructorThatTraps_EndsTheInstanceQuietly()
    {
        var instance = Instance();
        Keep(instance, 1);
        Keep(instance, 10);
        instance.Dispose();
        _dropped.ShouldBe([1u]);
    }

    [Fact]
    public void Dispose_DestructorThatNeverEnds_IsInterrupted()
    {
        var instance = Instance();
        Keep(instance, 2);
        instance.Dispose();
        _dropped.ShouldBe([2u]);
    }

    [Fact]
    public void Dispose_AfterATrap_RunsNoGuestCode()
    {
        var instance = Instance();
        Keep(instance, 10);
        var bad = Keep(instance, 1);
        Should.Throw<ComponentTrapException>(() => instance.GetFunction("discard").Call(ComponentValue.U32(bad))).CoreKind.ShouldBe(TrapKind.Unreachable);
        instance.Dispose();
        _dropped.ShouldBe([1u]);
    }
}
