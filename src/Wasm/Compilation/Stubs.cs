using System.Reflection;
using System.Reflection.Emit;
using ClawGrains.Wasm.Runtime;

namespace ClawGrains.Wasm.Compilation;

/// <summary>The small methods that exist once per signature.</summary>
internal static class Stubs
{
    /// <summary>Has the pending function compiled, then runs it in place of itself.</summary>
    public static CompiledMethod Lazy(Signature signature)
    {
        var method = CompiledMethod.Define("lazy", signature.Return, signature.Arguments);
        var il = method.GetILGenerator();
        for (var i = 0; i < signature.Arguments.Length; i++) il.Emit(OpCodes.Ldarg, (short)i);
        il.Emit(OpCodes.Ldarg, (short)signature.TargetArgument);
        il.Emit(OpCodes.Call, Members.Method(typeof(Stubs), nameof(CompilePending)));
        il.Emit(OpCodes.Tailcall);
        il.EmitCalli(OpCodes.Calli, CallingConventions.Standard, signature.Return, signature.Arguments, null);
        il.Emit(OpCodes.Ret);
        return CompiledMethod.From(method);
    }

    public static nint CompilePending(Instance instance) => instance.Code.Compile(instance.State.Pending, instance.Untracked, instance.State);

    /// <summary>Puts arguments into an array of values, calls the host function, and takes the results from it.</summary>
    public static CompiledMethod Untyped(Signature signature)
    {
        var method = CompiledMethod.Define("host", signature.Return, signature.Arguments);
        var il = method.GetILGenerator();
        var values = il.DeclareLocal(typeof(Value[]));
        var type = signature.Type;
        il.Emit(OpCodes.Ldarg, (short)signature.TargetArgument);
        il.Emit(OpCodes.Call, Members.Method(typeof(HostCalls), nameof(HostCalls.Rent)));
        il.Emit(OpCodes.Stloc, values);
        for (var i = 0; i < type.Parameters.Length; i++)
        {
            il.Emit(OpCodes.Ldarg, (short)i);
            At(il, values, i);
            il.Emit(OpCodes.Call, Members.Method(typeof(Marshalling), Marshalling.Setter(type.Parameters[i])));
        }
        il.Emit(OpCodes.Ldarg, (short)signature.TargetArgument);
        il.Emit(OpCodes.Ldarg, (short)signature.DepthArgument);
        il.Emit(OpCodes.Ldloc, values);
        il.Emit(OpCodes.Call, Members.Method(typeof(HostCalls), nameof(HostCalls.Invoke)));
        for (var i = type.Results.Length - 1; i >= 0; i--) Result(il, signature, values, i);
        il.Emit(OpCodes.Ldloc, values);
        il.Emit(OpCodes.Call, Members.Method(typeof(HostCalls), nameof(HostCalls.Return)));
        il.Emit(OpCodes.Ret);
        return CompiledMethod.From(method);
    }

    public static Invoker Invoker(Signature signature)
    {
        var method = CompiledMethod.Define("invoke", typeof(void), [typeof(Function), typeof(Value).MakeByRefType(), typeof(Value).MakeByRefType()]);
        var il = method.GetILGenerator();
        var type = signature.Type;
        new EntryEmitter(il, signature, outermost: false).Emit(LoadArguments, StoreResult);
        return method.CreateDelegate<Invoker>();

        void LoadArguments()
        {
            for (var i = 0; i < type.Parameters.Length; i++)
            {
                il.Emit(OpCodes.Ldarg_1);
                il.Emit(OpCodes.Ldc_I4, i);
                il.Emit(OpCodes.Call, Members.Method(typeof(Marshalling), Marshalling.Getter(type.Parameters[i])));
            }
        }

        void StoreResult(int index)
        {
            il.Emit(OpCodes.Ldarg_2);
            il.Emit(OpCodes.Ldc_I4, index);
            il.Emit(OpCodes.Call, Members.Method(typeof(Marshalling), Marshalling.Setter(type.Results[index])));
        }
    }

    private static void Result(ILGenerator il, Signature signature, LocalBuilder values, int index)
    {
        var kind = signature.Type.Results[index];
        if (index > 0) ResultSlots.BeforeStore(il, kind, index, () => LoadState(il, signature));
        At(il, values, signature.Type.Parameters.Length + index);
        il.Emit(OpCodes.Call, Members.Method(typeof(Marshalling), Marshalling.Getter(kind)));
        if (index > 0) ResultSlots.Store(il, kind);
    }

    private static void LoadState(ILGenerator il, Signature signature)
    {
        il.Emit(OpCodes.Ldarg, (short)signature.TargetArgument);
        il.Emit(OpCodes.Ldfld, Members.Field(typeof(HostTarget), nameof(HostTarget.State)));
    }

    private static void At(ILGenerator il, LocalBuilder values, int index)
    {
        il.Emit(OpCodes.Ldloc, values);
        il.Emit(OpCodes.Ldc_I4_0);
        il.Emit(OpCodes.Ldelema, typeof(Value));
        il.Emit(OpCodes.Ldc_I4, index);
    }
}
