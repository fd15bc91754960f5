using System.Reflection.Emit;
using System.Runtime.Intrinsics;
using ClawGrains.Wasm.Runtime;

namespace ClawGrains.Wasm.Compilation;

/// <summary>
/// Second and later results travel in the store's state, at the place of their index. They are read right after the
/// call, before anything else can be called.
/// </summary>
internal static class ResultSlots
{
    /// <summary>Puts the place on the stack; then comes the value, then <see cref="Store"/>.</summary>
    public static void BeforeStore(ILGenerator il, ValueKind kind, int index, Action loadState) => Place(il, kind, index, loadState);

    public static void Store(ILGenerator il, ValueKind kind)
    {
        switch (kind)
        {
            case ValueKind.I32: il.Emit(OpCodes.Stind_I4); break;
            case ValueKind.I64: il.Emit(OpCodes.Stind_I8); break;
            case ValueKind.F32: il.Emit(OpCodes.Stind_R4); break;
            case ValueKind.F64: il.Emit(OpCodes.Stind_R8); break;
            case ValueKind.V128: il.Emit(OpCodes.Unaligned, (byte)1); il.Emit(OpCodes.Stobj, typeof(Vector128<byte>)); break;
            default: il.Emit(OpCodes.Stelem_Ref); break;
        }
    }

    public static void Load(ILGenerator il, ValueKind kind, int index, Action loadState)
    {
        Place(il, kind, index, loadState);
        Read(il, kind);
    }

    /// <summary>Takes the place off the stack and puts the value there.</summary>
    public static void Read(ILGenerator il, ValueKind kind)
    {
        switch (kind)
        {
            case ValueKind.I32: il.Emit(OpCodes.Ldind_I4); break;
            case ValueKind.I64: il.Emit(OpCodes.Ldind_I8); break;
            case ValueKind.F32: il.Emit(OpCodes.Ldind_R4); break;
            case ValueKind.F64: il.Emit(OpCodes.Ldind_R8); break;
            case ValueKind.V128: il.Emit(OpCodes.Unaligned, (byte)1); il.Emit(OpCodes.Ldobj, typeof(Vector128<byte>)); break;
            default: il.Emit(OpCodes.Ldelem_Ref); break;
        }
    }

    private static void Place(ILGenerator il, ValueKind kind, int index, Action loadState)
    {
        var reference = kind.IsReference();
        loadState();
        il.Emit(OpCodes.Ldfld, Members.Field(typeof(StoreState), reference ? nameof(StoreState.ReferenceResults) : nameof(StoreState.Results)));
        il.Emit(OpCodes.Ldc_I4, reference ? index : index * 16);
        if (reference) return;
        il.Emit(OpCodes.Conv_I);
        il.Emit(OpCodes.Add);
    }
}
