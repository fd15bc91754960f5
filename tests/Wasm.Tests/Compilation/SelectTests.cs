using ClawGrains.Wasm.Tests.Building;

namespace ClawGrains.Wasm.Tests.Compilation;

/// <summary>In loops, <c>select</c> between the numbers compared becomes arithmetic.</summary>
public class SelectTests
{
    private static readonly int[] Numbers = [0, 1, -1, 2, 5, 7, int.MaxValue, int.MinValue, int.MaxValue - 1, int.MinValue + 1];

    public static TheoryData<byte, bool> Orders
    {
        get
        {
            var data = new TheoryData<byte, bool>();
            for (byte opcode = 0x48; opcode <= 0x4F; opcode++)
            {
                data.Add(opcode, false);
                data.Add(opcode, true);
            }
            return data;
        }
    }

    [Theory, MemberData(nameof(Orders))]
    public void Select_OfWhatIsCompared_IsThatOfTheComparison(byte opcode, bool swapped)
    {
        var (first, second) = swapped ? (1u, 0u) : (0u, 1u);
        using var guest = InLoop("ii:i", Code.Get(first), Code.Get(second), Code.Get(0), Code.Get(1), Code.Op(opcode, 0x1B));
        var f = guest.Get<Func<int, int, int>>();
        foreach (var a in Numbers)
            foreach (var b in Numbers)
                f(a, b).ShouldBe(Holds(opcode, a, b) != swapped ? a : b, $"{a}, {b}");
    }

    [Theory, MemberData(nameof(Orders))]
    public void Select_OfWhatIsComparedWithAConstant_IsThatOfTheComparison(byte opcode, bool swapped)
    {
        const int constant = 5;
        byte[] x = Code.Get(0), c = Code.I32(constant);
        using var guest = InLoop("i:i", swapped ? c : x, swapped ? x : c, x, c, Code.Op(opcode, 0x1B));
        var f = guest.Get<Func<int, int>>();
        foreach (var a in Numbers) f(a).ShouldBe(Holds(opcode, a, constant) != swapped ? a : constant, $"{a}");
    }

    [Fact]
    public void Select_OfOneOfWhatIsCompared_IsLeftAsItIs()
    {
        using var guest = InLoop("iii:i", Code.Get(0), Code.Get(2), Code.Get(0), Code.Get(1), Code.Op(0x48, 0x1B));
        var f = guest.Get<Func<int, int, int, int>>();
        f(1, 2, 3).ShouldBe(1);
        f(2, 1, 3).ShouldBe(3);
    }

    private static Guest InLoop(string signature, params byte[][] body)
    {
        var module = new ModuleBuilder();
        module.Export("f", module.Function(signature, "", Code.Op(0x03, 0x7F), Code.Of(body), Code.Op(0x0B)));
        return new Guest(module);
    }

    private static bool Holds(byte opcode, int a, int b) => opcode switch
    {
        0x48 => a < b,
        0x49 => (uint)a < (uint)b,
        0x4A => a > b,
        0x4B => (uint)a > (uint)b,
        0x4C => a <= b,
        0x4D => (uint)a <= (uint)b,
        0x4E => a >= b,
        _ => (uint)a >= (uint)b,
    };
}
