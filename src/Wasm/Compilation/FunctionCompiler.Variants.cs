using System.Reflection;
using System.Reflection.Emit;
using ClawGrains.Wasm.Runtime;

namespace ClawGrains.Wasm.Compilation;

/// <content>
/// A function with stores in loops is first compiled so that it marks the pages it writes, which keeps cleaning up
/// after a short call cheap, and counts its iterations and calls. Once hot, the whole memory counts as written and a
/// variant without marks runs. A running loop moves over too: at its head all values are in locals, so they are put
/// into the store's transfer area, and a variant that begins there takes them from it in place of the first.
/// </content>
internal sealed unsafe partial class FunctionCompiler
{
    private const int IterationsUntilHot = 500;
    private const int CellSize = 16;

    private readonly Variant variant;
    private readonly List<Handover> handovers = [];
    private int loops;
    private LocalBuilder? iterations;
    private Label otherVariant;
    private Label heated;
    private Label takeOver;

    /// <summary>A loop at whose head values are handed over, and where its temporaries are.</summary>
    private sealed record Handover(int Loop, Label Label, Label Head, LocalBuilder[] Temporaries);

    private void ChooseVariant()
    {
        if (variant.Kind == VariantKind.Plain) return;
        otherVariant = il.DefineLabel();
        heated = il.DefineLabel();
        takeOver = il.DefineLabel();
        if (variant.Kind == VariantKind.Resumed) return;
        var tracking = variant.Kind == VariantKind.Tracking;
        LoadInstance(nameof(Instance.Untracked));
        il.Emit(tracking ? OpCodes.Brtrue : OpCodes.Brfalse, otherVariant);
        if (!tracking) return;
        CountCall();
        iterations = il.DeclareLocal(typeof(int));
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
        il.Emit(OpCodes.Ldc_I4_0);
        il.Emit(OpCodes.Blt, heated);
    }

    // A loop's number is its order among the reachable ones, which is the same in all variants.
    private void MarkLoop()
    {
        var loop = loops++;
        var head = frames[frameCount - 1].Target;
        if (variant.Kind == VariantKind.Resumed && loop == variant.Loop) handovers.Add(new Handover(loop, takeOver, head, LiveTemporaries()!));
        if (variant.Kind != VariantKind.Tracking || LiveTemporaries() is not { } live) return;
        var over = new Handover(loop, il.DefineLabel(), head, live);
        handovers.Add(over);
        il.Emit(OpCodes.Ldloc, iterations!);
        il.Emit(OpCodes.Ldc_I4_1);
        il.Emit(OpCodes.Sub);
        il.Emit(OpCodes.Stloc, iterations!);
        il.Emit(OpCodes.Ldloc, iterations!);
        il.Emit(OpCodes.Ldc_I4_0);
        il.Emit(OpCodes.Blt, over.Label);
    }

    // Null where there are references, which can't be put into plain memory.
    private LocalBuilder[]? LiveTemporaries()
    {
        var live = new List<LocalBuilder>();
        for (var i = 0; i < count; i++)
        {
            if (operands[i].Place != Place.Temporary) continue;
            if (operands[i].Kind.IsReference()) return null;
            live.Add(Temporary(i, operands[i].Kind));
        }
        return [.. live];
    }

    private void VariantBlocks()
    {
        if (variant.Kind == VariantKind.Plain) return;
        foreach (var over in handovers)
        {
            il.MarkLabel(over.Label);
            if (variant.Kind == VariantKind.Tracking) HandOver(over);
            else TakeOver(over);
        }
        if (variant.Kind == VariantKind.Resumed) return;
        il.MarkLabel(heated);
        LoadTarget();
        il.Emit(OpCodes.Call, Members.Method(typeof(BulkMemory), nameof(BulkMemory.StopTracking)));
        il.MarkLabel(otherVariant);
        GoOn(() =>
        {
            LoadTarget();
            il.Emit(OpCodes.Ldc_I4, own);
            il.Emit(OpCodes.Call, Members.Method(typeof(ModuleCode), nameof(ModuleCode.OtherVariant)));
        });
    }

    private void HandOver(Handover over)
    {
        var code = il.DeclareLocal(typeof(nint));
        StoreFuel();
        LoadTarget();
        il.Emit(OpCodes.Ldc_I4, own);
        il.Emit(OpCodes.Ldc_I4, over.Loop);
        il.Emit(OpCodes.Ldc_I4, locals.Length - parameterCount + over.Temporaries.Length);
        il.Emit(OpCodes.Call, Members.Method(typeof(ModuleCode), nameof(ModuleCode.Resume)));
        il.Emit(OpCodes.Stloc, code);
        var cell = 0;
        foreach (var local in Transferred(over))
        {
            Cell(cell++);
            il.Emit(OpCodes.Ldloc, local);
            il.Emit(OpCodes.Unaligned, (byte)1);
            il.Emit(OpCodes.Stobj, local.LocalType);
        }
        GoOn(() => il.Emit(OpCodes.Ldloc, code));
    }

    private void TakeOver(Handover over)
    {
        var cell = 0;
        foreach (var local in Transferred(over))
        {
            Cell(cell++);
            il.Emit(OpCodes.Unaligned, (byte)1);
            il.Emit(OpCodes.Ldobj, local.LocalType);
            il.Emit(OpCodes.Stloc, local);
        }
        il.Emit(OpCodes.Br, over.Head);
    }

    private IEnumerable<LocalBuilder> Transferred(Handover over) => locals.Skip(parameterCount).Concat(over.Temporaries);

    private void Cell(int number)
    {
        LoadState(nameof(StoreState.Transfer));
        il.Emit(OpCodes.Ldc_I4, number * CellSize);
        il.Emit(OpCodes.Conv_I);
        il.Emit(OpCodes.Add);
    }

    // With the parameters as they are now, in place of this call.
    private void GoOn(Action loadCode)
    {
        for (var i = 0; i < signature.Arguments.Length; i++) il.Emit(OpCodes.Ldarg, (short)i);
        loadCode();
        il.Emit(OpCodes.Tailcall);
        il.EmitCalli(OpCodes.Calli, CallingConventions.Standard, signature.Return, signature.Arguments, null);
        il.Emit(OpCodes.Ret);
    }
}
