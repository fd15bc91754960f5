using System.Text;
using ClawGrains.Components.Wasi;
using ClawGrains.Wasm;

namespace ClawGrains.Components.Tests.Docs;

/// <summary>The examples of <c>docs/components.md</c>, each as it stands there; <see cref="GuideTests"/> compares them.</summary>
public sealed class GuideExamples
{
    public GuideExamples() => Console.Output = new();

    private static string Output => Console.Output.ToString().TrimEnd();

    public sealed record Point(int X, int Y, double Z);

    public sealed class Host
    {
        [ComponentExport("add")]
        public uint Add(uint a, uint b) => a + b;

        [ComponentExport("greet")]
        public string Greet(string name) => $"Hello, {name}!";
    }

    [Fact]
    public void LoadLinkCall()
    {
        var file = InData("calls.wasm");
        using var engine = new Engine();
        var component = Component.Load(engine, File.ReadAllBytes(file));
        var linker = new ComponentLinker();
        linker.Instance("host")
            .Func("add", (uint a, uint b) => a + b)
            .Func("greet", (string name) => $"Hello, {name}!");
        using var instance = linker.Instantiate(component);
        var echo = instance.GetFunction("echo").ToDelegate<Func<string, string>>();
        Console.WriteLine(echo("grüße"));
        Output.ShouldBe("grüße");
    }

    [Fact]
    public void Types()
    {
        var host = new ComponentLinker();
        host.Instance("host").Func("record", (Point p) => p).Func("list", (uint[] v) => v).Func("option", (string? v) => v);
        using var instance = host.Instantiate(Component.Load(Fixture.Engine, Fixture.Data("types.wasm")));
        var move = instance.GetFunction("record").ToDelegate<Func<Point, Point>>();
        var maybe = instance.GetFunction("option").ToDelegate<Func<string?, string?>>();
        var list = instance.GetFunction("list").ToDelegate<Func<uint[], uint[]>>();
        (move(new(1, 2, 3)), maybe(null), list([7])[0]).ShouldBe((new(1, 2, 3), null, 7u));
    }

    [Fact]
    public void Results()
    {
        using var instance = Fixture.Linker().Instantiate(Component.Load(Fixture.Engine, Fixture.Plugin("assemblyscript")));
        var execute = instance.GetFunction("plugin#execute-tool").ToDelegate<Func<string, string, Result<string, string>>>();
        var answer = execute("word-count", """{"text":"four words are here"}""");
        Console.WriteLine(answer.IsOk ? answer.Value : $"failed: {answer.Error}");
        Output.ShouldBe("""{"words":4}""");
    }

    [Fact]
    public void HostOfAClass()
    {
        var linker = new ComponentLinker();
        linker.Instance("host").Methods(new Host());
        using var instance = linker.Instantiate(Component.Load(Fixture.Engine, Fixture.Calls));
        instance.Invoke("call-greet(\"Ada\")").ShouldBe("\"Hello, Ada!\"");
    }

    [Fact]
    public void DataOfTheCall()
    {
        var (linker, component) = (new ComponentLinker(), Component.Load(Fixture.Engine, Fixture.Calls));
        linker.Instance("host").Func("add", (uint a, uint b) => a + b);
        linker.Instance("host").Func("greet", (HostCall call, string name) => $"Hello, {name} of {call.Data}!");
        using var instance = linker.Instantiate(component, data: "tenant-1");
        instance.Invoke("call-greet(\"Ada\")").ShouldBe("\"Hello, Ada of tenant-1!\"");
    }

    [Fact]
    public void Limits()
    {
        var (linker, file) = (Fixture.Linker(), InData("calls.wasm"));
        using var engine = new Engine(new EngineOptions { Metering = true });
        using var store = new Store(engine, new StoreLimits { MemoryBytes = 16 << 20 }) { Fuel = 1_000_000 };
        using var instance = linker.Instantiate(Component.Load(engine, File.ReadAllBytes(file)), store);
        var spin = instance.GetFunction("spin").ToDelegate<Action>();
        Should.Throw<ComponentTrapException>(() => spin()).CoreKind.ShouldBe(TrapKind.OutOfFuel);
    }

    [Fact]
    public void WithoutTypes()
    {
        using var instance = Fixture.Instance();
        Console.WriteLine(instance.Invoke("add(40, 2)"));
        var sum = instance.GetFunction("add").Call(ComponentValue.U32(40), ComponentValue.U32(2));
        (Output, sum).ShouldBe(("42", ComponentValue.U32(42)));
    }

    [Fact]
    public void Wasi()
    {
        var component = Component.Load(Fixture.Engine, Fixture.Data("command.wasm"));
        var linker = WasiHost.AddTo(new ComponentLinker());
        using var instance = linker.Instantiate(component, data: new WasiContext(new WasiOptions { Arguments = ["command", "hello"] }));
        instance.Functions.ShouldNotBeEmpty();
    }

    private static string InData(string name) => Path.Combine(TestData.Repository, "tests/Components.Tests/Data", name);

    /// <summary>Stands for the real one, which is the whole process's.</summary>
    private static class Console
    {
        [ThreadStatic]
        private static StringBuilder? output;

        public static StringBuilder Output
        {
            get => output!;
            set => output = value;
        }

        public static void WriteLine(string? text) => Output.AppendLine(text);
    }
}
