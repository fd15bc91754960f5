using System.Security.Cryptography;
using ClawGrains.Wasm.Tests.Building;

namespace ClawGrains.Wasm.Tests.Compilation;

/// <summary>
/// What a turn of a loop accesses is checked at the loop's head at once; what comes before the access that traps is done all the
/// same. Each loop runs where the memory's writes are marked, which checks one by one, and where they no longer are.
/// </summary>
public class TurnTests
{
    private const int Page = 65536;
    private const uint P = 0, Q = 1, N = 2, Sum = 3;
    private const byte Load = 0x28, Store = 0x36, Add = 0x6A, Sub = 0x6B, Load64 = 0x29;

    private static readonly int[] Edges = [-40, -17, -16, -13, -8, -5, -4, -1, 0, 1, 8, 16, .. Enumerable.Range(0, 25).Select(i => Page - 60 + (i * 3)), int.MinValue, int.MaxValue];

    private readonly record struct Step(uint Local, int Plus, int Offset, bool Stores);

    public static TheoryData<string> Shapes => ["stores", "loads", "both", "two", "before", "far", "offsets", "moved"];

    [Theory, MemberData(nameof(Shapes))]
    public void Turn_AtTheEdges_DoesWhatComesBeforeTheTrap(string shape)
    {
        var steps = StepsOf(shape);
        foreach (var edge in Edges)
        {
            var expected = Model(steps, edge, 128, 6);
            Run(steps, edge, 128, 6, hot: false).ShouldBe(expected with { Fuel = 0 }, $"cold at {edge}");
            Run(steps, edge, 128, 6, hot: true).ShouldBe(expected with { Fuel = 0 }, $"hot at {edge}");
        }
    }

    [Theory, MemberData(nameof(Shapes))]
    public void Turn_Metered_TakesTheSameFuel(string shape)
    {
        var steps = StepsOf(shape);
        foreach (var edge in (int[])[-8, 0, 200, Page - 60, Page - 33, Page - 20, Page])
        {
            var cold = Run(steps, edge, 128, 6, hot: false, metered: true);
            if (edge == 200) cold.Fuel.ShouldBePositive();
            Run(steps, edge, 128, 6, hot: true, metered: true).ShouldBe(cold, $"at {edge}");
        }
    }

    [Fact]
    public void Turn_ThatWrapsAround_InAMemoryOfFourGibibytes_Works()
    {
        var module = new ModuleBuilder().Memory(Page);
        module.Export("f", module.Function("ii:i", "", Loop(
            Code.Get(P), Code.I32(-1), Code.Memory(Store, 0), Code.Get(P), Code.I32(8), Code.Op(Add), Code.I32(5), Code.Memory(Store, 0),
            Code.Get(P), Code.I32(4), Code.Op(Add), Code.Set(P), Code.Get(1), Code.I32(1), Code.Op(Sub), Code.Op(0x22, 1)), Code.Get(P), Code.I32(4), Code.Op(Add), Code.Memory(Load, 0)));
        Heat(module);
        using var guest = new Guest(module);
        guest.Get<Action>("heat")();
        guest.Get<Func<int, int, int>>()(-8, 3).ShouldBe(5);
        var memory = guest.Instance.GetMemory("memory");
        foreach (var at in (uint[])[0, 4, 8]) memory.ReadValue<int>(at).ShouldBe(at == 0 ? -1 : 5);
        foreach (var at in (uint[])[uint.MaxValue - 7, uint.MaxValue - 3]) memory.ReadValue<int>(at).ShouldBe(-1);
    }

    [Fact]
    public void Turn_WithValuesBelowTheLoopAndLocalsOfAllKinds_HandsThemOver()
    {
        // 40 + 2.5 + lane 7 lie below and in locals while the second of two loops traps or not, by what lies beyond.
        var module = new ModuleBuilder().Memory(1);
        byte[] turn = Code.Of(
            Code.Get(0), Code.I32(1), Code.Memory(Store, 0), Code.Get(0), Code.I32(2), Code.Memory(Store, 4), Code.Get(0), Code.Memory(Load, 8), Code.Op(0x1A),
            Code.Get(0), Code.I32(12), Code.Op(Add), Code.Set(0), Code.Get(1), Code.I32(1), Code.Op(Sub), Code.Op(0x22, 1));
        module.Export("f", module.Function("ii:F", "FvIi",
            Code.Op(0x44, 0, 0, 0, 0, 0, 0, 4, 0x40), Code.Set(2), Code.I32(7), Code.Op(0xFD, 0x11), Code.Set(3), Code.I64(40), Code.Set(4), Code.I32(100), Code.Set(5),
            Code.I64(1000), Code.Get(1), Loop(Code.Get(5), Code.I32(9), Code.Memory(Store, 0), Code.Get(5), Code.I32(9), Code.Memory(Store, 4), Code.I32(0)), Code.Set(1),
            Loop(turn), Code.Get(4), Code.Op(0x7C, 0xB9), Code.Get(2), Code.Op(0xA0), Code.Get(3), Code.Op(0xFD, 0x1B, 2, 0xB7, 0xA0)));
        Heat(module);
        using var guest = new Guest(module);
        guest.Get<Action>("heat")();
        var f = guest.Get<Func<int, int, double>>();
        f(0, 3).ShouldBe(1000 + 40 + 2.5 + 7);
        f(Page - 36, 3).ShouldBe(1000 + 40 + 2.5 + 7);
        Action act = () => f(Page - 32, 3);
        act.ShouldTrap(TrapKind.MemoryOutOfBounds);
        guest.Instance.GetMemory("memory").ReadValue<int>(Page - 4).ShouldBe(2);
    }

    [Fact]
    public void Turn_OfVectorsWithoutStores_IsExact()
    {
        var module = new ModuleBuilder().Memory(1);
        byte[] Vector(byte offset) => Code.Of(Code.Get(0), Code.Op(0xFD, 0, 0, offset));
        module.Export("f", module.Function("ii:i", "v", Loop(
            Vector(0), Vector(16), Code.Op(0xFD, 0xAE, 1), Code.Get(0), Code.I32(32), Code.Op(Add), Code.Op(0xFD, 0, 0, 0), Code.Op(0xFD, 0xAE, 1), Code.Get(2), Code.Op(0xFD, 0xAE, 1), Code.Set(2),
            Code.Get(0), Code.I32(48), Code.Op(Add), Code.Set(0), Code.Get(1), Code.I32(1), Code.Op(Sub), Code.Op(0x22, 1)), Code.Get(2), Code.Op(0xFD, 0x1B, 0)));
        using var guest = new Guest(module);
        var memory = guest.Instance.GetMemory("memory");
        for (var i = 0; i < 6; i++) memory.WriteValue((uint)(Page - 96 + (16 * i)), 1 << i);
        var f = guest.Get<Func<int, int, int>>();
        f(Page - 96, 2).ShouldBe(63);
        f(Page - 48, 1).ShouldBe(56);
        foreach (var (at, turns) in ((int, int)[])[(Page - 95, 2), (Page - 47, 1), (Page, 1), (-1, 1), (-40, 1)])
        {
            Action act = () => f(at, turns);
            act.ShouldTrap(TrapKind.MemoryOutOfBounds);
        }
    }

    private static Step[] StepsOf(string shape) => shape switch
    {
        "stores" => [new(P, 0, 0, true), new(P, 0, 4, true), new(P, 0, 8, true)],
        "loads" => [new(P, 0, 0, false), new(P, 0, 8, false), new(P, 0, 4, false)],
        "both" => [new(P, 0, 0, true), new(P, 0, 4, false), new(P, 4, 4, true), new(P, 12, 0, false)],
        "two" => [new(P, 0, 0, false), new(Q, 0, 0, true), new(P, 4, 0, false), new(Q, 4, 0, true), new(Q, 0, 8, true)],
        "before" => [new(P, -8, 0, true), new(P, -4, 0, true), new(P, -16, 4, false)],
        "far" => [new(P, 40, 0, true), new(P, 20, 0, true), new(P, 30, 0, true)],
        "offsets" => [new(P, 8, 16, true), new(P, 0, 20, true), new(P, -8, 12, false)],
        // Between the two the local itself changes: see Body.
        "moved" => [new(P, 0, 0, true), new(P, 0, 4, true), new(N, 8, 0, false), new(P, 0, 0, true), new(P, 0, 4, true)],
        _ => throw new ArgumentOutOfRangeException(nameof(shape), shape, null),
    };

    private sealed record Outcome(bool Traps, int Sum, string Memory, long Fuel);

    private static Outcome Model(Step[] steps, int p, int q, int turns)
    {
        var memory = new byte[Page];
        var sum = 0;
        for (var n = turns; n > 0; n--)
        {
            foreach (var step in steps)
            {
                if (step.Local == N)
                {
                    p += step.Plus;
                    continue;
                }
                var at = (long)(uint)((step.Local == P ? p : q) + step.Plus) + step.Offset;
                if (at + 4 > Page) return new Outcome(true, 0, Hash(memory), 0);
                if (step.Stores) BitConverter.TryWriteBytes(memory.AsSpan((int)at), n).ShouldBeTrue();
                else sum += BitConverter.ToInt32(memory, (int)at);
            }
            (p, q) = (p + 8, q + 12);
        }
        return new Outcome(false, sum, Hash(memory), 0);
    }

    private static Outcome Run(Step[] steps, int p, int q, int turns, bool hot, bool metered = false)
    {
        var module = new ModuleBuilder().Memory(1);
        module.Export("f", module.Function("iii:i", "i", Loop([.. steps.Select(Body), Move(P, 8), Move(Q, 12), Code.Of(Code.Get(N), Code.I32(1), Code.Op(Sub), Code.Op(0x22, (byte)N))]), Code.Get(Sum)));
        Heat(module);
        using var guest = new Guest(module, new EngineOptions { Metering = metered });
        if (hot) guest.Get<Action>("heat")();
        guest.Instance.Untracked.ShouldBe(hot);
        if (metered) guest.Store.Fuel = 10_000;
        var (traps, sum) = (false, 0);
        try
        {
            sum = guest.Get<Func<int, int, int, int>>()(p, q, turns);
        }
        catch (TrapException e) when (e.Kind == TrapKind.MemoryOutOfBounds)
        {
            traps = true;
        }
        var memory = guest.Instance.GetMemory("memory");
        return new Outcome(traps, sum, Hash(memory.Read(0, Page)), metered ? 10_000 - guest.Store.Fuel : 0);
    }

    private static string Hash(ReadOnlySpan<byte> memory) => Convert.ToHexString(SHA256.HashData(memory));

    private static byte[] Body(Step step) =>
        step.Local == N ? Move(P, step.Plus)
        : step.Stores ? Code.Of(Address(step), Code.Get(N), Code.Memory(Store, (uint)step.Offset))
        : Code.Of(Address(step), Code.Memory(Load, (uint)step.Offset), Code.Get(Sum), Code.Op(Add), Code.Set(Sum));

    private static byte[] Address(Step step) => step.Plus == 0 ? Code.Get(step.Local) : Code.Of(Code.Get(step.Local), Code.I32(step.Plus), Code.Op(Add));

    private static byte[] Move(uint local, int by) => Code.Of(Code.Get(local), Code.I32(by), Code.Op(Add), Code.Set(local));

    // Goes on while the last leaves something other than zero.
    private static byte[] Loop(params byte[][] body) => Code.Of([Code.Op(0x03, 0x40), .. body, Code.Op(0x0D, 0, 0x0B)]);

    // Writes so often, to where nobody looks and always the same, that writes aren't marked any more.
    private static void Heat(ModuleBuilder module) => module.Export("heat", module.Function(":", "i",
        Code.I32(5000), Code.Set(0), Loop(Code.I32(0), Code.I32(0), Code.Memory(Store, 0), Code.Get(0), Code.I32(1), Code.Op(Sub), Code.Op(0x22, 0))));
}
