using System.Reflection;
using System.Reflection.Emit;
using ClawGrains.Wasm.Runtime;

namespace ClawGrains.Wasm.Compilation;

/// <summary>The body of a method that calls a <see cref="Function"/>, its first argument, from the host.</summary>
internal sealed class EntryEmitter
{
    private readonly ILGenerator il;
    private readonly Signature signature;
    private readonly bool outermost;
    private readonly LocalBuilder state;
    private readonly LocalBuilder? depth;
    private readonly LocalBuilder? first;

    /// <param name="il">Where to write the body to.</param>
    /// <param name="signature">Of the function called.</param>
    /// <param name="outermost">The method is to serve only calls for which <see cref="Entry.IsOutermost"/> holds: for those there is nothing to put back.</param>
    public EntryEmitter(ILGenerator il, Signature signature, bool outermost)
    {
        this.il = il;
        this.signature = signature;
        this.outermost = outermost;
        state = il.DeclareLocal(typeof(StoreState));
        if (!outermost) depth = il.DeclareLocal(typeof(int));
        if (signature.Return != typeof(void)) first = il.DeclareLocal(signature.Return);
    }

    /// <summary>
    /// <paramref name="loadArguments"/> pushes the wasm arguments; <paramref name="storeResult"/> is called for each
    /// result with it on the stack, the last first; <paramref name="otherwise"/> writes what returns, if the call isn't
    /// the outermost and was to be.
    /// </summary>
    public void Emit(Action loadArguments, Action<int> storeResult, Action? otherwise = null)
    {
        LoadState(il);
        il.Emit(OpCodes.Stloc, state);
        il.Emit(OpCodes.Ldloc, state);
        if (outermost) Unless(otherwise!);
        else il.Emit(OpCodes.Call, Members.Method(typeof(Entry), nameof(Entry.Guard)));
        Enter();
        il.BeginExceptionBlock();
        Run(loadArguments, storeResult);
        il.BeginFinallyBlock();
        Leave();
        il.EndExceptionBlock();
        if (first is not null)
        {
            il.Emit(OpCodes.Ldloc, first);
            storeResult(0);
        }
        il.Emit(OpCodes.Ret);
    }

    public static void LoadState(ILGenerator il)
    {
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldfld, Members.Field(typeof(Function), nameof(Function.State)));
    }

    private void Unless(Action otherwise)
    {
        var hold = il.DefineLabel();
        il.Emit(OpCodes.Call, Members.Method(typeof(Entry), nameof(Entry.IsOutermost)));
        il.Emit(OpCodes.Brtrue, hold);
        otherwise();
        il.MarkLabel(hold);
    }

    private void Run(Action loadArguments, Action<int> storeResult)
    {
        var results = signature.Type.Results;
        loadArguments();
        Call();
        if (first is not null) il.Emit(OpCodes.Stloc, first);
        for (var i = results.Length - 1; i > 0; i--)
        {
            ResultSlots.Load(il, results[i], i, () => il.Emit(OpCodes.Ldloc, state));
            storeResult(i);
        }
        if (signature.Metered) CheckFuel();
    }

    // What the last block before the return cost is seen here, if nowhere earlier.
    private void CheckFuel()
    {
        var enough = il.DefineLabel();
        il.Emit(OpCodes.Ldloc, state);
        il.Emit(OpCodes.Ldfld, Members.Field(typeof(StoreState), nameof(StoreState.Fuel)));
        il.Emit(OpCodes.Ldc_I8, 0L);
        il.Emit(OpCodes.Bge, enough);
        il.Emit(OpCodes.Ldloc, state);
        il.Emit(OpCodes.Call, Members.Method(typeof(Traps), nameof(Traps.OutOfFuel)));
        il.Emit(OpCodes.Throw);
        il.MarkLabel(enough);
    }

    private void Enter()
    {
        if (outermost)
        {
            il.Emit(OpCodes.Ldloc, state);
            il.Emit(OpCodes.Ldc_I4_1);
            il.Emit(OpCodes.Stfld, Members.Field(typeof(StoreState), nameof(StoreState.Entries)));
            return;
        }
        il.Emit(OpCodes.Ldloc, state);
        il.Emit(OpCodes.Call, Members.Method(typeof(Entry), nameof(Entry.Enter)));
        il.Emit(OpCodes.Stloc, depth!);
    }

    private void Leave()
    {
        il.Emit(OpCodes.Ldloc, state);
        if (outermost)
        {
            il.Emit(OpCodes.Ldc_I4_0);
            il.Emit(OpCodes.Stfld, Members.Field(typeof(StoreState), nameof(StoreState.Entries)));
            return;
        }
        il.Emit(OpCodes.Ldloc, depth!);
        il.Emit(OpCodes.Call, Members.Method(typeof(Entry), nameof(Entry.Leave)));
    }

    private void EmitDepth()
    {
        if (outermost) il.Emit(OpCodes.Ldc_I4_0);
        else il.Emit(OpCodes.Ldloc, depth!);
    }

    // For one that takes no fuel itself.
    private void PayForCallee()
    {
        il.Emit(OpCodes.Ldloc, state);
        il.Emit(OpCodes.Ldloc, state);
        il.Emit(OpCodes.Ldfld, Members.Field(typeof(StoreState), nameof(StoreState.Fuel)));
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldfld, Members.Field(typeof(Function), nameof(Function.Prepaid)));
        il.Emit(OpCodes.Sub);
        il.Emit(OpCodes.Stfld, Members.Field(typeof(StoreState), nameof(StoreState.Fuel)));
    }

    private void Call()
    {
        if (signature.Metered) PayForCallee();
        EmitDepth();
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
