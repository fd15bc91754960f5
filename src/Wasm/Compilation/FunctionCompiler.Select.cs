using System.Reflection.Emit;

namespace ClawGrains.Wasm.Compilation;

/// <content>
/// <c>select</c>. The JIT makes conditional moves of branches, but not in loops, where a branch that can't be foretold
/// costs ten times the choice. There integers are chosen by arithmetic.
/// </content>
internal sealed unsafe partial class FunctionCompiler
{
    private int openLoops;

    private void Select()
    {
        var kind = operands[count - 3].Kind;
        if (openLoops > 0 && kind is (ValueKind.I32 or ValueKind.I64)) SelectByMask(kind);
        else SelectByBranch(kind);
    }

    // The second, with the bits in which the first differs flipped if the condition holds.
    private void SelectByMask(ValueKind kind)
    {
        var (first, second) = (operands[count - 3], operands[count - 2]);
        if (first.Place == Place.Stack || second.Place == Place.Stack || onStack > 1) SpillAll();
        EmitMask(kind);
        if (first.Place == Place.Constant && second.Place == Place.Constant)
        {
            EmitConstant(kind, first.Bits ^ second.Bits);
        }
        else
        {
            EmitLazy(count - 3);
            EmitLazy(count - 2);
            il.Emit(OpCodes.Xor);
        }
        il.Emit(OpCodes.And);
        EmitLazy(count - 2);
        il.Emit(OpCodes.Xor);
        Truncate(count - 3);
        PushComputed(kind, 4);
    }

    // All ones if the condition on top holds, otherwise 0.
    private void EmitMask(ValueKind kind)
    {
        var condition = operands[count - 1];
        if (condition.Place == Place.Stack) onStack--;
        else EmitToTest(count - 1);
        if (!condition.IsTest)
        {
            if (condition.Place == Place.Stack && condition.MayBeRotation) Mask(ValueKind.I32);
            il.Emit(OpCodes.Ldc_I4_0);
            il.Emit(OpCodes.Cgt_Un);
        }
        if (kind == ValueKind.I64) il.Emit(OpCodes.Conv_U8);
        il.Emit(OpCodes.Neg);
    }

    private void SelectByBranch(ValueKind kind)
    {
        SpillAll();
        var first = count - 3;
        var whenFirst = il.DefineLabel();
        var done = il.DefineLabel();
        var inPlace = operands[first].Place == Place.Temporary;
        EmitToTest(count - 1);
        il.Emit(OpCodes.Brtrue, inPlace ? done : whenFirst);
        EmitLazy(count - 2);
        il.Emit(OpCodes.Stloc, Temporary(first, kind));
        if (!inPlace)
        {
            il.Emit(OpCodes.Br, done);
            il.MarkLabel(whenFirst);
            EmitLazy(first);
            il.Emit(OpCodes.Stloc, Temporary(first, kind));
        }
        il.MarkLabel(done);
        Truncate(first);
        PushTemporary(kind);
    }
}
