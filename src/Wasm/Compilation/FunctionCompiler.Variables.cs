using System.Reflection.Emit;
using System.Runtime.Intrinsics;
using ClawGrains.Wasm.Binary;
using ClawGrains.Wasm.Runtime;

namespace ClawGrains.Wasm.Compilation;

/// <content>Constants, variables, references, and what the runtime does (§4.4.1–§4.4.7).</content>
internal sealed unsafe partial class FunctionCompiler
{
    private void Variable(ref WasmReader reader, int opcode)
    {
        switch (opcode)
        {
            case Opcode.I32Const: PushConstant(ValueKind.I32, (uint)reader.S32()); break;
            case Opcode.I64Const: PushConstant(ValueKind.I64, (ulong)reader.S64()); break;
            case Opcode.F32Const: PushConstant(ValueKind.F32, reader.U32Fixed()); break;
            case Opcode.F64Const: PushConstant(ValueKind.F64, reader.U64Fixed()); break;
            case Opcode.LocalGet: PushLocal((int)reader.U32()); break;
            case Opcode.LocalSet: SetLocal((int)reader.U32(), keep: false); break;
            case Opcode.LocalTee: SetLocal((int)reader.U32(), keep: true); break;
            case Opcode.GlobalGet: GetGlobal((int)reader.U32()); break;
            case Opcode.GlobalSet: SetGlobal((int)reader.U32()); break;
            case Opcode.Drop: Drop(); break;
            case Opcode.Select: Select(); break;
            case Opcode.RefNull: PushConstant(TypeReader.Reference(ref reader), 0); break;
            case Opcode.RefIsNull: IsNull(); break;
            case Opcode.RefFunc: Runtime(typeof(BulkTable), nameof(BulkTable.Reference), [(int)reader.U32()], 0, ValueKind.FuncRef); break;
            case Opcode.MemorySize: MemorySize((int)MemoryImmediate.Index(ref reader)); break;
            default: RuntimeCall(ref reader, opcode); break;
        }
    }

    private void RuntimeCall(ref WasmReader reader, int opcode)
    {
        var first = (int)reader.U32();
        switch (opcode)
        {
            case Opcode.MemoryGrow: Runtime(typeof(BulkMemory), nameof(BulkMemory.Grow), [first], 1, ValueKind.I32); break;
            case Opcode.MemoryInit: Bulk(typeof(BulkMemory), nameof(BulkMemory.Init), [first, (int)reader.U32()], 3); break;
            case Opcode.DataDrop: Runtime(typeof(BulkMemory), nameof(BulkMemory.Drop), [first], 0, null); break;
            case Opcode.MemoryCopy: Bulk(typeof(BulkMemory), nameof(BulkMemory.Copy), [first, (int)reader.U32()], 3); break;
            case Opcode.MemoryFill: Bulk(typeof(BulkMemory), nameof(BulkMemory.Fill), [first], 3); break;
            case Opcode.TableGet: Runtime(typeof(BulkTable), nameof(BulkTable.Get), [first], 1, data.Tables[first].Element); break;
            case Opcode.TableSet: Runtime(typeof(BulkTable), nameof(BulkTable.Set), [first], 2, null); break;
            case Opcode.TableSize: Runtime(typeof(BulkTable), nameof(BulkTable.Size), [first], 0, ValueKind.I32); break;
            case Opcode.TableGrow: Runtime(typeof(BulkTable), nameof(BulkTable.Grow), [first], 2, ValueKind.I32); break;
            case Opcode.TableFill: Bulk(typeof(BulkTable), nameof(BulkTable.Fill), [first], 3); break;
            case Opcode.TableCopy: Bulk(typeof(BulkTable), nameof(BulkTable.Copy), [first, (int)reader.U32()], 3); break;
            case Opcode.TableInit: Bulk(typeof(BulkTable), nameof(BulkTable.Init), [first, (int)reader.U32()], 3); break;
            case Opcode.ElemDrop: Runtime(typeof(BulkTable), nameof(BulkTable.Drop), [first], 0, null); break;
            default: throw new InvalidOperationException($"BUG: opcode {opcode} isn't compiled.");
        }
    }

    /// <summary>Calls a method that takes the instance, then immediates, then operands.</summary>
    private void Runtime(Type type, string name, int[] immediates, int arguments, ValueKind? result)
    {
        SpillAll();
        ChargeFuel();
        StoreFuel();
        LoadTarget();
        foreach (var immediate in immediates) il.Emit(OpCodes.Ldc_I4, immediate);
        Load(arguments);
        il.Emit(OpCodes.Call, Members.Method(type, name));
        if (name == nameof(BulkMemory.Grow) && type == typeof(BulkMemory)) ReloadMemory();
        if (result is { } kind) PushComputed(kind);
    }

    // The last operand is the length, which is charged for.
    private void Bulk(Type type, string name, int[] immediates, int arguments)
    {
        if (fuel is not null)
        {
            SpillAll();
            ChargeFuel();
            StoreFuel();
            il.Emit(OpCodes.Ldloc, state);
            EmitLazy(count - 1);
            il.Emit(OpCodes.Call, Members.Method(type, nameof(BulkMemory.Charge)));
            ForgetFuel();
        }
        Runtime(type, name, immediates, arguments, null);
    }

    private void SetLocal(int index, bool keep)
    {
        // The value itself may be the local's old one.
        var same = operands[count - 1].Place == Place.Local && operands[count - 1].Local == index;
        if (same && keep) return;
        Load(1);
        if (lazyUses[index] > 0) SetWithReaders(index);
        else StoreLocal(index);
        ForgetCheck(index);
        if (keep) PushLocal(index);
    }

    // The new value lies on the IL stack while the old one is saved for those that wait for it.
    private void SetWithReaders(int index)
    {
        ReadBeforeChange(index);
        StoreLocal(index);
    }

    private void Drop()
    {
        if (operands[count - 1].Place == Place.Stack)
        {
            il.Emit(OpCodes.Pop);
            onStack--;
            operands[count - 1].Place = Place.Constant;
        }
        Truncate(count - 1);
    }

    private void IsNull()
    {
        var weight = Load(1);
        il.Emit(OpCodes.Ldnull);
        il.Emit(OpCodes.Ceq);
        PushComputed(ValueKind.I32, weight);
    }

    private void MemorySize(int index)
    {
        if (index > 0)
        {
            Runtime(typeof(BulkMemory), nameof(BulkMemory.Size), [index], 0, ValueKind.I32);
            return;
        }
        LoadInstance(nameof(Instance.MemoryLength));
        il.Emit(OpCodes.Ldc_I4, 16);
        il.Emit(OpCodes.Shr_Un);
        il.Emit(OpCodes.Conv_I4);
        PushComputed(ValueKind.I32);
    }

    private void GetGlobal(int index)
    {
        var kind = data.GlobalTypes[index].Content;
        GlobalPlace(index, kind);
        switch (kind)
        {
            case ValueKind.I32: il.Emit(OpCodes.Ldind_I4); break;
            case ValueKind.I64: il.Emit(OpCodes.Ldind_I8); break;
            case ValueKind.F32: il.Emit(OpCodes.Ldind_R4); break;
            case ValueKind.F64: il.Emit(OpCodes.Ldind_R8); break;
            case ValueKind.V128: il.Emit(OpCodes.Unaligned, (byte)1); il.Emit(OpCodes.Ldobj, typeof(Vector128<byte>)); break;
            default: il.Emit(OpCodes.Ldfld, Members.Field(typeof(Global), nameof(Global.Reference))); break;
        }
        PushComputed(kind, 2);
    }

    private void SetGlobal(int index)
    {
        var kind = data.GlobalTypes[index].Content;
        SpillAll();
        GlobalPlace(index, kind);
        Load(1);
        switch (kind)
        {
            case ValueKind.I32: il.Emit(OpCodes.Stind_I4); break;
            case ValueKind.I64: il.Emit(OpCodes.Stind_I8); break;
            case ValueKind.F32: il.Emit(OpCodes.Stind_R4); break;
            case ValueKind.F64: il.Emit(OpCodes.Stind_R8); break;
            case ValueKind.V128: il.Emit(OpCodes.Unaligned, (byte)1); il.Emit(OpCodes.Stobj, typeof(Vector128<byte>)); break;
            default: il.Emit(OpCodes.Stfld, Members.Field(typeof(Global), nameof(Global.Reference))); break;
        }
    }

    /// <summary>The address of a number's cell, or the object of a reference.</summary>
    private void GlobalPlace(int index, ValueKind kind)
    {
        var reference = kind.IsReference();
        if (!reference && index >= data.ImportedGlobals)
        {
            LoadInstance(nameof(Instance.OwnGlobals));
            il.Emit(OpCodes.Ldc_I4, (index - data.ImportedGlobals) * 16);
            il.Emit(OpCodes.Conv_I);
            il.Emit(OpCodes.Add);
            return;
        }
        LoadInstance(nameof(Instance.Globals));
        il.Emit(OpCodes.Ldc_I4, index);
        il.Emit(OpCodes.Ldelem_Ref);
        if (!reference) il.Emit(OpCodes.Ldfld, Members.Field(typeof(Global), nameof(Global.Cell)));
    }
}
