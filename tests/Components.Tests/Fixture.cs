using ClawGrains.Wasm;

namespace ClawGrains.Components.Tests;

/// <summary>The components under test and a host for them.</summary>
internal static class Fixture
{
    public static Engine Engine { get; } = new();

    public static Engine Metered { get; } = new(new() { Metering = true });

    public static byte[] Calls => Data("calls.wasm");

    public static byte[] Data(string name) => File.ReadAllBytes(Path.Combine(TestData.Repository, "tests/Components.Tests/Data", name));

    public static byte[] Plugin(string language) => File.ReadAllBytes(Path.Combine(TestData.Repository, $"samples/plugins/{language}/plugin.wasm"));

    public static ComponentLinker Linker()
    {
        var linker = new ComponentLinker();
        linker.Instance("host").Func("add", (uint a, uint b) => a + b);
        linker.Instance("host").Func("greet", (string name) => $"Hello, {name}!");
        linker.Instance("host").Func("log", (byte _, string _) => { });
        return linker;
    }

    public static ComponentInstance Instance() => Linker().Instantiate(Component.Load(Engine, Calls));

    /// <summary>A component of sections given as (id, content) after the preamble.</summary>
    public static byte[] Binary(params (byte Id, byte[] Content)[] sections) =>
        [0, 0x61, 0x73, 0x6d, 0x0d, 0, 1, 0, .. sections.SelectMany(s => (byte[])[s.Id, .. Leb((uint)s.Content.Length), .. s.Content])];

    public static byte[] Leb(uint value)
    {
        var bytes = new List<byte>();
        do
        {
            bytes.Add((byte)((value & 0x7f) | (value > 0x7f ? 0x80u : 0)));
            value >>= 7;
        }
        while (value > 0);
        return [.. bytes];
    }
}
