using System.Reflection.Emit;
using ClawGrains.Wasm.Runtime;

namespace ClawGrains.Wasm.Compilation;

/// <content>
/// What each turn of a loop certainly accesses is checked at the loop's head, one comparison for all that lies near one address.
/// Where something of it is not within the memory the turn is about to trap, but not before it has done what comes before that:
/// so a variant takes over that checks each access by itself.
/// </content>
internal sealed unsafe partial class FunctionCompiler
{
    private Dictionary<int, TurnAccesses> turns = [];
    private readonly List<AbandonedTurn> abandoned = [];
    private LiveLocals? liveLocals;

    /// <summary>A loop at whose head a turn is found to access what lies outside the memory, and the locals that are needed then.</summary>
    private sealed record AbandonedTurn(Handover Over, ulong Live);

    // By where the access's immediate stands.
    private readonly Dictionary<int, (LocalBuilder Start, uint Distance)> checkedBefore = [];

    // Turns of different loops are never in progress at the same time on the straight line from their heads.
    private readonly List<LocalBuilder> turnStarts = [];

    // Not where turns are few, nor where stores are to be marked one by one.
    private GroupedAccesses Grouped() =>
        variant.Kind is VariantKind.Tracking or VariantKind.Careful || !body.Loops || !CanHandOver() ? GroupedAccesses.None
        : variant.Marks ? GroupedAccesses.Loads : GroupedAccesses.All;

    // Nothing jumps into a protected region, and references can't be handed over.
    private bool CanHandOver() =>
        !body.Catches && locals.Length <= LiveLocals.MostLocals && body.End - body.Start <= LiveLocals.MostBytes && !localKinds.Any(kind => kind.IsReference());

    /// <summary>To be called at a loop's head.</summary>
    /// <param name="at">Where its body begins.</param>
    private void CheckTurn(int at)
    {
        // A head that is copied is no place for it.
        if (!turns.TryGetValue(at, out var turn) || frames[frameCount - 1].HeadEnd > 0 || LiveTemporaries() is not { } live) return;
        if (locals.Length + live.Length > StoreState.LeastTransfer) return;
        var over = HandoverHere(live);
        abandoned.Add(new AbandonedTurn(over, (liveLocals ??= new LiveLocals(data, body)).AtHeads[at]));
        UseMemory(0);
        for (var i = 0; i < turn.Groups.Count; i++) CheckGroup(turn.Groups[i], TurnStart(i), over.Label);
        foreach (var (access, member) in turn.Members) checkedBefore[access] = (turnStarts[member.Group], member.Distance);
    }

    private void CheckGroup(AccessGroup group, LocalBuilder start, Label otherwise)
    {
        EmitLocal(group.Local);
        if (group.First != 0)
        {
            il.Emit(OpCodes.Ldc_I4, group.First);
            il.Emit(OpCodes.Add);
        }
        il.Emit(OpCodes.Conv_U8);
        il.Emit(OpCodes.Stloc, start);
        Check(new MemoryAddress(start, 0, Computed), group.Span - 1, 1, otherwise);
        // Past a first that comes after it, the local's own value may have wrapped around.
        if (group.First <= 0 && group.Span + group.First > 0) known[group.Local] = new KnownAddress { CheckedEnd = (ulong)(group.Span + group.First), Marked = -1 };
    }

    // Values that are needed here are kept for it in every turn, and those needed past a call rather in memory than in a
    // register: so only what may still be read is saved, all of it before the call.
    private void BeCareful(AbandonedTurn turn)
    {
        il.MarkLabel(turn.Over.Label);
        StoreFuel();
        var (ownLocals, temporaries) = (locals.Length - parameterCount, turn.Over.Temporaries);
        for (var i = 0; i < locals.Length; i++)
            if (LiveLocals.Has(turn.Live, i)) SaveCell(CellOf(i), localKinds[i], () => EmitLocal(i));
        for (var i = 0; i < temporaries.Length; i++) SaveCell(ownLocals + i, temporaries[i].Kind, () => il.Emit(OpCodes.Ldloc, temporaries[i].Local));
        LoadTarget();
        il.Emit(OpCodes.Ldc_I4, own);
        il.Emit(OpCodes.Ldc_I4, turn.Over.Loop);
        il.Emit(OpCodes.Call, Members.Method(typeof(ModuleCode), nameof(ModuleCode.Careful)));
        il.Emit(OpCodes.Stloc, Next());
        for (var i = 0; i < parameterCount; i++)
        {
            if (LiveLocals.Has(turn.Live, i)) LoadCell(CellOf(i), localKinds[i]);
            else EmitConstant(localKinds[i], 0);
        }
        il.Emit(OpCodes.Ldarg, (short)signature.DepthArgument);
        LoadTarget();
        il.Emit(OpCodes.Ldloc, Next());
        EmitTailCall(signature);

        // Where the variant that takes over looks for its own; parameters come last.
        int CellOf(int local) => local >= parameterCount ? local - parameterCount : ownLocals + temporaries.Length + local;
    }

    private void SaveCell(int cell, ValueKind kind, Action load)
    {
        Cell(cell);
        load();
        ResultSlots.Store(il, kind);
    }

    private void LoadCell(int cell, ValueKind kind)
    {
        Cell(cell);
        ResultSlots.Read(il, kind);
    }

    private void Cell(int cell)
    {
        LoadState(nameof(StoreState.Transfer));
        il.Emit(OpCodes.Ldc_I4, cell * CellSize);
        il.Emit(OpCodes.Add);
    }

    private LocalBuilder TurnStart(int group)
    {
        while (turnStarts.Count <= group) turnStarts.Add(il.DeclareLocal(typeof(long)));
        return turnStarts[group];
    }
}
