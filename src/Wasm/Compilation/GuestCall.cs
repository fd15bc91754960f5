using System.Reflection;
using System.Reflection.Emit;
using ClawGrains.Wasm.Runtime;

namespace ClawGrains.Wasm.Compilation;

/// <summary>The parts of a method that calls a guest's function, its first argument, with a delegate's signature.</summary>
internal sealed class GuestCall
{
    private readonly Signature signature;
    private readonly DelegateShape shape;
    private readonly LocalBuilder[] results;

    public GuestCall(ILGenerator il, Signature signature, DelegateShape shape)
    {
        Il = il;
        this.signature = signature;
        this.shape = shape;
        results = [.. shape.Results.Select(il.DeclareLocal)];
    }

    public ILGenerator Il { get; }

    /// <summary>Leaves the call to another method of the same signature.</summary>
    public void PassOn(CompiledMethod other, Type[] parameters)
    {
        for (var i = 0; i < parameters.Length; i++) Il.Emit(OpCodes.Ldarg, (short)i);
        Il.Emit(OpCodes.Ldc_I8, (long)other.Pointer);
        Il.Emit(OpCodes.Conv_I);
        Il.EmitCalli(OpCodes.Calli, CallingConventions.Standard, shape.Return, parameters, null);
        Il.Emit(OpCodes.Ret);
    }

    public void LoadArguments()
    {
        for (var i = 0; i < shape.Parameters.Length; i++)
        {
            Il.Emit(OpCodes.Ldarg, (short)(i + 1));
            if (signature.Type.Parameters[i] != ValueKind.FuncRef) continue;
            EntryEmitter.LoadState(Il);
            Il.Emit(OpCodes.Call, Members.Method(typeof(Marshalling), nameof(Marshalling.Own)));
        }
    }

    // The first result comes last, outside the protected region: all are at hand to be returned.
    public void StoreResult(int index)
    {
        Il.Emit(OpCodes.Stloc, results[index]);
        if (index > 0) return;
        foreach (var result in results) Il.Emit(OpCodes.Ldloc, result);
        if (shape.Tuple is { } tuple) Il.Emit(OpCodes.Newobj, tuple);
    }
}
