using System.Reflection.Emit;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using ClawGrains.Wasm.Binary;

namespace ClawGrains.Wasm.Compilation;

/// <content>Numeric instructions (§4.4.1).</content>
internal sealed unsafe partial class FunctionCompiler
{
    private static readonly OpCode[] IntegerCompare =
    [
        OpCodes.Ceq, OpCodes.Ceq, OpCodes.Clt, OpCodes.Clt_Un, OpCodes.Cgt, OpCodes.Cgt_Un,
        OpCodes.Cgt, OpCodes.Cgt_Un, OpCodes.Clt, OpCodes.Clt_Un,
    ];

    // With NaN every comparison but `ne` is false, so the negated ones are the unordered of the opposite.
    private static readonly OpCode[] FloatCompare = [OpCodes.Ceq, OpCodes.Ceq, OpCodes.Clt, OpCodes.Cgt, OpCodes.Cgt_Un, OpCodes.Clt_Un];

    private void Numeric(InstructionInfo info)
    {
        switch (info.Code)
        {
            case 0x45: Compare(info, OpCodes.Ceq, negate: false, zero: OpCodes.Ldc_I4_0); break;
            case >= 0x46 and <= 0x4F: Compare(info, IntegerCompare[info.Code - 0x46], negate: (info.Code - 0x46) is 1 or >= 6); break;
            case 0x50: EqualsZeroI64(); break;
            case >= 0x51 and <= 0x5A: Compare(info, IntegerCompare[info.Code - 0x51], negate: (info.Code - 0x51) is 1 or >= 6); break;
            case >= 0x5B and <= 0x60: Compare(info, FloatCompare[info.Code - 0x5B], negate: (info.Code - 0x5B) is 1 or >= 4); break;
            case >= 0x61 and <= 0x66: Compare(info, FloatCompare[info.Code - 0x61], negate: (info.Code - 0x61) is 1 or >= 4); break;
            case >= 0x6D and <= 0x70 or >= 0x7F and <= 0x82: Divide(info); break;
            case 0xA8 or 0xA9 or 0xAA or 0xAB or >= 0xAE and <= 0xB1: Truncate(info); break;
            default: Plain(info); break;
        }
    }

    private void Compare(InstructionInfo info, OpCode compare, bool negate, OpCode? zero = null)
    {
        var weight = LoadToTest(info.Inputs.Length);
        if (zero is { } constant) il.Emit(constant);
        il.Emit(compare);
        if (negate)
        {
            il.Emit(OpCodes.Ldc_I4_0);
            il.Emit(OpCodes.Ceq);
        }
        PushComputed(ValueKind.I32, weight, isTest: true);
    }

    private void EqualsZeroI64()
    {
        var weight = LoadToTest(1);
        il.Emit(OpCodes.Ldc_I8, 0L);
        il.Emit(OpCodes.Ceq);
        PushComputed(ValueKind.I32, weight, isTest: true);
    }

    private const int SingleOfBits = 0xBE;

    private void Plain(InstructionInfo info)
    {
        var foldable = MayBeFolded(info);
        var bits = operands[count - 1];
        if (info.Code == SingleOfBits && bits.Place == Place.Constant)
        {
            Truncate(count - 1);
            PushConstant(ValueKind.F32, (uint)bits.Bits);
            return;
        }
        var counts = CountsBySearch(info.Code);
        var weight = counts ? LoadToTest(1) : Load(info.Inputs.Length);
        // Of bits it knows the JIT would make a constant, a double, in which a signalling NaN is quiet.
        if (info.Code == SingleOfBits) Mask(ValueKind.I32);
        if (!Direct(info.Code)) il.Emit(OpCodes.Call, MachineOperations.Of(info.Code) ?? Members.Method(typeof(Scalar), Names.Pascal(info.Name)));
        if (counts) Mask(info.Output!.Value);
        if (foldable) il.Emit(OpCodes.Call, Members.Method(typeof(Scalar), info.Output == ValueKind.F32 ? nameof(Scalar.F32Quiet) : nameof(Scalar.F64Quiet)));
        PushComputed(info.Output!.Value, weight);
    }

    // Without an instruction of its own zeros are counted by a comparison with zero and BSF or BSR, whose flags are those of
    // what they search, while the JIT takes them for the result's.
    private static bool CountsBySearch(int opcode) => opcode switch
    {
        0x67 or 0x79 => !Lzcnt.IsSupported && !ArmBase.IsSupported,
        0x68 or 0x7A => !Bmi1.IsSupported && !ArmBase.IsSupported,
        _ => false,
    };

    // The JIT takes x − 0, x · 1 and the like for x, and a single's demoted promotion for the single: right but for
    // a signalling NaN, which the specification wants quiet.
    private bool MayBeFolded(InstructionInfo info)
    {
        const int demote = 0xB6;
        if (info.Code == demote) return true;
        if (info.Code is not (>= 0x92 and <= 0x95 or >= 0xA0 and <= 0xA3)) return false;
        return IsNeutral(operands[count - 1]) || IsNeutral(operands[count - 2]);
    }

    private static bool IsNeutral(Operand operand)
    {
        if (operand.Place != Place.Constant) return false;
        var value = operand.Kind == ValueKind.F32 ? BitConverter.UInt32BitsToSingle((uint)operand.Bits) : BitConverter.UInt64BitsToDouble(operand.Bits);
        return value is 0 or 1 or -1;
    }

    /// <summary>Emits what is one or two IL instructions; false for the rest.</summary>
    private bool Direct(int opcode)
    {
        switch (opcode)
        {
            case 0x6A or 0x7C or 0x92 or 0xA0: il.Emit(OpCodes.Add); break;
            case 0x6B or 0x7D or 0x93 or 0xA1: il.Emit(OpCodes.Sub); break;
            case 0x6C or 0x7E or 0x94 or 0xA2: il.Emit(OpCodes.Mul); break;
            case 0x95 or 0xA3: il.Emit(OpCodes.Div); break;
            case 0x71 or 0x83: il.Emit(OpCodes.And); break;
            case 0x72 or 0x84: il.Emit(OpCodes.Or); break;
            case 0x73 or 0x85: il.Emit(OpCodes.Xor); break;
            case 0x74 or 0x75 or 0x76 or 0x86 or 0x87 or 0x88: Shift(opcode); break;
            case 0x8C or 0x9A: il.Emit(OpCodes.Neg); break;
            case 0xA7: il.Emit(OpCodes.Conv_I4); break;
            case 0xAC: il.Emit(OpCodes.Conv_I8); break;
            case 0xAD: il.Emit(OpCodes.Conv_U8); break;
            case 0xB2 or 0xB6: il.Emit(OpCodes.Conv_R4); break;
            case 0xB7 or 0xB9 or 0xBB: il.Emit(OpCodes.Conv_R8); break;
            case 0xC0: il.Emit(OpCodes.Conv_I1); break;
            case 0xC1: il.Emit(OpCodes.Conv_I2); break;
            case 0xC2: Narrow(OpCodes.Conv_I1); break;
            case 0xC3: Narrow(OpCodes.Conv_I2); break;
            case 0xC4: Narrow(OpCodes.Conv_I4); break;
            default: return false;
        }
        return true;
    }

    private void Narrow(OpCode to)
    {
        il.Emit(to);
        il.Emit(OpCodes.Conv_I8);
    }

    // IL leaves the count's high bits undefined, WebAssembly ignores them.
    private void Shift(int opcode)
    {
        var wide = opcode >= 0x86;
        if (wide) il.Emit(OpCodes.Conv_I4);
        il.Emit(OpCodes.Ldc_I4, wide ? 63 : 31);
        il.Emit(OpCodes.And);
        il.Emit(opcode switch { 0x74 or 0x86 => OpCodes.Shl, 0x75 or 0x87 => OpCodes.Shr, _ => OpCodes.Shr_Un });
    }

    private void Divide(InstructionInfo info)
    {
        var wide = info.Code >= 0x7F;
        var operation = info.Code - (wide ? 0x7F : 0x6D);
        SpillAll();
        var divisor = operands[count - 1];
        var constant = divisor.Place == Place.Constant && divisor.Bits != 0;
        if (!constant)
        {
            EmitToTest(count - 1);
            il.Emit(OpCodes.Brfalse, Trap(TrapKind.IntegerDivideByZero));
        }
        if (operation == 0 && !(constant && !IsMinusOne(divisor.Bits, wide))) CheckQuotient(wide);
        Load(2);
        switch (operation)
        {
            case 0: il.Emit(OpCodes.Div); break;
            case 1: il.Emit(OpCodes.Div_Un); break;
            case 2: il.Emit(OpCodes.Call, Members.Method(typeof(Scalar), wide ? nameof(Scalar.I64RemS) : nameof(Scalar.I32RemS))); break;
            default: il.Emit(OpCodes.Rem_Un); break;
        }
        PushComputed(info.Output!.Value, 2);
    }

    private static bool IsMinusOne(ulong bits, bool wide) => wide ? bits == ulong.MaxValue : (uint)bits == uint.MaxValue;

    // The smallest number divided by −1 doesn't fit.
    private void CheckQuotient(bool wide)
    {
        var fine = il.DefineLabel();
        EmitLazy(count - 1);
        EmitInteger(-1, wide);
        il.Emit(OpCodes.Bne_Un, fine);
        EmitLazy(count - 2);
        EmitInteger(wide ? long.MinValue : int.MinValue, wide);
        il.Emit(OpCodes.Beq, Trap(TrapKind.IntegerOverflow));
        il.MarkLabel(fine);
    }

    private void EmitInteger(long value, bool wide)
    {
        if (wide) il.Emit(OpCodes.Ldc_I8, value);
        else il.Emit(OpCodes.Ldc_I4, (int)value);
    }
}
