using System.Reflection.Emit;
using ClawGrains.Wasm.Runtime;

namespace ClawGrains.Wasm.Compilation;

/// <content>
/// .NET 10's JIT takes the flags of a rotation for those of its result when that is compared with zero, but ROL and ROR
/// leave the zero flag alone. It also makes rotations of shifts joined by OR or XOR, and moves them: through locals,
/// globals and memory, and round loops. So in functions that have what a rotation is made of, an AND that can't be
/// folded away stands before every comparison that may be one with zero, save of the result of a comparison.
/// </content>
internal sealed unsafe partial class FunctionCompiler
{
    /// <summary><see cref="Load"/> for an instruction that compares its operands.</summary>
    private int LoadToTest(int number)
    {
        if (!IsTestOfRotation(number)) return Load(number);
        SpillAll();
        for (var i = count - number; i < count; i++) EmitToTest(i);
        Truncate(count - number);
        return 1;
    }

    // The JIT turns comparisons with one and minus one into such with zero.
    private bool IsTestOfRotation(int number)
    {
        var any = false;
        for (var i = count - number; i < count; i++)
        {
            if (operands[i].Place == Place.Constant && operands[i].Bits + 1 > 2 && operands[i].Bits != uint.MaxValue) return false;
            any |= operands[i].MayBeRotation;
        }
        return any;
    }

    private bool MayBeRotation(ValueKind kind) => body.MayRotate && kind is (ValueKind.I32 or ValueKind.I64);

    private void EmitToTest(int index)
    {
        EmitLazy(index);
        if (operands[index].MayBeRotation) Mask(operands[index].Kind);
    }

    private void Mask(ValueKind kind)
    {
        LoadState(nameof(StoreState.Ones));
        if (kind == ValueKind.I32) il.Emit(OpCodes.Conv_I4);
        il.Emit(OpCodes.And);
    }
}
