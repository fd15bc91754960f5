using System.Reflection.Emit;
using ClawGrains.Wasm.Binary;
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
    private LocalBuilder? maxDepth;

    private void LoopHead(WasmReader reader)
    {
        FindDispatch(reader);
        il.MarkLabel(frames[frameCount - 1].Target);
        ForgetChecks();
        MarkLoop();
        // Not where turns are counted here, which is a way out that no turning over could spare, and not for long.
        if (variant.Kind != VariantKind.Tracking) BranchInside();
        CheckTurn(reader.Position);
    }

    private void CheckDepth()
    {
        LoadState(nameof(StoreState.MaxDepth));
        il.Emit(OpCodes.Stloc, maxDepth = il.DeclareLocal(typeof(int)));
        LoadDepths();
        il.Emit(OpCodes.Bgt, Trap(EntryTrap));
    }

    private void BranchInside()
    {
        var always = il.DefineLabel();
        LoadDepths();
        il.Emit(OpCodes.Ble, always);
        // Anything the JIT must keep.
        il.Emit(OpCodes.Ldloc, state);
        il.Emit(OpCodes.Volatile);
        il.Emit(OpCodes.Ldfld, Members.Field(typeof(StoreState), nameof(StoreState.Interrupt)));
        il.Emit(OpCodes.Pop);
        il.MarkLabel(always);
    }

    private void LoadDepths()
    {
        il.Emit(OpCodes.Ldarg, (short)signature.DepthArgument);
        il.Emit(OpCodes.Ldloc, maxDepth!);
    }
}
