using System.Numerics;
using ClawGrains.Wasm.Binary;

namespace ClawGrains.Wasm.Validation;

/// <summary>
/// Finds out whether a function has a rotation, or parts that the JIT could make one of: a left and a right shift
/// whose counts add up to the width, or may, and an OR or XOR to join them. A product with a power of two is a shift.
/// </summary>
internal sealed class RotationFinder
{
    private const ulong Any = ulong.MaxValue;

    // By width: a bit for each count of a left shift, and for what each right shift's count lacks of the width.
    private readonly ulong[] left = new ulong[2];
    private readonly ulong[] right = new ulong[2];
    private bool whole;
    private bool joins;
    private ulong constant;
    private int constantEnd = -1;

    public bool Found => whole || (joins && ((left[0] & right[0]) | (left[1] & right[1])) != 0);

    public void Clear()
    {
        Array.Clear(left);
        Array.Clear(right);
        whole = joins = false;
        constantEnd = -1;
    }

    /// <summary>A constant whose instruction ends at <paramref name="end"/>.</summary>
    public void SeeConstant(ulong value, int end) => (constant, constantEnd) = (value, end);

    /// <summary>An instruction that takes part in rotations, at <paramref name="at"/>.</summary>
    public void See(InstructionInfo info, int at)
    {
        var wide = info.Output == ValueKind.I64 ? 1 : 0;
        var known = constantEnd == at;
        var mask = wide == 1 ? 63 : 31;
        switch (info.Rotation)
        {
            case Rotation.Whole: whole = true; break;
            case Rotation.Join: joins = true; break;
            case Rotation.Left: left[wide] |= known ? 1UL << ((int)constant & mask) : Any; break;
            case Rotation.Right: right[wide] |= known ? 1UL << (-(int)constant & mask) : Any; break;
            case Rotation.Product when known: Product(wide, wide == 1 ? constant : (uint)constant); break;
        }
    }

    private void Product(int wide, ulong factor)
    {
        if (BitOperations.IsPow2(factor)) left[wide] |= 1UL << BitOperations.TrailingZeroCount(factor);
    }
}
