using System.Text;
using ClawGrains.Wasm;

namespace ClawGrains.Components.Tests.Abi;

public sealed class CallTests : IDisposable
{
    private readonly ComponentInstance _instance = Fixture.Instance();

    public void Dispose() => _instance.Dispose();

    public static TheoryData<string> Strings => new("", "x", "plain ascii", "grüße", "日本語", "a\0b", "😀 mixed ü", new string('é', 300));

    [Theory]
    [MemberData(nameof(Strings))]
    public void Echo_EveryEncoding_GivesTheStringBack(string text)
    {
        foreach (var name in new[] { "echo", "echo-utf16", "echo-latin1" })
        {
            _instance.GetFunction(name).Call(ComponentValue.String(text))!.Value.AsString().ShouldBe(text, name);
            _instance.GetFunction(name).ToDelegate<Func<string, string>>()(text).ShouldBe(text, name);
        }
    }

    [Theory]
    [MemberData(nameof(Strings))]
    public void Echo_AllocatorThatNeverMoves_GetsOneBufferPerString(string text)
    {
        foreach (var name in new[] { "echo-utf8", "echo-utf16", "echo-latin1" })
        {
            using var instance = Fixture.Linker().Instantiate(Component.Load(Fixture.Engine, Fixture.Data("strict.wasm")));
            instance.GetFunction(name).Call(ComponentValue.String(text))!.Value.AsString().ShouldBe(text, name);
            instance.GetFunction(name).ToDelegate<Func<string, string>>()(text).ShouldBe(text, name);
        }
    }

    [Fact]
    public void Echo_LoneSurrogate_BecomesReplacementCharacter() =>
        _instance.GetFunction("echo").Call(ComponentValue.String("a\ud800b"))!.Value.AsString().ShouldBe("a\ufffdb");

    [Fact]
    public void Scalars_CompiledAndGeneralPath_Agree()
    {
        var random = new Random(7);
        for (var i = 0; i < 500; i++)
        {
            var bits = random.NextInt64();
            Same("echo-s8", (sbyte)bits, ComponentValue.S8);
            Same("echo-u16", (ushort)bits, ComponentValue.U16);
            Same("echo-s64", bits, ComponentValue.S64);
            Same("echo-f32", BitConverter.Int32BitsToSingle((int)bits), ComponentValue.F32);
            Same("echo-f64", BitConverter.Int64BitsToDouble(bits), ComponentValue.F64);
            Same("echo-bool", (bits & 1) != 0, ComponentValue.Bool);
            Same("echo-char", new Rune((int)(bits & 0xfff)), ComponentValue.Char);
        }
    }

    private void Same<T>(string name, T value, Func<T, ComponentValue> wrap)
    {
        var function = _instance.GetFunction(name);
        var general = function.Call(wrap(value))!.Value;
        wrap(function.ToDelegate<Func<T, T>>()(value)).ShouldBe(general);
        general.ShouldBe(wrap(value));
    }

    [Fact]
    public void Bytes_CompiledAndGeneralPath_Agree()
    {
        var bytes = Enumerable.Range(0, 5000).Select(i => (byte)i).ToArray();
        _instance.GetFunction("echo-bytes").Call(ComponentValue.Bytes(bytes))!.Value.AsBytes().ShouldBe(bytes);
        _instance.GetFunction("echo-bytes").ToDelegate<Func<byte[], byte[]>>()(bytes).ShouldBe(bytes);
    }

    private sealed record Point(int X, int Y);

    [Fact]
    public void Records_AsClrTypes_KeepTheirFields()
    {
        var echo = _instance.GetFunction("echo-points").ToDelegate<Func<Point[], Point[]>>();
        echo([new(1, -2), new(3, 4)]).ShouldBe([new(1, -2), new(3, 4)]);
    }

    [Fact]
    public void HostFunction_FromDelegate_IsCalled()
    {
        _instance.GetFunction("call-host").ToDelegate<Func<uint, uint, uint>>()(20, 22).ShouldBe(42u);
        _instance.GetFunction("call-greet").Call(ComponentValue.String("Bö"))!.Value.AsString().ShouldBe("Hello, Bö!");
    }

    [Fact]
    public void Call_WrongValue_IsTheCallersMistakeAndKeepsTheInstance()
    {
        Should.Throw<ComponentException>(() => _instance.GetFunction("add").Call(ComponentValue.String("x"), ComponentValue.U32(1))).Kind.ShouldBe(ComponentErrorKind.Value);
        Should.Throw<ArgumentNullException>(() => _instance.GetFunction("echo").ToDelegate<Func<string, string>>()(null!));
        _instance.GetFunction("add").Call(ComponentValue.U32(1), ComponentValue.U32(2)).ShouldBe(ComponentValue.U32(3));
    }

    [Fact]
    public void Trap_PoisonsTheInstance()
    {
        var trap = Should.Throw<ComponentTrapException>(() => _instance.GetFunction("trap").Call());
        trap.CoreKind.ShouldBe(TrapKind.Unreachable);
        Should.Throw<ComponentTrapException>(() => _instance.GetFunction("add").ToDelegate<Func<uint, uint, uint>>()(1, 2)).Message.ShouldBe("cannot enter component instance");
    }

    [Fact]
    public void Fuel_UsedUp_Traps()
    {
        using var store = new Store(Fixture.Metered) { Fuel = 10_000 };
        using var instance = Fixture.Linker().Instantiate(Component.Load(Fixture.Metered, Fixture.Calls), store);
        Should.Throw<ComponentTrapException>(() => instance.GetFunction("spin").Call()).CoreKind.ShouldBe(TrapKind.OutOfFuel);
    }

    [Fact]
    public void HostException_PassesThroughUnchanged()
    {
        var linker = Fixture.Linker();
        linker.Instance("host").Func("add", (uint _, uint _) => (uint)(1 / int.Parse("0", null)));
        using var instance = linker.Instantiate(Component.Load(Fixture.Engine, Fixture.Calls));
        Should.Throw<DivideByZeroException>(() => instance.GetFunction("call-host").Call(ComponentValue.U32(1), ComponentValue.U32(2)));
    }
}
