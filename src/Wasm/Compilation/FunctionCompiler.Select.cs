using System.Reflection.Emit;
using ClawGrains.Wasm.Binary;

namespace ClawGrains.Wasm.Compilation;

/// <content>
/// <c>select</c>. The JIT makes conditional moves of branches, but not in loops, where a branch that can't be foretold
/// costs ten times the choice. There integers are chosen by arithmetic, with a mask that is all ones or 0.
/// </content>
internal sealed unsafe partial class FunctionCompiler
{
    private enum Choice : byte
    {
        /// <summary>The condition is a number.</summary>
        Number,
        /// <summary>It is a mask already, on the IL stack.</summary>
        Mask,
        /// <summary>The same, of the opposite.</summary>
        InvertedMask,
        /// <summary>The choice is made: it was the smaller or larger of the operands compared.</summary>
        Made,
    }

    private int openLoops;
    private LocalBuilder? widened;
    private Choice choice;

    private void Select()
    {
        if (choice == Choice.Made)
        {
            choice = Choice.Number;
            return;
        }
        var kind = operands[count - 3].Kind;
        if (openLoops > 0 && IsInteger(kind)) SelectByMask(kind);
        else SelectByBranch(kind);
        choice = Choice.Number;
    }

    private static bool IsInteger(ValueKind kind) => kind is ValueKind.I32 or ValueKind.I64;

    private bool IsBeforeSelect(InstructionInfo info, WasmReader reader) =>
        info.Code is >= FirstOrder and <= LastOrder && openLoops > 0 && !reader.AtEnd
        && reader.Peek() is (Opcode.Select or Opcode.SelectTyped) && IsInteger(operands[count - 4].Kind);

    private const int FirstOrder = 0x48, FirstGreater = 0x4A, FirstOrEqual = 0x4C, FirstGreaterOrEqual = 0x4E, LastOrder = 0x4F;

    // The sign of the difference of two numbers of 32 bits, taken in 64.
    private void CompareToMask(int opcode)
    {
        const int signBit = 63;
        SpillAll();
        var widen = opcode % 2 == 0 ? OpCodes.Conv_I8 : OpCodes.Conv_U8;
        var swapped = opcode is >= FirstGreater and < FirstGreaterOrEqual;
        if (IsExtreme())
        {
            Extreme(opcode, widen, swapped);
            return;
        }
        EmitWidened(swapped ? count - 1 : count - 2, widen);
        EmitWidened(swapped ? count - 2 : count - 1, widen);
        il.Emit(OpCodes.Sub);
        il.Emit(OpCodes.Ldc_I4, signBit);
        il.Emit(OpCodes.Shr);
        Truncate(count - 2);
        if (operands[count - 1].Kind == ValueKind.I32) il.Emit(OpCodes.Conv_I4);
        PushComputed(ValueKind.I32);
        choice = opcode >= FirstOrEqual ? Choice.InvertedMask : Choice.Mask;
    }

    private bool IsExtreme() =>
        (IsSame(operands[count - 4], operands[count - 2]) && IsSame(operands[count - 3], operands[count - 1]))
        || (IsSame(operands[count - 4], operands[count - 1]) && IsSame(operands[count - 3], operands[count - 2]));

    private static bool IsSame(Operand one, Operand other) => one.Kind == other.Kind && one.Place == other.Place
        && (one.Place == Place.Local ? one.Local == other.Local : one.Place == Place.Constant && one.Bits == other.Bits);

    // With d = a - b: the smaller is b + d if d is negative, else b; the larger a - d if d is negative, else a. What is added
    // to is widened once: the JIT moves a number each time it widens it.
    private void Extreme(int opcode, OpCode widen, bool swapped)
    {
        const int signBit = 63;
        var (less, more) = swapped ? (count - 1, count - 2) : (count - 2, count - 1);
        var whenLess = opcode >= FirstOrEqual ? count - 3 : count - 4;
        var smaller = IsSame(operands[whenLess], operands[less]);
        EmitWidened(smaller ? more : less, widen);
        il.Emit(OpCodes.Stloc, widened ??= il.DeclareLocal(typeof(long)));
        il.Emit(OpCodes.Ldloc, widened);
        if (smaller) EmitWidened(less, widen);
        else il.Emit(OpCodes.Ldloc, widened);
        if (smaller) il.Emit(OpCodes.Ldloc, widened);
        else EmitWidened(more, widen);
        il.Emit(OpCodes.Sub);
        il.Emit(OpCodes.Dup);
        il.Emit(OpCodes.Ldc_I4, signBit);
        il.Emit(OpCodes.Shr);
        il.Emit(OpCodes.And);
        il.Emit(smaller ? OpCodes.Add : OpCodes.Sub);
        il.Emit(OpCodes.Conv_I4);
        Truncate(count - 4);
        PushComputed(ValueKind.I32, 4);
        choice = Choice.Made;
    }

    private void EmitWidened(int index, OpCode widen)
    {
        EmitLazy(index);
        il.Emit(widen);
    }

    private void SelectByMask(ValueKind kind)
    {
        var (first, second) = (operands[count - 3], operands[count - 2]);
        if (first.Place == Place.Stack || second.Place == Place.Stack || onStack > 1) SpillAll();
        EmitMask(kind);
        var (chosen, otherwise) = choice == Choice.InvertedMask ? (count - 2, count - 3) : (count - 3, count - 2);
        if (IsZero(chosen)) ChooseUnlessZero(otherwise);
        else ChooseByFlipping(kind, first, second, otherwise);
        Truncate(count - 3);
        PushComputed(kind, 4);
    }

    private bool IsZero(int index) => operands[index].Place == Place.Constant && operands[index].Bits == 0;

    private void ChooseUnlessZero(int otherwise)
    {
        il.Emit(OpCodes.Not);
        EmitLazy(otherwise);
        il.Emit(OpCodes.And);
    }

    // What is not chosen, with the bits in which the other differs flipped by the mask.
    private void ChooseByFlipping(ValueKind kind, Operand first, Operand second, int otherwise)
    {
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
        EmitLazy(otherwise);
        il.Emit(OpCodes.Xor);
    }

    // All ones if the condition on top holds, otherwise 0.
    private void EmitMask(ValueKind kind)
    {
        var condition = operands[count - 1];
        if (choice != Choice.Number)
        {
            onStack--;
            return;
        }
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
