using System.Numerics;

namespace ClawGrains.Fuzz.Wasm.Generation;

/// <summary>splitmix64: the same seed gives the same module on every runtime, which System.Random doesn't promise.</summary>
internal sealed class Rng(ulong seed)
{
    private static readonly double[] Floats =
    [
        0, -0.0, 1, -1, 0.5, -0.5, 1.5, 2.5, double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.Epsilon,
        double.MaxValue, double.MinValue, 2147483647, 2147483648, -2147483648, -2147483649, 4294967295, 4294967296,
        9223372036854775807, -9223372036854775808, 18446744073709551615, 16777217, 9007199254740993, float.MaxValue,
        float.Epsilon, 1e-310, 3.4028235677973366e38, 255.5, -128.5, 32767.5, 65535.5, 4503599627370496.5,
    ];

    private ulong _state = seed;

    public ulong Bits()
    {
        var z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>A number from 0 to <paramref name="limit"/> − 1.</summary>
    public int Below(int limit) => (int)(Bits() % (ulong)limit);

    public bool Chance(int part, int of) => Below(of) < part;

    public T Pick<T>(IReadOnlyList<T> list) => list[Below(list.Count)];

    /// <summary>An integer that is often near an edge: small, a power of two, or one beside it.</summary>
    public long Integer() => Below(5) switch
    {
        0 => Below(20) - 4,
        1 => (1L << Below(64)) + Below(3) - 1,
        2 => -(1L << Below(64)) + Below(3) - 1,
        3 => (long)(Bits() >> Below(64)),
        _ => (long)Bits(),
    };

    public ulong DoubleBits() => Below(4) switch
    {
        0 => Bits(),
        1 => BitConverter.DoubleToUInt64Bits(Integer()),
        2 => BitConverter.DoubleToUInt64Bits(BitConverter.UInt64BitsToDouble(Bits() & 0x800FFFFFFFFFFFFF | 0x3FF0000000000000)),
        _ => BitConverter.DoubleToUInt64Bits(Pick(Floats)),
    };

    public uint SingleBits() => Below(4) switch
    {
        0 => (uint)Bits(),
        1 => BitConverter.SingleToUInt32Bits(Integer()),
        2 => BitConverter.SingleToUInt32Bits(BitConverter.UInt32BitsToSingle(BitOperations.RotateLeft((uint)Bits(), 3) & 0x807FFFFF | 0x3F800000)),
        _ => BitConverter.SingleToUInt32Bits((float)Pick(Floats)),
    };
}
