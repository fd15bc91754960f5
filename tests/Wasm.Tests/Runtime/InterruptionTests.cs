using System.Diagnostics;
using ClawGrains.Wasm.Tests.Building;

namespace ClawGrains.Wasm.Tests.Runtime;

/// <summary>The promise is 10 ms (bench/Wasm, `interrupt`, measures it); these bounds hold on machines with other work too.</summary>
public class InterruptionTests
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(2);

    public static TheoryData<string, byte[]> Loops => new()
    {
        { "br", Code.Op(0x03, 0x40, 0x0C, 0, 0x0B) },
        { "br_if", Code.Of(Code.Op(0x03, 0x40), Code.I32(1), Code.Op(0x0D, 0, 0x0B)) },
        { "br_if of a comparison", Code.Of(Code.Op(0x03, 0x40), Code.Get(0), Code.I32(7), Code.Op(0x47, 0x0D, 0, 0x0B)) },
        { "br_table", Code.Of(Code.Op(0x03, 0x40), Code.Get(0), Code.Op(0x0E, 1, 0, 0, 0x0B)) },
        { "if within", Code.Of(Code.Op(0x03, 0x40), Code.I32(1), Code.Op(0x04, 0x40, 0x0C, 1, 0x0B, 0x0B)) },
        { "loop with a parameter", Code.Of(Code.I32(1), Code.Op(0x03, 2, 0x0C, 0, 0x0B, 0x1A)) },
        { "nested", Code.Op(0x03, 0x40, 0x03, 0x40, 0x0C, 1, 0x0B, 0x0B) },
        { "calls", Code.Of(Code.Op(0x03, 0x40), Code.I32(1), Code.Call(1), Code.Op(0x0C, 0, 0x0B)) },
        { "stores", Code.Of(Code.Op(0x03, 0x40), Code.I32(0), Code.I32(1), Code.Memory(0x36, 0), Code.Op(0x0C, 0, 0x0B)) },
        { "fill", Code.Of(Code.Op(0x03, 0x40), Code.I32(0), Code.I32(1), Code.I32(256 << 20), Code.Op(0xFC, 0x0B, 0, 0x0C, 0, 0x0B)) },
        { "copy", Code.Of(Code.Op(0x03, 0x40), Code.I32(1), Code.I32(0), Code.I32((256 << 20) - 1), Code.Op(0xFC, 0x0A, 0, 0, 0x0C, 0, 0x0B)) },
        { "table.fill", Code.Of(Code.Op(0x03, 0x40), Code.I32(0), Code.Op(0xD0, 0x70), Code.I32(5_000_000), Code.Op(0xFC, 0x11, 0, 0x0C, 0, 0x0B)) },
        { "table.copy", Code.Of(Code.Op(0x03, 0x40), Code.I32(1), Code.I32(0), Code.I32(4_999_999), Code.Op(0xFC, 0x0E, 0, 0, 0x0C, 0, 0x0B)) },
        { "tail calls", Code.Of(Code.Get(0), Code.ReturnCall(0)) },
        { "throws", Code.Op(0x03, 0x40, 0x1F, 0x40, 1, 2, 0, 0x08, 0, 0x0B, 0x0B) },
    };

    [Theory, MemberData(nameof(Loops))]
    public void Loop_OfAnyKind_IsStoppedFromAnotherThread(string kind, byte[] loop)
    {
        foreach (var metering in new[] { false, true })
        {
            using var guest = new Guest(Module(loop), new EngineOptions { Metering = metering, Features = WasmFeatures.All });
            var f = guest.Get<Action<int>>();
            Action act = () => f(0);
            for (var round = 0; round < 2; round++)
            {
                long asked = 0;
                using var timer = new Timer(_ =>
                {
                    Volatile.Write(ref asked, Stopwatch.GetTimestamp());
                    guest.Store.Interrupt(kind);
                }, null, 10, Timeout.Infinite);
                act.ShouldTrap(TrapKind.Interrupted).Message.ShouldContain(kind);
                Stopwatch.GetElapsedTime(Volatile.Read(ref asked)).ShouldBeLessThan(Bound, kind);
                guest.Store.ClearInterrupt();
            }
        }
    }

    [Fact]
    public void Interrupt_BeforeTheCall_StopsTheFirstLoopOrCall()
    {
        using var guest = new Guest(Module(Code.Op(0x03, 0x40, 0x0C, 0, 0x0B)), new EngineOptions { Features = WasmFeatures.All });
        guest.Store.Interrupt();
        Action act = () => guest.Get<Action<int>>()(0);
        act.ShouldTrap(TrapKind.Interrupted);
        guest.Store.ClearInterrupt();
        guest.Get<Func<int, int>>("g")(3).ShouldBe(3);
    }

    [Theory, InlineData(1000, 998, TrapKind.Interrupted), InlineData(2, 0, TrapKind.Interrupted), InlineData(1, 0, TrapKind.OutOfFuel)]
    [InlineData(long.MaxValue, long.MaxValue - 2, TrapKind.Interrupted)]
    public void Interrupt_OfAMeteredLoop_IsToldFromTheEndOfItsFuel(long fuel, long left, TrapKind kind)
    {
        var module = new ModuleBuilder();
        var host = module.ImportFunction("env", "interrupt", ":");
        module.Export("f", module.Function(":", "", Code.Op(0x03, 0x40), Code.Call(host), Code.Op(0x0C, 0, 0x0B)));
        using var guest = new Guest(module, new EngineOptions { Metering = true }, imports: store =>
            new Imports().Add("env", "interrupt", Function.FromDelegate(store, () => store.Interrupt())));
        guest.Store.Fuel = fuel;
        Action act = () => guest.Get<Action>()();
        act.ShouldTrap(kind);
        guest.Store.Fuel.ShouldBe(left);
    }

    private static ModuleBuilder Module(byte[] loop)
    {
        var module = new ModuleBuilder().Memory(4096).Table(5_000_000);
        var (f, _, _) = (module.Type("i:"), module.Type("i:i"), module.Type("i:i"));
        module.Tag("");
        module.Export("f", module.Function(f, [], loop));
        return module.Export("g", module.Function("i:i", "", Code.Get(0)));
    }
}
