using System.Runtime.Intrinsics;
using ClawGrains.Wasm.Tests.Building;

namespace ClawGrains.Wasm.Tests.Runtime;

public class HostFunctionTests
{
    [Fact]
    public void Exception_OfTheHost_PassesThroughTheGuestUnchanged()
    {
        var thrown = new FormatException("of the host");
        var module = Importing(":");
        using var guest = new Guest(module, imports: store => Env(Function.FromDelegate(store, (Action)(() => throw thrown))));
        Should.Throw<FormatException>(guest.Get<Action>()).ShouldBeSameAs(thrown);
        Should.Throw<FormatException>(guest.Get<Action>()).ShouldBeSameAs(thrown);
    }

    [Fact]
    public void Typed_EveryKind_GoesThere_AndBack()
    {
        var module = Importing("iIfFv:v", Code.Get(0), Code.Get(1), Code.Get(2), Code.Get(3), Code.Get(4));
        using var guest = new Guest(module, imports: store => Env(Function.FromDelegate(store, (uint i, long l, float f, double d, Vector128<byte> v) =>
            (v.AsUInt32() + Vector128.Create(i, (uint)l, (uint)f, (uint)d)).AsByte())));
        var call = guest.Get<Func<uint, long, float, double, Vector128<byte>, Vector128<byte>>>();
        call(1, 2, 3, 4, Vector128.Create(10u, 20, 30, 40).AsByte()).AsUInt32().ShouldBe(Vector128.Create(11u, 22, 33, 44));
    }

    // Some come back in registers, some in memory that the caller provides.
    [Fact]
    public void Delegate_ResultsOfEverySize_Arrive()
    {
        Call<Func<float>>("f", () => 1.5f)().ShouldBe(1.5f);
        Call<Func<ulong>>("I", () => 7ul)().ShouldBe(7ul);
        Call<Func<object?>>("e", () => "text")().ShouldBe("text");
        Call<Func<(int, int)>>("ii", () => (1, 2))().ShouldBe((1, 2));
        Call<Func<(double, float)>>("Ff", () => (1, 2))().ShouldBe((1, 2));
        Call<Func<(long, int, double)>>("IiF", () => (1, 2, 3))().ShouldBe((1, 2, 3));
        Call<Func<(int, object?)>>("ie", () => (1, "text"))().ShouldBe((1, "text"));

        static T Call<T>(string results, T host) where T : Delegate =>
            new Guest(Importing($":{results}"), imports: store => Env(Function.FromDelegate(store, host))).Get<T>();
    }

    [Fact]
    public void Untyped_SeveralResults_Arrive()
    {
        var module = Importing("iI:Ii", Code.Get(0), Code.Get(1));
        using var guest = new Guest(module, imports: store => Env(Function.FromUntyped(store, FunctionType.Of([ValueKind.I32, ValueKind.I64], [ValueKind.I64, ValueKind.I32]),
            (_, arguments, results) => (results[0], results[1]) = (arguments[1], arguments[0]))));
        guest.Instance.GetFunction("f").Call(Value.I32(5), Value.I64(6)).ShouldBe([Value.I64(6), Value.I32(5)]);
        guest.Get<Func<int, long, (long, int)>>()(5, 6).ShouldBe((6L, 5));
    }

    [Fact]
    public void Untyped_ResultOfAnotherKind_IsTheHostsMistake()
    {
        using var guest = new Guest(Importing(":i"), imports: store => Env(Function.FromUntyped(store, FunctionType.Of([], [ValueKind.I32]), (_, _, results) => results[0] = Value.I64(1))));
        Should.Throw<ArgumentException>(() => guest.Get<Func<int>>()()).Message.ShouldContain("I32");
    }

    [Fact]
    public void Delegate_OfAnotherShape_IsRefused() =>
        Should.Throw<ArgumentException>(() =>
        {
            using var guest = new Guest(Importing(":"), imports: store => Env(Function.FromDelegate(store, () => { })));
            guest.Get<Func<int>>();
        });

    [Fact]
    public void Import_OfAnotherType_IsUnlinkable() =>
        Should.Throw<LinkException>(() => new Guest(Importing("i:", Code.Get(0)), imports: store => Env(Function.FromDelegate(store, () => { })))).Message.ShouldStartWith("incompatible import type");

    [Fact]
    public void Import_Missing_IsUnlinkable() =>
        Should.Throw<LinkException>(() => new Guest(Importing(":"))).Message.ShouldStartWith("unknown import");

    [Fact]
    public void ReentrantCall_DuringHostCall_KeepsTheOuterState()
    {
        // f calls the host, which calls f's module again for its second export, then f adds what it had.
        var module = new ModuleBuilder();
        module.ImportFunction("env", "host", "i:i");
        module.Export("f", module.Function("i:i", "", Code.Get(0), Code.Get(0), Code.Call(0), Code.Op(0x6A)));
        module.Export("g", module.Function("i:i", "", Code.Get(0), Code.I32(10), Code.Op(0x6C)));
        using var guest = new Guest(module, imports: store => new Imports().Add("env", "host",
            Function.FromDelegate(store, (Caller caller, int value) => caller.GetFunction("g")!.ToDelegate<Func<int, int>>()(value))));
        guest.Get<Func<int, int>>()(7).ShouldBe(77);
    }

    [Fact]
    public void Store_UsedFromTwoThreadsAtOnce_IsRefused()
    {
        Exception? seen = null;
        using var guest = new Guest(Importing(":"), imports: store => Env(Function.FromDelegate(store, (Caller caller) =>
        {
            var thread = new Thread(() => seen = Record.Exception(() => caller.GetFunction("f")!.Call()));
            thread.Start();
            thread.Join();
        })));
        guest.Get<Action>()();
        seen.ShouldBeOfType<InvalidOperationException>();
    }

    [Fact]
    public void Function_OfAnotherStore_IsRefused()
    {
        var module = new ModuleBuilder();
        module.Export("f", module.Function("r:r", "", Code.Get(0)));
        using var guest = new Guest(module);
        using var other = new Guest(module);
        var identity = guest.Get<Func<Function?, Function?>>();
        var own = guest.Instance.GetFunction("f");
        identity(own).ShouldBeSameAs(own);
        identity(null).ShouldBeNull();
        Should.Throw<ArgumentException>(() => identity(other.Instance.GetFunction("f")));
        Should.Throw<ArgumentException>(() => own.Call(Value.FuncRef(other.Instance.GetFunction("f"))));
    }

    private static Imports Env(Function function) => new Imports().Add("env", "host", function);

    private static ModuleBuilder Importing(string signature, params byte[][] arguments)
    {
        var module = new ModuleBuilder();
        module.ImportFunction("env", "host", signature);
        module.Export("f", module.Function(signature, "", [.. arguments, Code.Call(0)]));
        return module;
    }
}
