using System.Diagnostics;
using System.Text;

namespace ClawGrains.Components.Tests.Validation;

/// <summary>Few bytes that ask for much work on types are refused before it is done.</summary>
public sealed class TypeBudgetTests
{
    private static readonly byte[] Resource = [4, 0, 1, (byte)'r', 3, 1];

    [Fact]
    public void Load_InstanceTypesThatDoubleTheirResources_AreRefused()
    {
        var types = Enumerable.Range(1, 29).SelectMany(i => (byte[])[0x42, 3, .. Outer(i - 1), .. Instance("a"), .. Instance("b")]);
        Refused([30, 0x42, 1, .. Resource, .. types]).ShouldContain("resource types of all instances exceed");
    }

    [Fact]
    public void Load_LargeInstanceTypeCopiedAgainAndAgain_IsRefused()
    {
        var names = Enumerable.Range(0, 5000).SelectMany(i => (byte[])[4, 0, .. Name($"t{i}"), 3, 0, 0]);
        var copies = Enumerable.Repeat((byte[])[0x42, 2, .. Outer(0), .. Instance("a")], 5000).SelectMany(b => b);
        Refused([.. Fixture.Leb(5001), 0x42, .. Fixture.Leb(5001), .. Resource, .. names, .. copies]).ShouldContain("types of all imports, exports and instances exceed");
    }

    [Fact]
    public void Load_ManyModestInstances_Succeeds()
    {
        var imports = Enumerable.Range(0, 900).SelectMany(i => (byte[])[0, .. Name($"i{i}"), 5, 0]);
        var component = Component.Load(Fixture.Engine, Fixture.Binary((7, [1, 0x42, 1, .. Resource]), (10, [.. Fixture.Leb(900), .. imports])));
        component.Imports.Count().ShouldBe(900);
    }

    private static string Refused(byte[] types)
    {
        var before = Process.GetCurrentProcess().TotalProcessorTime;
        var error = Should.Throw<ComponentException>(() => Component.Load(Fixture.Engine, Fixture.Binary((7, types))));
        (Process.GetCurrentProcess().TotalProcessorTime - before).ShouldBeLessThan(TimeSpan.FromSeconds(60));
        error.Kind.ShouldBe(ComponentErrorKind.Invalid);
        return error.Message;
    }

    private static byte[] Outer(int type) => [2, 3, 2, 1, (byte)type];

    private static byte[] Instance(string name) => [4, 0, .. Name(name), 5, 0];

    private static byte[] Name(string name) => [(byte)name.Length, .. Encoding.ASCII.GetBytes(name)];
}
