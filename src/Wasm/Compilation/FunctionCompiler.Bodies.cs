using System.Reflection.Emit;
using ClawGrains.Wasm.Runtime;

namespace ClawGrains.Wasm.Compilation;

/// <content>
/// A function with stores in loops is first compiled so that it marks the pages it writes, which keeps cleaning up
/// after a short call cheap, and counts its iterations and calls. Once hot it is compiled again, now with two bodies
/// in one method: the second doesn't mark. At the head of a loop all values are in locals, so after enough iterations
/// control moves from a loop of the first body to the same loop of the second, and the whole memory counts as written.
/// </content>
internal sealed unsafe partial class FunctionCompiler
{
    private const int IterationsUntilHot = 500;

    private readonly bool countsHeat;
    private readonly bool hasTwoBodies;
    private readonly List<Label> secondHeads = [];
    private bool marksWrites = true;
    private int loops;
    private Label secondEntry;
    private LocalBuilder? iterations;

    private void ChooseBody()
    {
        iterations = il.DeclareLocal(typeof(int));
        if (hasTwoBodies)
        {
            secondEntry = il.DefineLabel();
            LoadInstance(nameof(Instance.Untracked));
            il.Emit(OpCodes.Brtrue, secondEntry);
        }
        CountCall();
        il.Emit(OpCodes.Ldc_I4, IterationsUntilHot);
        il.Emit(OpCodes.Stloc, iterations);
    }

    private void CountCall()
    {
        il.Emit(OpCodes.Ldloc, state);
        LoadState(nameof(StoreState.Heat));
        il.Emit(OpCodes.Ldc_I4_1);
        il.Emit(OpCodes.Sub);
        il.Emit(OpCodes.Stfld, Members.Field(typeof(StoreState), nameof(StoreState.Heat)));
        LoadState(nameof(StoreState.Heat));
        WhenNegative(secondEntry);
    }

    // The loop's number is its order among the reachable ones, which is the same in both bodies.
    private void CountIteration()
    {
        var head = hasTwoBodies ? il.DefineLabel() : default;
        if (hasTwoBodies) secondHeads.Add(head);
        il.Emit(OpCodes.Ldloc, iterations!);
        il.Emit(OpCodes.Ldc_I4_1);
        il.Emit(OpCodes.Sub);
        il.Emit(OpCodes.Stloc, iterations!);
        il.Emit(OpCodes.Ldloc, iterations!);
        WhenNegative(head);
    }

    /// <summary>Takes a count from the IL stack; below zero the function is hot.</summary>
    private void WhenNegative(Label second)
    {
        var cool = il.DefineLabel();
        il.Emit(OpCodes.Ldc_I4_0);
        il.Emit(OpCodes.Bge, cool);
        LoadTarget();
        if (hasTwoBodies)
        {
            il.Emit(OpCodes.Call, Members.Method(typeof(BulkMemory), nameof(BulkMemory.StopTracking)));
            il.Emit(OpCodes.Br, second);
        }
        else
        {
            il.Emit(OpCodes.Ldc_I4, own);
            il.Emit(OpCodes.Call, Members.Method(typeof(ModuleCode), nameof(ModuleCode.PromoteHot)));
            il.Emit(OpCodes.Ldc_I4, int.MaxValue);
            il.Emit(OpCodes.Stloc, iterations!);
        }
        il.MarkLabel(cool);
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
