using System.Reflection;
using System.Reflection.Emit;
using ClawGrains.Wasm.Runtime;

namespace ClawGrains.Wasm.Compilation;

/// <summary>The body of a method that calls a <see cref="Function"/>, its first argument, from the host.</summary>
internal static class EntryEmitter
{
    /// <summary>
    /// <paramref name="loadArguments"/> pushes the wasm arguments; <paramref name="storeResult"/> is called for each
    /// result with it on the stack, the last first.
    /// </summary>
    public static void Emit(ILGenerator il, Signature signature, Action loadArguments, Action<int> storeResult)
    {
        Guard(il);
        EmitGuarded(il, signature, loadArguments, storeResult);
    }

    /// <summary>The same, where the thread is known to be guarded already.</summary>
    public static void EmitGuarded(ILGenerator il, Signature signature, Action loadArguments, Action<int> storeResult)
    {
        var state = il.DeclareLocal(typeof(StoreState));
        var depth = il.DeclareLocal(typeof(int));
        var entries = il.DeclareLocal(typeof(int));
        var results = signature.Type.Results;
        var first = results.Length > 0 ? il.DeclareLocal(signature.Return) : null;
        Enter(il, state, entries);
        il.Emit(OpCodes.Stloc, depth);
        il.BeginExceptionBlock();
        loadArguments();
        Call(il, signature, state, depth);
        if (first is not null) il.Emit(OpCodes.Stloc, first);
        for (var i = results.Length - 1; i > 0; i--)
        {
            ResultSlots.Load(il, results[i], i, () => il.Emit(OpCodes.Ldloc, state));
            storeResult(i);
        }
        il.BeginFinallyBlock();
        il.Emit(OpCodes.Ldloc, state);
        il.Emit(OpCodes.Ldloc, depth);
        il.Emit(OpCodes.Ldloc, entries);
        il.Emit(OpCodes.Call, Members.Method(typeof(Entry), nameof(Entry.Leave)));
        il.EndExceptionBlock();
        if (signature.Metered)
        {
            LoadState(il);
            il.Emit(OpCodes.Call, Members.Method(typeof(Entry), nameof(Entry.CheckFuel)));
        }
        if (first is not null)
        {
            il.Emit(OpCodes.Ldloc, first);
            storeResult(0);
        }
        il.Emit(OpCodes.Ret);
    }

    private static void Guard(ILGenerator il)
    {
        LoadState(il);
        il.Emit(OpCodes.Call, Members.Method(typeof(Entry), nameof(Entry.Guard)));
    }

    public static void LoadState(ILGenerator il)
    {
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldfld, Members.Field(typeof(Function), nameof(Function.State)));
    }

    private static void Enter(ILGenerator il, LocalBuilder state, LocalBuilder entries)
    {
        LoadState(il);
        il.Emit(OpCodes.Stloc, state);
        il.Emit(OpCodes.Ldloc, state);
        il.Emit(OpCodes.Ldloc, state);
        il.Emit(OpCodes.Ldfld, Members.Field(typeof(StoreState), nameof(StoreState.Entries)));
        il.Emit(OpCodes.Dup);
        il.Emit(OpCodes.Stloc, entries);
        il.Emit(OpCodes.Ldc_I4_1);
        il.Emit(OpCodes.Add);
        il.Emit(OpCodes.Stfld, Members.Field(typeof(StoreState), nameof(StoreState.Entries)));
        il.Emit(OpCodes.Ldloc, state);
        il.Emit(OpCodes.Ldfld, Members.Field(typeof(StoreState), nameof(StoreState.Depth)));
    }

    private static void Call(ILGenerator il, Signature signature, LocalBuilder state, LocalBuilder depth)
    {
        il.Emit(OpCodes.Ldloc, depth);
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldfld, Members.Field(typeof(Function), nameof(Function.Target)));
        il.Emit(OpCodes.Ldloc, state);
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldfld, Members.Field(typeof(Function), nameof(Function.Index)));
        il.Emit(OpCodes.Stfld, Members.Field(typeof(StoreState), nameof(StoreState.Pending)));
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldfld, Members.Field(typeof(Function), nameof(Function.Slot)));
        il.Emit(OpCodes.Ldind_I);
        il.EmitCalli(OpCodes.Calli, CallingConventions.Standard, signature.Return, signature.Arguments, null);
    }
}
