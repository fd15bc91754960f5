using System.Reflection.Emit;
using System.Runtime.Intrinsics;

namespace ClawGrains.Wasm.Compilation;

/// <content>The operand stack.</content>
internal sealed unsafe partial class FunctionCompiler
{
    // Deeper expressions are cut, because the JIT's own recursion follows them.
    private const byte MostWeight = 40;

    // Values this far above the settled part of the stack are not left lazy, so that looking for them stays cheap.
    private const int MostUnsettled = 128;

    private Operand[] operands = new Operand[32];
    private int count;
    private int onStack;

    // Operands below are constants or in temporaries.
    private int settled;
    private int[] lazyUses = [];
    private readonly List<LocalBuilder?[]> temporaries = [];
    private int temporaryCount;

    private void Push(Operand operand)
    {
        if (count == operands.Length) Array.Resize(ref operands, count * 2);
        operands[count++] = operand;
    }

    /// <summary>Pushes what the IL just left on its stack.</summary>
    private void PushComputed(ValueKind kind, int weight = 1, bool isTest = false)
    {
        Push(new Operand { Kind = kind, Place = Place.Stack, Weight = (byte)weight, IsTest = isTest, MayBeRotation = !isTest && MayBeRotation(kind) });
        onStack++;
        if (weight >= MostWeight || onStack >= MostUnsettled) SpillAll();
    }

    private void PushConstant(ValueKind kind, ulong bits) => Push(new Operand { Kind = kind, Place = Place.Constant, Bits = bits });

    private void PushLocal(int index)
    {
        if (count - settled >= MostUnsettled)
        {
            EmitLocal(index);
            PushComputed(localKinds[index]);
            return;
        }
        Push(new Operand { Kind = localKinds[index], Place = Place.Local, Local = index, MayBeRotation = MayBeRotation(localKinds[index]) });
        lazyUses[index]++;
    }

    private void PushTemporary(ValueKind kind) => Push(new Operand { Kind = kind, Place = Place.Temporary, MayBeRotation = MayBeRotation(kind) });

    /// <summary>Emits the top operands onto the IL stack in order and pops them; returns the weight of what follows.</summary>
    private int Load(int number)
    {
        var first = count - number;
        var prefix = first;
        while (prefix < count && operands[prefix].Place == Place.Stack) prefix++;
        for (var i = prefix; i < count; i++)
        {
            if (operands[i].Place != Place.Stack) continue;
            SpillFrom(first);
            prefix = first;
            break;
        }
        var weight = 0;
        for (var i = first; i < count; i++)
        {
            weight = Math.Max(weight, operands[i].Weight);
            if (i >= prefix) EmitLazy(i);
            else onStack--;
        }
        Truncate(first);
        return weight + 1;
    }

    /// <summary>Drops operands that were emitted or aren't needed; none may be on the IL stack still.</summary>
    private void Truncate(int height)
    {
        for (var i = height; i < count; i++)
            if (operands[i].Place == Place.Local) lazyUses[operands[i].Local]--;
        count = height;
        settled = Math.Min(settled, height);
    }

    private void EmitLazy(int index)
    {
        ref var operand = ref operands[index];
        switch (operand.Place)
        {
            case Place.Temporary: il.Emit(OpCodes.Ldloc, Temporary(index, operand.Kind)); break;
            case Place.Local: EmitLocal(operand.Local); break;
            case Place.Constant: EmitConstant(operand.Kind, operand.Bits); break;
            default: throw new InvalidOperationException("BUG: a value on the IL stack can't be emitted again.");
        }
    }

    private void EmitLocal(int index)
    {
        if (index < parameterCount) il.Emit(OpCodes.Ldarg, (short)index);
        else il.Emit(OpCodes.Ldloc, locals[index]);
    }

    private void StoreLocal(int index)
    {
        if (index < parameterCount) il.Emit(OpCodes.Starg, (short)index);
        else il.Emit(OpCodes.Stloc, locals[index]);
    }

    private void EmitConstant(ValueKind kind, ulong bits)
    {
        switch (kind)
        {
            case ValueKind.I32: il.Emit(OpCodes.Ldc_I4, (int)bits); break;
            case ValueKind.I64: il.Emit(OpCodes.Ldc_I8, (long)bits); break;
            case ValueKind.F32: EmitSingle((uint)bits); break;
            case ValueKind.F64: EmitDouble(bits); break;
            case ValueKind.V128: il.Emit(OpCodes.Call, Members.Method(typeof(Vector128<byte>), "get_Zero")); break;
            default: il.Emit(OpCodes.Ldnull); break;
        }
    }

    // The JIT keeps float constants as doubles, which would make a signalling NaN quiet; it must not see that one.
    private void EmitSingle(uint bits)
    {
        const uint quiet = 0x00400000;
        var value = BitConverter.UInt32BitsToSingle(bits);
        if (!float.IsNaN(value) || (bits & quiet) != 0)
        {
            il.Emit(OpCodes.Ldc_R4, value);
            return;
        }
        il.Emit(OpCodes.Ldc_I4, (int)bits);
        il.Emit(OpCodes.Call, Members.Method(typeof(Scalar), nameof(Scalar.F32Signalling)));
    }

    private void EmitDouble(ulong bits) => il.Emit(OpCodes.Ldc_R8, BitConverter.UInt64BitsToDouble(bits));

    /// <summary>Moves every value on the IL stack to its temporary.</summary>
    private void SpillAll()
    {
        for (var i = count - 1; onStack > 0; i--)
            if (operands[i].Place == Place.Stack) Spill(i);
    }

    private void SpillFrom(int first)
    {
        for (var i = count - 1; i >= first; i--)
            if (operands[i].Place == Place.Stack) Spill(i);
    }

    // Only for the value on top of the IL stack.
    private void Spill(int index)
    {
        il.Emit(OpCodes.Stloc, Temporary(index, operands[index].Kind));
        operands[index].Place = Place.Temporary;
        operands[index].Weight = 0;
        onStack--;
    }

    /// <summary>Makes everything a constant or a temporary, so that it outlives what a block does to locals.</summary>
    private void Settle()
    {
        SpillAll();
        for (var i = settled; i < count; i++)
            if (operands[i].Place == Place.Local) MoveToTemporary(i);
        settled = count;
    }

    /// <summary>Puts the top operands into their temporaries, constants too.</summary>
    private void Force(int number)
    {
        SpillAll();
        for (var i = count - number; i < count; i++)
            if (operands[i].Place != Place.Temporary) MoveToTemporary(i);
    }

    private void MoveToTemporary(int index)
    {
        ref var operand = ref operands[index];
        EmitLazy(index);
        if (operand.Place == Place.Local) lazyUses[operand.Local]--;
        operand.Place = Place.Temporary;
        il.Emit(OpCodes.Stloc, Temporary(index, operand.Kind));
    }

    /// <summary>To be called before a local changes: reads it for the operands that wait for its value.</summary>
    private void ReadBeforeChange(int local)
    {
        for (var i = count - 1; lazyUses[local] > 0; i--)
            if (operands[i].Place == Place.Local && operands[i].Local == local) MoveToTemporary(i);
    }

    private LocalBuilder Temporary(int height, ValueKind kind)
    {
        while (temporaries.Count <= height) temporaries.Add(new LocalBuilder?[6]);
        ref var temporary = ref temporaries[height][Group(kind)];
        if (temporary is not null) return temporary;
        temporaryCount++;
        return temporary = il.DeclareLocal(Signature.Clr(kind));
    }

    private static int Group(ValueKind kind) => kind switch
    {
        ValueKind.I32 => 0,
        ValueKind.I64 => 1,
        ValueKind.F32 => 2,
        ValueKind.F64 => 3,
        ValueKind.V128 => 4,
        _ => 5,
    };
}
