using System.Reflection.Emit;
using System.Runtime.Intrinsics.X86;
using ClawGrains.Wasm.Binary;

namespace ClawGrains.Wasm.Compilation;

/// <content>
/// Truncation of floats to integers, where it may trap. The x64 instruction gives the smallest number of 64 bits for all that
/// doesn't fit, so its result is looked at first, and the float only if that is out of bounds. (IL's own conversion
/// saturates, which the machine doesn't: that takes six instructions more.)
/// </content>
internal sealed unsafe partial class FunctionCompiler
{
    private LocalBuilder? truncated;

    private void Truncate(InstructionInfo info)
    {
        SpillAll();
        if (Sse2.X64.IsSupported) TruncateByMachine(info);
        else TruncateWithin(info);
        Truncate(count - 1);
        PushComputed(info.Output!.Value, 2);
    }

    private void TruncateByMachine(InstructionInfo info)
    {
        var fine = il.DefineLabel();
        EmitLazy(count - 1);
        EmitMachineTruncation(info.Inputs[0]);
        il.Emit(OpCodes.Stloc, truncated ??= il.DeclareLocal(typeof(long)));
        il.Emit(OpCodes.Ldloc, truncated);
        switch (info.Code)
        {
            case 0xA8 or 0xAA:
                il.Emit(OpCodes.Ldloc, truncated);
                il.Emit(OpCodes.Conv_I4);
                il.Emit(OpCodes.Conv_I8);
                il.Emit(OpCodes.Beq, fine);
                break;
            case 0xA9 or 0xAB:
                il.Emit(OpCodes.Ldc_I8, (long)uint.MaxValue);
                il.Emit(OpCodes.Ble_Un, fine);
                break;
            case 0xAE or 0xB0:
                il.Emit(OpCodes.Ldc_I8, long.MinValue);
                il.Emit(OpCodes.Bne_Un, fine);
                EmitDouble(info);
                il.Emit(OpCodes.Ldc_R8, (double)long.MinValue);
                il.Emit(OpCodes.Beq, fine);
                break;
            default:
                il.Emit(OpCodes.Ldc_I8, 0L);
                il.Emit(OpCodes.Bge, fine);
                TruncateUpperHalf(info);
                il.Emit(OpCodes.Ldloc, truncated);
                il.Emit(OpCodes.Ldc_I8, 0L);
                il.Emit(OpCodes.Blt, fine);
                break;
        }
        TrapTruncation(info);
        il.MarkLabel(fine);
        il.Emit(OpCodes.Ldloc, truncated);
        if (info.Output == ValueKind.I32) il.Emit(OpCodes.Conv_I4);
    }

    // Of unsigned numbers of 64 bits, with the highest bit flipped, so it is negative if it fits.
    private void TruncateUpperHalf(InstructionInfo info)
    {
        EmitDouble(info);
        il.Emit(OpCodes.Ldc_R8, -(double)long.MinValue);
        il.Emit(OpCodes.Sub);
        EmitMachineTruncation(ValueKind.F64);
        il.Emit(OpCodes.Ldc_I8, long.MinValue);
        il.Emit(OpCodes.Xor);
        il.Emit(OpCodes.Stloc, truncated!);
    }

    private void EmitMachineTruncation(ValueKind from) =>
        il.Emit(OpCodes.Call, Members.Method(typeof(Scalar), from == ValueKind.F32 ? nameof(Scalar.TruncatedF32) : nameof(Scalar.TruncatedF64)));

    // NaN fails the comparison with itself.
    private void TrapTruncation(InstructionInfo info)
    {
        EmitDouble(info);
        EmitDouble(info);
        il.Emit(OpCodes.Beq, Trap(TrapKind.IntegerOverflow));
        il.Emit(OpCodes.Br, Trap(TrapKind.InvalidConversionToInteger));
    }

    // Elsewhere; the bounds are the nearest numbers that don't fit, as doubles.
    private void TruncateWithin(InstructionInfo info)
    {
        var (low, inclusive, high) = info.Code switch
        {
            0xA8 or 0xAA => (-2147483649.0, false, 2147483648.0),
            0xA9 or 0xAB => (-1.0, false, 4294967296.0),
            0xAE or 0xB0 => (-9223372036854775808.0, true, 9223372036854775808.0),
            _ => (-1.0, false, 18446744073709551616.0),
        };
        EmitDouble(info);
        EmitDouble(info);
        il.Emit(OpCodes.Bne_Un, Trap(TrapKind.InvalidConversionToInteger));
        EmitDouble(info);
        il.Emit(OpCodes.Ldc_R8, low);
        il.Emit(inclusive ? OpCodes.Blt_Un : OpCodes.Ble_Un, Trap(TrapKind.IntegerOverflow));
        EmitDouble(info);
        il.Emit(OpCodes.Ldc_R8, high);
        il.Emit(OpCodes.Bge_Un, Trap(TrapKind.IntegerOverflow));
        EmitDouble(info);
        EmitTruncation(info.Code);
    }

    // Exact for a single, so one set of bounds serves both.
    private void EmitDouble(InstructionInfo info)
    {
        EmitLazy(count - 1);
        if (info.Inputs[0] == ValueKind.F32) il.Emit(OpCodes.Conv_R8);
    }

    private void EmitTruncation(int opcode)
    {
        switch (opcode)
        {
            case 0xA8 or 0xAA: il.Emit(OpCodes.Conv_I4); break;
            case 0xA9 or 0xAB: il.Emit(OpCodes.Conv_I8); il.Emit(OpCodes.Conv_I4); break;
            case 0xAE or 0xB0: il.Emit(OpCodes.Conv_I8); break;
            default: il.Emit(OpCodes.Conv_U8); break;
        }
    }
}
