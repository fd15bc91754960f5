using System.Reflection.Emit;
using ClawGrains.Wasm.Runtime;

namespace ClawGrains.Wasm.Compilation;

/// <content>
/// Heads of loops. The JIT turns a loop over at the first way out of it, which usually is the check of an access to
/// memory: that costs a jump a turn, since WebAssembly's loops have their condition at the end already. It leaves a
/// loop as it is when the first branch after the head stays inside. So one stands there whose outcome follows from a
/// comparison at the function's entry: the JIT finds that out, and removes it, after it has dealt with the loops.
/// </content>
internal sealed unsafe partial class FunctionCompiler
{
    // The depth is at least this.
    private LocalBuilder? leastDepth;

    private void LoopHead()
    {
        il.MarkLabel(frames[frameCount - 1].Target);
        ForgetChecks();
        if (variant.Kind != VariantKind.Plain) MarkLoop();
        if (leastDepth is not null) BranchInside();
    }

    // Not where a loop's head counts turns, which is a way out that no turning over can spare, and not for long.
    private void CompareAtEntry()
    {
        if (!body.Loops || variant.Kind == VariantKind.Tracking) return;
        leastDepth = il.DeclareLocal(typeof(int));
        LoadState(nameof(StoreState.Ones));
        il.Emit(OpCodes.Conv_I4);
        il.Emit(OpCodes.Stloc, leastDepth);
        il.Emit(OpCodes.Ldarg, (short)signature.DepthArgument);
        il.Emit(OpCodes.Ldloc, leastDepth);
        il.Emit(OpCodes.Blt, Trap(InterruptTrap));
    }

    private void BranchInside()
    {
        var always = il.DefineLabel();
        il.Emit(OpCodes.Ldarg, (short)signature.DepthArgument);
        il.Emit(OpCodes.Ldloc, leastDepth!);
        il.Emit(OpCodes.Bge, always);
        // Anything the JIT must keep.
        il.Emit(OpCodes.Ldloc, state);
        il.Emit(OpCodes.Volatile);
        il.Emit(OpCodes.Ldfld, Members.Field(typeof(StoreState), nameof(StoreState.Interrupt)));
        il.Emit(OpCodes.Pop);
        il.MarkLabel(always);
    }
}
