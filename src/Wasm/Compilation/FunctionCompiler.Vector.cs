using System.Buffers.Binary;
using System.Reflection;
using System.Reflection.Emit;
using ClawGrains.Wasm.Binary;
using ClawGrains.Wasm.Compilation.Vectors;

namespace ClawGrains.Wasm.Compilation;

/// <content>Vector instructions (§4.4.2). Each is a method of the class of its shape.</content>
internal sealed unsafe partial class FunctionCompiler
{
    private static readonly Dictionary<string, Type> Shapes = new(StringComparer.Ordinal)
    {
        ["v128"] = typeof(V128),
        ["i8x16"] = typeof(I8x16),
        ["i16x8"] = typeof(I16x8),
        ["i32x4"] = typeof(I32x4),
        ["i64x2"] = typeof(I64x2),
        ["f32x4"] = typeof(F32x4),
        ["f64x2"] = typeof(F64x2),
    };

    private void Vector(ref WasmReader reader, InstructionInfo info)
    {
        if (info.Immediates is Immediates.Memory or Immediates.MemoryLane)
        {
            VectorAccess(ref reader, info);
            return;
        }
        var weight = Load(info.Inputs.Length);
        if (info.Immediates == Immediates.Lane) il.Emit(OpCodes.Ldc_I4, (int)reader.Byte());
        knownVectors |= info.Name.EndsWith(".splat", StringComparison.Ordinal);
        if (info.Name == "f32x4.extract_lane" && knownVectors) ExtractBits();
        else il.Emit(OpCodes.Call, VectorMethod(info.Name));
        PushComputed(info.Output!.Value, weight);
    }

    // Whether the JIT may know a vector's contents: a single it takes from one is a constant, in which a signalling NaN is quiet.
    private bool knownVectors;

    private void ExtractBits()
    {
        il.Emit(OpCodes.Call, Members.Method(typeof(I32x4), nameof(I32x4.ExtractLane)));
        Mask(ValueKind.I32);
        il.Emit(OpCodes.Call, Members.Method(typeof(Scalar), nameof(Scalar.F32ReinterpretI32)));
    }

    private void VectorAccess(ref WasmReader reader, InstructionInfo info)
    {
        var at = reader.Position;
        var immediate = MemoryImmediate.Read(ref reader);
        var offset = immediate.Offset;
        UseMemory((int)immediate.Memory);
        var lane = info.Immediates == Immediates.MemoryLane ? reader.Byte() : -1;
        var hasValue = info.Inputs.Length == 2;
        if (hasValue && operands[count - 1].Place == Place.Stack) SpillFrom(count - 1);
        var value = hasValue ? PopLazy() : default;
        var address = TakeAddress(at, ref offset);
        Address(address, offset, 1 << info.Alignment, isStore: info.Output is null);
        if (hasValue) EmitPopped(value);
        if (lane >= 0) il.Emit(OpCodes.Ldc_I4, lane);
        il.Emit(OpCodes.Call, VectorMethod(info.Name));
        if (info.Output is { } kind) PushComputed(kind, 4);
    }

    private void VectorConstant(ReadOnlySpan<byte> bytes)
    {
        EmitVector(bytes);
        knownVectors = true;
        PushComputed(ValueKind.V128);
    }

    // Lanes of the other vector, and those beyond 15, are chosen as zero.
    private void Shuffle(ReadOnlySpan<byte> lanes)
    {
        Span<byte> fromFirst = stackalloc byte[16];
        Span<byte> fromSecond = stackalloc byte[16];
        for (var i = 0; i < 16; i++)
        {
            fromFirst[i] = lanes[i] < 16 ? lanes[i] : byte.MaxValue;
            fromSecond[i] = lanes[i] < 16 ? byte.MaxValue : (byte)(lanes[i] - 16);
        }
        var weight = Load(2);
        EmitVector(fromFirst);
        EmitVector(fromSecond);
        il.Emit(OpCodes.Call, Members.Method(typeof(I8x16), nameof(I8x16.Shuffle)));
        PushComputed(ValueKind.V128, weight);
    }

    private void EmitVector(ReadOnlySpan<byte> bytes)
    {
        il.Emit(OpCodes.Ldc_I8, BinaryPrimitives.ReadInt64LittleEndian(bytes));
        il.Emit(OpCodes.Ldc_I8, BinaryPrimitives.ReadInt64LittleEndian(bytes[8..]));
        il.Emit(OpCodes.Call, Members.Method(typeof(V128), nameof(V128.Constant)));
    }

    private static MethodInfo VectorMethod(string instruction)
    {
        var dot = instruction.IndexOf('.', StringComparison.Ordinal);
        return Members.Method(Shapes[instruction[..dot]], Names.Pascal(instruction[(dot + 1)..]));
    }
}
