using System.Reflection;
using System.Reflection.Emit;
using ClawGrains.Wasm.Runtime;

namespace ClawGrains.Wasm.Compilation;

/// <summary>
/// A function whose frame may be larger than the stack's reserve must not even begin without room for it, because the
/// machine touches the whole frame on entry. A small method in front of it checks, and is left by a tail call.
/// </summary>
internal static class LargeFrames
{
    public static CompiledMethod Guard(Signature signature, CompiledMethod inner, long frame)
    {
        var method = CompiledMethod.Define($"{inner}-guard", signature.Return, signature.Arguments);
        var il = method.GetILGenerator();
        var trap = il.DefineLabel();
        Check(il, signature, frame, trap);
        for (var i = 0; i < signature.Arguments.Length; i++) il.Emit(OpCodes.Ldarg, (short)i);
        il.Emit(OpCodes.Ldc_I8, (long)inner.Pointer);
        il.Emit(OpCodes.Conv_I);
        il.Emit(OpCodes.Tailcall);
        il.EmitCalli(OpCodes.Calli, CallingConventions.Standard, signature.Return, signature.Arguments, null);
        il.Emit(OpCodes.Ret);
        il.MarkLabel(trap);
        LoadState(il, signature);
        il.Emit(OpCodes.Call, Members.Method(typeof(Traps), nameof(Traps.Entry)));
        il.Emit(OpCodes.Throw);
        return CompiledMethod.From(method, inner);
    }

    private static void Check(ILGenerator il, Signature signature, long frame, Label trap)
    {
        var probe = il.DeclareLocal(typeof(int));
        il.Emit(OpCodes.Ldloca, probe);
        il.Emit(OpCodes.Conv_U);
        LoadState(il, signature);
        il.Emit(OpCodes.Ldfld, Members.Field(typeof(StoreState), nameof(StoreState.StackLimit)));
        il.Emit(OpCodes.Ldc_I8, frame);
        il.Emit(OpCodes.Conv_U);
        il.Emit(OpCodes.Add);
        il.Emit(OpCodes.Blt_Un, trap);
    }

    private static void LoadState(ILGenerator il, Signature signature)
    {
        il.Emit(OpCodes.Ldarg, (short)signature.TargetArgument);
        il.Emit(OpCodes.Ldfld, Members.Field(typeof(Instance), nameof(Instance.State)));
    }
}
