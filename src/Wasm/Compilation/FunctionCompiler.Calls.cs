using System.Reflection;
using System.Reflection.Emit;
using ClawGrains.Wasm.Runtime;

namespace ClawGrains.Wasm.Compilation;

/// <content>
/// Calls. A function of the module is called through its slot, whose address is a constant, or directly when it is
/// compiled already; imports and table elements through their <see cref="Function"/>.
/// </content>
internal sealed unsafe partial class FunctionCompiler
{
    private readonly List<int> callees = [];
    private LocalBuilder? callee;

    private void Call(int function, bool tail)
    {
        var target = code.SignatureOf(function);
        if (tail) SpillAll();
        if (function < data.ImportedFunctions) ChargeBeforeHost();
        else pendingFuel += code.Prepaid(function - data.ImportedFunctions);
        Call(target, tail, () => EmitPointer(function));
    }

    private void Call(Signature target, bool tail, Action emitPointer)
    {
        if (tail && tryDepth > 0)
        {
            LeaveAndCall(target, emitPointer);
            return;
        }
        Load(target.Type.Parameters.Length);
        EmitDepth(tail);
        emitPointer();
        EmitCall(target, tail);
    }

    private void EmitPointer(int function)
    {
        if (function >= data.ImportedFunctions)
        {
            LoadTarget();
            EmitOwnPointer(function - data.ImportedFunctions);
            return;
        }
        LoadInstance(nameof(Instance.Imports));
        il.Emit(OpCodes.Ldc_I4, function);
        il.Emit(OpCodes.Ldelem_Ref);
        il.Emit(OpCodes.Stloc, Callee());
        EmitCalleePointer();
    }

    private void EmitOwnPointer(int index)
    {
        // Its own slot is filled before it can run.
        var slot = index == own ? code.Slots + index : code.CallableSlot(index);
        if (code.IsFinal(index))
        {
            il.Emit(OpCodes.Ldc_I8, (long)*slot);
            il.Emit(OpCodes.Conv_I);
            return;
        }
        if (index != own)
        {
            if (callees.Count <= Foresight.MostCallees && !callees.Contains(index)) callees.Add(index);
            il.Emit(OpCodes.Ldloc, state);
            il.Emit(OpCodes.Ldc_I4, index);
            il.Emit(OpCodes.Stfld, Members.Field(typeof(StoreState), nameof(StoreState.Pending)));
        }
        il.Emit(OpCodes.Ldc_I8, (long)slot);
        il.Emit(OpCodes.Conv_I);
        il.Emit(OpCodes.Ldind_I);
    }

    private void CallIndirect(int type, int table, bool tail)
    {
        var target = code.Signatures[type];
        FindElement(table, target);
        Call(target, tail, EmitCalleePointer);
    }

    /// <summary>Takes the index and leaves the table's function, checked, in <see cref="callee"/>.</summary>
    private void FindElement(int table, Signature target)
    {
        SpillAll();
        var elements = elementsLocal ??= il.DeclareLocal(typeof(object[]));
        LoadInstance(nameof(Instance.Tables));
        il.Emit(OpCodes.Ldc_I4, table);
        il.Emit(OpCodes.Ldelem_Ref);
        il.Emit(OpCodes.Ldfld, Members.Field(typeof(Table), nameof(Table.Elements)));
        il.Emit(OpCodes.Stloc, elements);
        EmitLazy(count - 1);
        il.Emit(OpCodes.Ldloc, elements);
        il.Emit(OpCodes.Ldlen);
        il.Emit(OpCodes.Conv_I4);
        il.Emit(OpCodes.Bge_Un, Trap(TrapKind.UndefinedElement));
        il.Emit(OpCodes.Ldloc, elements);
        EmitLazy(count - 1);
        il.Emit(OpCodes.Ldelem_Ref);
        il.Emit(OpCodes.Stloc, Callee());
        Truncate(count - 1);
        il.Emit(OpCodes.Ldloc, Callee());
        il.Emit(OpCodes.Brfalse, Trap(TrapKind.UninitializedElement));
        LoadCallee(nameof(Function.TypeId));
        il.Emit(OpCodes.Ldc_I4, target.Id);
        il.Emit(OpCodes.Bne_Un, Trap(TrapKind.IndirectCallTypeMismatch));
    }

    private LocalBuilder? elementsLocal;

    private LocalBuilder Callee() => callee ??= il.DeclareLocal(typeof(Function));

    private void LoadCallee(string field)
    {
        il.Emit(OpCodes.Ldloc, Callee());
        il.Emit(OpCodes.Ldfld, Members.Field(typeof(Function), field));
    }

    private void EmitDepth(bool tail)
    {
        il.Emit(OpCodes.Ldarg, (short)signature.DepthArgument);
        if (tail) return;
        il.Emit(OpCodes.Ldc_I4_1);
        il.Emit(OpCodes.Add);
    }

    // The target, then the code; in case that is the stub, it is told which function to compile.
    private void EmitCalleePointer()
    {
        OweForCallee();
        LoadCallee(nameof(Function.Target));
        il.Emit(OpCodes.Ldloc, state);
        LoadCallee(nameof(Function.Index));
        il.Emit(OpCodes.Stfld, Members.Field(typeof(StoreState), nameof(StoreState.Pending)));
        LoadCallee(nameof(Function.Slot));
        il.Emit(OpCodes.Ldind_I);
    }

    // Everything is on the IL stack.
    private void EmitCall(Signature target, bool tail)
    {
        // What the block has cost so far is taken at its end, so that a call needn't wait for the account.
        // But an exception may end the block at the call.
        if (tail || code.MayUnwind) ChargeFuel();
        if (fuelChanged) StoreFuel();
        if (tail)
        {
            EmitTailCall(target);
            BecomeUnreachable();
            return;
        }
        il.EmitCalli(OpCodes.Calli, CallingConventions.Standard, target.Return, target.Arguments, null);
        ReloadMemory();
        ForgetFuel();
        PushResults(target.Type.Results.AsSpan());
    }

    private void EmitTailCall(Signature target)
    {
        il.Emit(OpCodes.Tailcall);
        il.EmitCalli(OpCodes.Calli, CallingConventions.Standard, target.Return, target.Arguments, null);
        il.Emit(OpCodes.Ret);
    }

    private void PushResults(ReadOnlySpan<ValueKind> results)
    {
        if (results.Length == 0) return;
        PushComputed(results[0]);
        if (results.Length == 1) return;
        SpillAll();
        for (var i = 1; i < results.Length; i++)
        {
            ResultSlots.Load(il, results[i], i, () => il.Emit(OpCodes.Ldloc, state));
            PushComputed(results[i]);
            SpillAll();
        }
    }
}
