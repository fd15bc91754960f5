using ClawGrains.Wasm.Compilation;
using ClawGrains.Wasm.Tests.Building;

namespace ClawGrains.Wasm.Tests.Compilation;

public class ForesightTests
{
    private readonly Queue<IThreadPoolWorkItem> _pool = new();
    private readonly List<int> _begun = [];

    [Fact]
    public void CalleesExpected_AreMadeEverySecondFirstAndTakenOnce()
    {
        var foresight = new Foresight(Chain(6, length: 10), new SpareThreads(1, _pool.Enqueue));
        foresight.Expect([0, 1, 2, 3, 4], untracked: false);
        _pool.Count.ShouldBe(1);
        RunOne();
        RunOne();
        RunOne();
        Taken(foresight, 0).ShouldBeTrue();
        Taken(foresight, 2).ShouldBeTrue();
        Taken(foresight, 4).ShouldBeTrue();
        Taken(foresight, 1).ShouldBeFalse();
        Taken(foresight, 0).ShouldBeFalse();
        RunAll();
        Taken(foresight, 1).ShouldBeTrue();
        Taken(foresight, 3).ShouldBeTrue();
    }

    [Fact]
    public void FunctionTaken_TellsWhatItCallsItself()
    {
        var foresight = new Foresight(Chain(6, length: 10), new SpareThreads(1, _pool.Enqueue));
        foresight.Expect([3], untracked: false);
        RunAll();
        _begun.ShouldBeEmpty();
        Taken(foresight, 3).ShouldBeTrue();
        _begun.ShouldBe([4]);
    }

    [Fact]
    public void NothingCalled_EndsIt_AndWhatIsCalledKeepsItGoing()
    {
        const int functions = 60, kilobyte = 1024;
        var foresight = new Foresight(Chain(functions, kilobyte), new SpareThreads(1, _pool.Enqueue));
        var all = Enumerable.Range(0, functions).ToArray();
        foresight.Expect(all, untracked: false);
        RunAll();
        var made = all.Where(own => Taken(foresight, own)).ToArray();
        made.Length.ShouldBeInRange(25, 32);
        foresight.Expect(all, untracked: false);
        RunAll();
        all.Except(made).Count(own => Taken(foresight, own)).ShouldBe(functions - made.Length);
    }

    [Fact]
    public void FunctionThatChooses_AndLongOnes_AreLeftToTheirCallers()
    {
        var foresight = new Foresight(Chain(3, length: 10_000), new SpareThreads(1, _pool.Enqueue));
        foresight.Expect([.. Enumerable.Range(0, 65)], untracked: false);
        _pool.ShouldBeEmpty();
        foresight.Expect([0, 1], untracked: false);
        RunAll();
        Taken(foresight, 0).ShouldBeFalse();
    }

    [Fact]
    public void GuestWithAndWithoutIt_GetsTheSameAtTheSameFuel()
    {
        var seen = new[] { false, true }.Select(background =>
        {
            var options = new EngineOptions { BackgroundCompilation = background, Metering = true, CacheBytes = 0 };
            using var guest = new Guest(Calling(40), options);
            guest.Store.Fuel = 1_000_000;
            return (guest.Get<Func<int, int>>()(5), guest.Store.Fuel);
        }).ToArray();
        seen[0].ShouldBe(seen[1]);
        seen[0].Item1.ShouldBe(45);
    }

    private void RunAll()
    {
        while (_pool.Count > 0) RunOne();
    }

    private void RunOne() => _pool.Dequeue().Execute();

    private bool Taken(Foresight foresight, int own) => foresight.Take(own, VariantKind.Plain, callees => _begun.AddRange(callees)) is not null;

    // Each calls the next one.
    private static ModuleCode Chain(int functions, int length)
    {
        var module = new ModuleBuilder();
        var type = module.Type("i:i");
        for (var i = 0u; i < functions; i++)
            module.Function(type, [], Code.Get(0), Filling(length), i + 1 < functions ? Code.Call(i + 1) : []);
        return new Engine(new EngineOptions { BackgroundCompilation = false, CacheBytes = 0 }).Compile(module.ToArray()).Code;
    }

    private static byte[] Filling(int length) => Code.Of([.. Enumerable.Repeat(Code.Of(Code.I32(1), Code.Op(0x6A)), length / 3)]);

    private static ModuleBuilder Calling(int functions)
    {
        var module = new ModuleBuilder();
        var type = module.Type("i:i");
        for (var i = 0; i < functions; i++) module.Function(type, [], Code.Get(0), Code.I32(1), Code.Op(0x6A));
        var all = module.Function(type, [], [Code.Get(0), .. Enumerable.Range(0, functions).Select(i => Code.Call((uint)i))]);
        return module.Export("f", all);
    }
}
