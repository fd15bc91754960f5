using ClawGrains.Wasm;

namespace ClawGrains.Components.Tests.Linking;

/// <summary>Guests that break the canonical ABI's rules end in a trap that says which one.</summary>
public sealed class HostileGuestTests : IDisposable
{
    private static readonly HostResource Thing = new("thing");
    private readonly Store _store = new(Fixture.Metered) { Fuel = 10_000_000 };
    private readonly ComponentInstance _instance;

    public HostileGuestTests()
    {
        var linker = new ComponentLinker();
        linker.Instance("host").Resource("thing", Thing).Func("make", (call, _) => call.Own(Thing, new object())).Func("note", (_, _) => null);
        _instance = linker.Instantiate(Component.Load(Fixture.Metered, Fixture.Data("hostile.wasm")), _store);
    }

    public void Dispose()
    {
        _instance.Dispose();
        _store.Dispose();
    }

    [Theory]
    [InlineData("beyond()", "list content out-of-bounds")]
    [InlineData("long()", "list byte length exceeds the maximum")]
    [InlineData("far-area()", "pointer out of bounds of memory")]
    [InlineData("odd-area()", "unaligned pointer")]
    [InlineData("bad-text()", "utf-8")]
    [InlineData("bomb()", "lifted values exceed the limit")]
    [InlineData("take-trap([1])", "unreachable")]
    [InlineData("take-odd([1])", "not aligned")]
    [InlineData("take-end([1, 2])", "beyond end of memory")]
    [InlineData("take-calls([1])", "cannot leave component instance")]
    [InlineData("take-spins([1])", "fuel")]
    [InlineData("post-trap()", "unreachable")]
    [InlineData("post-calls()", "cannot leave component instance")]
    [InlineData("forge-drop()", "unknown handle index 77")]
    [InlineData("forge-own()", "unknown handle index 77")]
    [InlineData("get-twice()", "unknown handle index 1")]
    public void Call_BreakingARule_TrapsAndPoisons(string call, string message)
    {
        Should.Throw<ComponentTrapException>(() => _instance.Invoke(call)).Message.ShouldContain(message);
        Should.Throw<ComponentTrapException>(() => _instance.Invoke("beyond()")).Message.ShouldBe("cannot enter component instance");
    }

    [Fact]
    public void Borrow_KeptBeyondTheCall_Traps()
    {
        var thing = _instance.GetFunction("get").Call()!.Value;
        _instance.GetFunction("give-back").Call(thing).ShouldBeNull();
        Should.Throw<ComponentTrapException>(() => _instance.GetFunction("keep").Call(thing)).Message.ShouldContain("borrow handles still remain");
    }

    [Fact]
    public void Realloc_GivingTheSameBufferTwice_HarmsTheGuestAlone()
    {
        // The second list lies over the first; the guest reads what it asked for.
        _instance.Invoke("take-overlapping([1], [2])").ShouldBe("2");
    }

    [Fact]
    public void Types_NestedTooDeep_AreRefused()
    {
        var list = Enumerable.Range(0, 300).SelectMany(i => i == 0 ? [0x70, 0x7d] : (byte[])[0x70, .. Index(i - 1)]);
        Should.Throw<ComponentException>(() => Component.Load(Fixture.Engine, Fixture.Binary((7, [.. Fixture.Leb(300), .. list])))).Message.ShouldContain("deep");
    }

    [Fact]
    public void Types_OfExponentialSize_AreRefusedSoon()
    {
        var pairs = Enumerable.Range(0, 60).SelectMany(i => i == 0 ? [0x6f, 2, 0x7d, 0x7d] : (byte[])[0x6f, 2, .. Index(i - 1), .. Index(i - 1)]);
        Should.Throw<ComponentException>(() => Component.Load(Fixture.Engine, Fixture.Binary((7, [60, .. pairs])))).Kind.ShouldBe(ComponentErrorKind.Invalid);
    }

    [Theory]
    [InlineData(50)]
    [InlineData(1000)]
    [InlineData(5000)]
    public void Instances_NestedDeep_WorkOrAreRefused(int depth)
    {
        var bytes = Fixture.Binary();
        for (var i = 0; i < depth; i++) bytes = Fixture.Binary((4, bytes), (5, [1, 0, 0, 0]));
        try
        {
            using var instance = new ComponentLinker().Instantiate(Component.Load(Fixture.Engine, bytes));
            instance.Functions.ShouldBeEmpty();
        }
        catch (ComponentException e)
        {
            depth.ShouldBeGreaterThan(50);
            e.Message.ShouldContain("deep");
        }
    }

    [Fact]
    public void Instances_AThousandBesideEachOther_Work()
    {
        byte[] thousand = [.. Fixture.Leb(1000), .. Enumerable.Repeat((byte[])[0, 0, 0], 1000).SelectMany(b => b)];
        using var instance = new ComponentLinker().Instantiate(Component.Load(Fixture.Engine, Fixture.Binary((4, Fixture.Binary()), (5, thousand))));
        instance.Functions.ShouldBeEmpty();
    }

    /// <summary>A type index as the signed number that the format wants.</summary>
    private static byte[] Index(int index) => index < 64 ? [(byte)index] : [(byte)(index & 0x7f | 0x80), (byte)(index >> 7)];
}
