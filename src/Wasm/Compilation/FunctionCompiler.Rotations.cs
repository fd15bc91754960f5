using System.Reflection.Emit;
using ClawGrains.Wasm.Binary;
using ClawGrains.Wasm.Runtime;

namespace ClawGrains.Wasm.Compilation;

/// <content>
/// .NET 10's JIT takes the flags of a rotation for those of its result when that is compared with zero, but ROL and ROR
/// leave the zero flag alone. It also makes rotations of shifts joined by OR or XOR. So every integer that may be one
/// by the time the JIT looks at it is remembered, and an AND that can't be folded away stands before a test of it.
/// </content>
internal sealed unsafe partial class FunctionCompiler
{
    private bool[] rotatedLocals = [];

    // Values that meet at a label are taken for rotated once anything was.
    private bool anyRotated;

    /// <summary>Whether the result of an instruction on the top operands may be a rotation.</summary>
    private bool MayRotate(InstructionInfo info)
    {
        if (info.Code is 0x77 or 0x78 or 0x89 or 0x8A) return anyRotated = true;
        if (info.Output is not (ValueKind.I32 or ValueKind.I64)) return false;
        var joins = info.Code is 0x72 or 0x73 or 0x84 or 0x85;
        if (joins && operands[count - 1].Place != Place.Constant && operands[count - 2].Place != Place.Constant) return anyRotated = true;
        return AnyRotated(info.Inputs.Length);
    }

    private bool AnyRotated(int number)
    {
        for (var i = count - number; i < count; i++)
            if (operands[i].Rotated) return true;
        return false;
    }

    /// <summary><see cref="Load"/> for an instruction that tests its operands.</summary>
    private int LoadToTest(int number)
    {
        if (!AnyRotated(number)) return Load(number);
        SpillAll();
        for (var i = count - number; i < count; i++) EmitToTest(i);
        Truncate(count - number);
        return 1;
    }

    private void EmitToTest(int index)
    {
        EmitLazy(index);
        if (operands[index].Rotated) Mask(operands[index].Kind);
    }

    private void Mask(ValueKind kind)
    {
        LoadState(nameof(StoreState.Ones));
        if (kind == ValueKind.I32) il.Emit(OpCodes.Conv_I4);
        il.Emit(OpCodes.And);
    }
}
