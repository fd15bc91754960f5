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
    private readonly List<Handover> entries = [];
    private int loops;
    private LocalBuilder? iterations;
    private LocalBuilder? next;
    private Label leave;
    private Label takeOver;

    /// <summary>A loop at whose head values are handed over, and where its temporaries are.</summary>
    private sealed record Handover(int Loop, Label Label, Label Head, (LocalBuilder Local, ValueKind Kind)[] Temporaries);

    private void ChooseVariant()
    {
        if (variant.Kind == VariantKind.Plain) return;
        leave = il.DefineLabel();
        takeOver = il.DefineLabel();
        if (variant.Kind == VariantKind.Tracking) CountCall();
        if (variant.Kind != VariantKind.Free) return;
        LoadInstance(nameof(Instance.Untracked));
        il.Emit(OpCodes.Brfalse, leave);
    }

    // Where the memory isn't tracked any more there is no heat left.
    private void CountCall()
    {
        iterations = il.DeclareLocal(typeof(int));
        LoadTarget();
        il.Emit(OpCodes.Ldflda, Members.Field(typeof(Instance), nameof(Instance.Heat)));
        il.Emit(OpCodes.Dup);
        il.Emit(OpCodes.Ldind_I4);
        il.Emit(OpCodes.Ldc_I4_1);
        il.Emit(OpCodes.Sub);
        il.Emit(OpCodes.Dup);
        il.Emit(OpCodes.Stloc, iterations);
        il.Emit(OpCodes.Stind_I4);
        il.Emit(OpCodes.Ldloc, iterations);
        il.Emit(OpCodes.Ldc_I4_0);
        il.Emit(OpCodes.Blt, leave);
        il.Emit(OpCodes.Ldc_I4, IterationsUntilHot);
        il.Emit(OpCodes.Stloc, iterations);
    }

    // A loop's number is its order among the reachable ones, which is the same in all variants.
    private void MarkLoop()
    {
        var loop = loops++;
        if (variant.Kind is VariantKind.Plain or VariantKind.Free || LiveTemporaries() is not { } live) return;
        if (variant.Kind == VariantKind.Careful || (variant.Kind == VariantKind.Resumed && loop == variant.Loop)) entries.Add(HandoverHere(live));
        if (variant.Kind != VariantKind.Tracking) return;
        var over = HandoverHere(live);
        handovers.Add(over);
        il.Emit(OpCodes.Ldloc, iterations!);
        il.Emit(OpCodes.Ldc_I4_1);
        il.Emit(OpCodes.Sub);
        il.Emit(OpCodes.Stloc, iterations!);
        il.Emit(OpCodes.Ldloc, iterations!);
        il.Emit(OpCodes.Ldc_I4_0);
        il.Emit(OpCodes.Blt, over.Label);
    }

    private Handover HandoverHere((LocalBuilder Local, ValueKind Kind)[] live) => new(loops - 1, il.DefineLabel(), frames[frameCount - 1].Target, live);

    // Null where there are references, which can't be put into plain memory.
    private (LocalBuilder Local, ValueKind Kind)[]? LiveTemporaries()
    {
        var live = new List<(LocalBuilder Local, ValueKind Kind)>();
        for (var i = 0; i < count; i++)
        {
            if (operands[i].Place != Place.Temporary) continue;
            if (operands[i].Kind.IsReference()) return null;
            live.Add((Temporary(i, operands[i].Kind), operands[i].Kind));
        }
        return [.. live];
    }

    private void VariantBlocks()
    {
        // As at the loop heads they are jumped to from.
        fuelRead = true;
        abandoned.ForEach(BeCareful);
        var goOn = il.DefineLabel();
        if (handovers.Count > 0) HandOver(goOn);
        if (variant.Kind == VariantKind.Tracking) Leave(nameof(ModuleCode.Heated));
        if (variant.Kind == VariantKind.Free) Leave(nameof(ModuleCode.OtherVariant));
        if (variant.Kind is VariantKind.Tracking or VariantKind.Free)
        {
            il.MarkLabel(goOn);
            GoOn();
        }
        if (variant.Resumes) TakeOver();
    }

    // The loops share what they can: every function has these blocks compiled, and hardly one ever runs them.
    private void HandOver(Label goOn)
    {
        var saveLocals = il.DefineLabel();
        var plain = handovers.FindAll(over => over.Temporaries.Length == 0);
        if (plain.Count > 0) HandOver(plain);
        il.MarkLabel(saveLocals);
        Transfer([.. OwnLocals()], 0, save: true);
        il.Emit(OpCodes.Br, goOn);
        foreach (var over in handovers.Except(plain))
        {
            il.MarkLabel(over.Label);
            Resume(() => il.Emit(OpCodes.Ldc_I4, over.Loop), over.Temporaries.Length);
            Transfer(over.Temporaries, locals.Length - parameterCount, save: true);
            il.Emit(OpCodes.Br, saveLocals);
        }
    }

    private void HandOver(List<Handover> plain)
    {
        var (loop, resume) = (il.DeclareLocal(typeof(int)), il.DefineLabel());
        foreach (var over in plain)
        {
            il.MarkLabel(over.Label);
            il.Emit(OpCodes.Ldc_I4, over.Loop);
            il.Emit(OpCodes.Stloc, loop);
            if (over != plain[^1]) il.Emit(OpCodes.Br, resume);
        }
        il.MarkLabel(resume);
        Resume(() => il.Emit(OpCodes.Ldloc, loop), 0);
    }

    private void TakeOver()
    {
        il.MarkLabel(takeOver);
        Transfer([.. OwnLocals()], 0, save: false);
        foreach (var over in entries.Skip(1))
        {
            LoadState(nameof(StoreState.ResumedLoop));
            il.Emit(OpCodes.Ldc_I4, over.Loop);
            il.Emit(OpCodes.Beq, over.Label);
        }
        foreach (var over in entries)
        {
            il.MarkLabel(over.Label);
            Transfer(over.Temporaries, locals.Length - parameterCount, save: false);
            il.Emit(OpCodes.Br, over.Head);
        }
    }

    // The code to go on in, with room to put the values.
    private void Resume(Action loadLoop, int temporaryValues)
    {
        StoreFuel();
        LoadTarget();
        il.Emit(OpCodes.Ldc_I4, own);
        loadLoop();
        il.Emit(OpCodes.Ldc_I4, locals.Length - parameterCount + temporaryValues);
        il.Emit(OpCodes.Call, Members.Method(typeof(ModuleCode), nameof(ModuleCode.Resume)));
        il.Emit(OpCodes.Stloc, Next());
    }

    private IEnumerable<(LocalBuilder Local, ValueKind Kind)> OwnLocals()
    {
        for (var i = parameterCount; i < locals.Length; i++) yield return (locals[i], localKinds[i]);
    }

    private void Transfer((LocalBuilder Local, ValueKind Kind)[] values, int firstCell, bool save)
    {
        if (values.Length == 0) return;
        var cells = il.DeclareLocal(typeof(byte*));
        LoadState(nameof(StoreState.Transfer));
        il.Emit(OpCodes.Stloc, cells);
        for (var i = 0; i < values.Length; i++)
        {
            il.Emit(OpCodes.Ldloc, cells);
            il.Emit(OpCodes.Ldc_I4, (firstCell + i) * CellSize);
            il.Emit(OpCodes.Add);
            if (save) il.Emit(OpCodes.Ldloc, values[i].Local);
            else ResultSlots.Read(il, values[i].Kind);
            if (save) ResultSlots.Store(il, values[i].Kind);
            else il.Emit(OpCodes.Stloc, values[i].Local);
        }
    }

    private LocalBuilder Next() => next ??= il.DeclareLocal(typeof(nint));

    private void Leave(string method)
    {
        il.MarkLabel(leave);
        LoadTarget();
        il.Emit(OpCodes.Ldc_I4, own);
        il.Emit(OpCodes.Call, Members.Method(typeof(ModuleCode), method));
        il.Emit(OpCodes.Stloc, Next());
    }

    // With the parameters as they are now, in place of this call.
    private void GoOn()
    {
        for (var i = 0; i < signature.Arguments.Length; i++) il.Emit(OpCodes.Ldarg, (short)i);
        il.Emit(OpCodes.Ldloc, Next());
        EmitTailCall(signature);
    }
}
