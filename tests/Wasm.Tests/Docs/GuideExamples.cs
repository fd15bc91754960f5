using System.Text;
using ClawGrains.Wasm.Tests.Building;

namespace ClawGrains.Wasm.Tests.Docs;

/// <summary>The examples of <c>docs/wasm.md</c>, each as it stands there; <see cref="GuideTests"/> compares them.</summary>
public sealed class GuideExamples : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly StringBuilder _output = new();
    private readonly string file;

    public GuideExamples()
    {
        file = Write("guest", Guest());
        Console.Output = _output;
    }

    private string Output => _output.ToString().TrimEnd();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void LoadAndCall()
    {
        using var engine = new Engine();
        var module = engine.Compile(File.ReadAllBytes(file));
        using var store = new Store(engine);
        var instance = store.Instantiate(module, imports(store));
        var add = instance.GetFunction("add").ToDelegate<Func<int, int, int>>();
        Console.WriteLine(add(40, 2));
        Output.ShouldBe("42");
        var divide = instance.GetFunction("divmod").ToDelegate<Func<int, int, (int, int)>>();
        var (quotient, rest) = divide(17, 5);
        (quotient, rest).ShouldBe((3, 2));
        var sum = instance.GetFunction("add").Call(Value.I32(40), Value.I32(2))[0].AsI32();
        sum.ShouldBe(42);
    }

    [Fact]
    public void HostFunctionsAndMemory()
    {
        var (libraryFile, programFile) = (Write("library", Library()), Write("program", Program()));
        using var engine = new Engine();
        using var store = new Store(engine);
        var module = engine.Compile(File.ReadAllBytes(file));
        var offers = new Imports().Add("env", "log", Function.FromDelegate(store, (Caller caller, uint at, uint length) =>
            Console.WriteLine(Encoding.UTF8.GetString(caller.GetMemory()!.Read(at, length)))));
        var guest = store.Instantiate(module, offers);
        guest.GetFunction("greet").Call();
        Output.ShouldBe("hello");
        var library = store.Instantiate(engine.Compile(File.ReadAllBytes(libraryFile)));
        var program = store.Instantiate(engine.Compile(File.ReadAllBytes(programFile)), new Imports().Add("library", library));
        program.GetFunction("f").Call(Value.I32(21))[0].AsI32().ShouldBe(42);
    }

    [Fact]
    public void Limits()
    {
        using var engine = new Engine(new EngineOptions { Metering = true });
        using var store = new Store(engine, new StoreLimits { MemoryBytes = 16 << 20, CallDepth = 1_000 }) { Fuel = 1_000_000 };
        var spin = store.Instantiate(engine.Compile(File.ReadAllBytes(file)), imports(store)).GetFunction("spin").ToDelegate<Action>();
        try
        {
            using (store.InterruptAfter(TimeSpan.FromSeconds(5))) spin();
        }
        catch (TrapException trap) when (trap.Kind is TrapKind.OutOfFuel or TrapKind.Interrupted)
        {
            Console.WriteLine(trap.Message);
        }
        Output.ShouldBe("all fuel consumed");
    }

    [Fact]
    public void ManyShortCalls()
    {
        using var engine = new Engine();
        using var store = new Store(engine);
        var count = store.Instantiate(engine.Compile(File.ReadAllBytes(file)), imports(store)).GetFunction("count").ToDelegate<Func<int>>();
        store.Snapshot();
        var first = count();
        store.Reset();
        var again = count();
        (first, again, count()).ShouldBe((1, 1, 2));
    }

    private static Imports imports(Store store) => new Imports().Add("env", "log", Function.FromDelegate(store, (uint _, uint _) => { }));

    private string Write(string name, ModuleBuilder module)
    {
        var path = Path.Combine(_directory.Path, $"{name}.wasm");
        File.WriteAllBytes(path, module.ToArray());
        return path;
    }

    private static ModuleBuilder Guest()
    {
        var module = new ModuleBuilder();
        var log = module.ImportFunction("env", "log", "ii:");
        module.Memory(1).Data(16, "hello"u8.ToArray());
        byte[] both = [.. Code.Get(0), .. Code.Get(1)];
        module.Export("add", module.Function("ii:i", "", both, Code.Op(0x6A)));
        module.Export("divmod", module.Function("ii:ii", "", both, Code.Op(0x6D), both, Code.Op(0x6F)));
        module.Export("greet", module.Function(":", "", Code.I32(16), Code.I32(5), Code.Call(log)));
        module.Export("spin", module.Function(":", "", Code.Op(0x03, 0x40, 0x0C, 0, 0x0B)));
        byte[] one = [.. Code.I32(0), .. Code.I32(0), .. Code.Memory(0x28, 0), .. Code.I32(1), .. Code.Op(0x6A), .. Code.Memory(0x36, 0)];
        return module.Export("count", module.Function(":i", "", one, Code.I32(0), Code.Memory(0x28, 0)));
    }

    private static ModuleBuilder Library()
    {
        var module = new ModuleBuilder();
        return module.Export("twice", module.Function("i:i", "", Code.Get(0), Code.Get(0), Code.Op(0x6A)));
    }

    private static ModuleBuilder Program()
    {
        var module = new ModuleBuilder();
        var twice = module.ImportFunction("library", "twice", "i:i");
        return module.Export("f", module.Function("i:i", "", Code.Get(0), Code.Call(twice)));
    }

    /// <summary>Stands for the real one, which is the whole process's.</summary>
    private static class Console
    {
        [ThreadStatic]
        private static StringBuilder? output;

        public static StringBuilder Output
        {
            set => output = value;
        }

        public static void WriteLine(object? text) => output!.AppendLine($"{text}");
    }
}
