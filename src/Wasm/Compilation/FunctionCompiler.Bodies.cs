using System.Reflection.Emit;
using ClawGrains.Wasm.Runtime;

namespace ClawGrains.Wasm.Compilation;

/// <content>
/// A function with stores in loops is compiled twice within one method: the first body marks the pages it writes, so
/// that a short call is cheap to clean up after; the second doesn't. At the head of a loop all values are in locals,
/// so once enough iterations (or calls) have passed, control moves from a loop of the first body to the same loop of
/// the second. The rest of the memory's life then counts as one write to all of it.
/// </content>
internal sealed unsafe partial class FunctionCompiler
{
    // Longer bodies would make the JIT give up optimizing.
    private const int MostDoubled = 6000;
    private const int IterationsUntilHot = 500;

    private readonly bool hasTwoBodies;
    private readonly List<Label> secondHeads = [];
    private bool marksWrites = true;
    private int loops;
    private Label secondEntry;
    private LocalBuilder? iterations;

    private void ChooseBody()
    {
        secondEntry = il.DefineLabel();
        iterations = il.DeclareLocal(typeof(int));
        LoadInstance(nameof(Instance.Untracked));
        il.Emit(OpCodes.Brtrue, secondEntry);
        CountCall();
        il.Emit(OpCodes.Ldc_I4, IterationsUntilHot);
        il.Emit(OpCodes.Stloc, iterations);
    }

    private void CountCall()
    {
        var cool = il.DefineLabel();
        il.Emit(OpCodes.Ldloc, state);
        LoadState(nameof(StoreState.Heat));
        il.Emit(OpCodes.Ldc_I4_1);
        il.Emit(OpCodes.Sub);
        il.Emit(OpCodes.Stfld, Members.Field(typeof(StoreState), nameof(StoreState.Heat)));
        LoadState(nameof(StoreState.Heat));
        il.Emit(OpCodes.Ldc_I4_0);
        il.Emit(OpCodes.Bge, cool);
        StopTracking();
        il.Emit(OpCodes.Br, secondEntry);
        il.MarkLabel(cool);
    }

    // The loop's number is its order among the reachable ones, which is the same in both bodies.
    private void CountIteration()
    {
        if (!marksWrites) return;
        var cool = il.DefineLabel();
        var head = il.DefineLabel();
        secondHeads.Add(head);
        il.Emit(OpCodes.Ldloc, iterations!);
        il.Emit(OpCodes.Ldc_I4_1);
        il.Emit(OpCodes.Sub);
        il.Emit(OpCodes.Stloc, iterations!);
        il.Emit(OpCodes.Ldloc, iterations!);
        il.Emit(OpCodes.Ldc_I4_0);
        il.Emit(OpCodes.Bge, cool);
        StopTracking();
        il.Emit(OpCodes.Br, head);
        il.MarkLabel(cool);
    }

    private void StopTracking()
    {
        LoadTarget();
        il.Emit(OpCodes.Call, Members.Method(typeof(BulkMemory), nameof(BulkMemory.StopTracking)));
    }

    private void SecondBody()
    {
        marksWrites = false;
        reachable = true;
        pendingFuel = 0;
        Array.Clear(addresses);
        ForgetChecks();
        il.MarkLabel(secondEntry);
        Body();
    }
}
