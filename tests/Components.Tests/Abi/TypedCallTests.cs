namespace ClawGrains.Components.Tests.Abi;

/// <summary>Records, lists and options by a guest and, through it, by the host.</summary>
public sealed class TypedCallTests : IDisposable
{
    private readonly ComponentInstance _instance;
    private Func<Point, Point> _record = p => p;

    public TypedCallTests()
    {
        var linker = new ComponentLinker();
        linker.Instance("host").Func("record", (Point p) => _record(p)).Func("list", (uint[] v) => v).Func("option", (string? v) => v);
        _instance = linker.Instantiate(Component.Load(Fixture.Engine, Fixture.Data("types.wasm")));
    }

    public sealed record Point(int X, int Y, double Z);

    public void Dispose() => _instance.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("host-")]
    public void Call_OfTypedDelegate_GivesBackWhatItGot(string by)
    {
        _instance.GetFunction(by + "record").ToDelegate<Func<Point, Point>>()(new(1, -2, 0.5)).ShouldBe(new(1, -2, 0.5));
        _instance.GetFunction(by + "list").ToDelegate<Func<uint[], uint[]>>()([1, uint.MaxValue]).ShouldBe([1, uint.MaxValue]);
        var option = _instance.GetFunction(by + "option").ToDelegate<Func<string?, string?>>();
        option("grün").ShouldBe("grün");
        option(null).ShouldBeNull();
    }

    [Fact]
    public void Call_WithNullForARecord_KeepsTheInstance()
    {
        var record = _instance.GetFunction("record").ToDelegate<Func<Point, Point>>();
        Should.Throw<ArgumentNullException>(() => record(null!));
        record(new(1, 2, 3)).ShouldBe(new(1, 2, 3));
    }

    [Fact]
    public void HostFunction_ReturningNullForARecord_IsItsMistake()
    {
        _record = _ => null!;
        var error = Should.Throw<ComponentException>(() => _instance.GetFunction("host-record").ToDelegate<Func<Point, Point>>()(new(1, 2, 3)));
        error.Kind.ShouldBe(ComponentErrorKind.Value);
    }

    [Fact]
    public void Call_OfCompiledDelegate_AllocatesNothingButTheResult()
    {
        var record = _instance.GetFunction("record").ToDelegate<Func<Pair, Pair>>();
        for (var i = 0; i < 100; i++) record(new(1, 2, 3));
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++) record(new(i, 2, 3));
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(1000);
    }

    public readonly record struct Pair(int X, int Y, double Z);
}
