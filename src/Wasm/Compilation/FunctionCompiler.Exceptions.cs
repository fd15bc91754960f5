using System.Reflection.Emit;
using ClawGrains.Wasm.Binary;
using ClawGrains.Wasm.Runtime;

namespace ClawGrains.Wasm.Compilation;

/// <content>
/// Exception handling. A <c>try_table</c> is a protected region of IL whose handler only keeps the exception and
/// leaves; what it does next comes after the region. There the thrower's frames are gone from the real stack, so
/// passing on what no clause catches, through any number of frames, takes no stack. Nothing but <c>leave</c> may go
/// out of a region: branches, returns and tail calls from within are diverted, and each region has its own traps.
/// </content>
internal sealed unsafe partial class FunctionCompiler
{
    private readonly List<Action> afterBody = [];
    private int tryDepth;
    private LocalBuilder? caught;
    private Label? returnLabel;
    private LocalBuilder? returnValue;

    private void TryTable(ref WasmReader reader)
    {
        code.Types.Block(ref reader, out var inputs, out var outputs);
        var clauses = new CatchClause[reader.Count()];
        foreach (ref var clause in clauses.AsSpan()) clause = CatchClause.Read(ref reader);
        Settle();
        if (inputs.Length > 0) Force(inputs.Length);
        ChargeToBranch();
        PushFrame(Opcode.TryTable, inputs, outputs);
        ref var frame = ref frames[frameCount - 1];
        frame.Clauses = clauses;
        frame.OuterTraps = traps;
        il.BeginExceptionBlock();
        tryDepth++;
        traps = [];
    }

    private void EndTry()
    {
        ref var frame = ref frames[frameCount - 1];
        if (reachable)
        {
            ChargeToBranch();
            MoveTo(frame.Height, frame.Outputs.Length);
            frame.IsTarget = true;
            il.Emit(OpCodes.Leave, frame.Target);
        }
        TrapBlocks();
        traps = frame.OuterTraps!;
        tryDepth--;
        Catch(frame.Clauses, frame.Height);
        reachable = false;
        if (frame.IsTarget) Join(ref frame);
        frameCount--;
    }

    private void Catch(CatchClause[] clauses, int height)
    {
        caught ??= il.DeclareLocal(typeof(GuestException));
        il.BeginCatchBlock(typeof(GuestException));
        il.Emit(OpCodes.Stloc, caught);
        il.EndExceptionBlock();
        Truncate(height);
        ReloadMemory();
        ForgetChecks();
        ForgetFuel();
        ReadFuel();
        ForgetCost();
        var catchesAll = false;
        for (var i = 0; i < clauses.Length && !catchesAll; i++)
        {
            Clause(clauses[i]);
            catchesAll = clauses[i].Tag is null;
        }
        if (catchesAll) return;
        il.Emit(OpCodes.Ldloc, caught);
        il.Emit(OpCodes.Throw);
    }

    // Labels count from outside of the block, whose frame is still there.
    private void Clause(CatchClause clause)
    {
        var next = il.DefineLabel();
        var height = count;
        if (clause.Tag is { } tag)
        {
            il.Emit(OpCodes.Ldloc, caught!);
            LoadTarget();
            il.Emit(OpCodes.Ldc_I4, (int)tag);
            il.Emit(OpCodes.Call, Members.Method(typeof(Exceptions), nameof(Exceptions.Is)));
            il.Emit(OpCodes.Brfalse, next);
            Unpack((int)tag);
        }
        if (clause.TakesReference)
        {
            il.Emit(OpCodes.Ldloc, caught!);
            il.Emit(OpCodes.Call, Members.Method(typeof(Exceptions), nameof(Exceptions.Reference)));
            PushComputed(ValueKind.ExnRef);
        }
        var target = frameCount - 2 - (int)clause.Label;
        if (target == 0) ReturnKeeping();
        else Jump(target);
        Truncate(height);
        il.MarkLabel(next);
    }

    private void Unpack(int tag)
    {
        var kinds = data.Tags[tag].Type.Parameters;
        for (var i = 0; i < kinds.Length; i++)
        {
            il.Emit(OpCodes.Ldloc, caught!);
            il.Emit(OpCodes.Call, Members.Method(typeof(Exceptions), nameof(Exceptions.Values)));
            LoadValue(i);
            il.Emit(OpCodes.Call, Members.Method(typeof(Marshalling), Marshalling.Getter(kinds[i])));
            PushComputed(kinds[i]);
            SpillAll();
        }
    }

    // The array is on the IL stack.
    private void LoadValue(int index)
    {
        il.Emit(OpCodes.Ldc_I4_0);
        il.Emit(OpCodes.Ldelema, typeof(Value));
        il.Emit(OpCodes.Ldc_I4, index);
    }

    private void Throw(int tag)
    {
        var kinds = data.Tags[tag].Type.Parameters;
        Charge(Exceptions.Cost);
        SpillAll();
        var values = il.DeclareLocal(typeof(Value[]));
        il.Emit(OpCodes.Ldc_I4, kinds.Length);
        il.Emit(OpCodes.Newarr, typeof(Value));
        il.Emit(OpCodes.Stloc, values);
        for (var i = 0; i < kinds.Length; i++)
        {
            EmitLazy(count - kinds.Length + i);
            il.Emit(OpCodes.Ldloc, values);
            LoadValue(i);
            il.Emit(OpCodes.Call, Members.Method(typeof(Marshalling), Marshalling.Setter(kinds[i])));
        }
        LoadTarget();
        il.Emit(OpCodes.Ldc_I4, tag);
        il.Emit(OpCodes.Ldloc, values);
        il.Emit(OpCodes.Call, Members.Method(typeof(Exceptions), nameof(Exceptions.Create)));
        il.Emit(OpCodes.Throw);
        BecomeUnreachable();
    }

    private void ThrowReference()
    {
        Charge(Exceptions.Cost);
        SpillAll();
        EmitLazy(count - 1);
        il.Emit(OpCodes.Call, Members.Method(typeof(Exceptions), nameof(Exceptions.Again)));
        il.Emit(OpCodes.Throw);
        BecomeUnreachable();
    }

    private void Charge(int cost)
    {
        pendingFuel += cost;
        ChargeFuel();
        StoreFuel();
    }

    /// <summary>Goes to a label that lies outside of as many regions as <paramref name="depth"/> says less than here.</summary>
    private void EmitBranch(Label target, int depth) => il.Emit(depth < tryDepth ? OpCodes.Leave : OpCodes.Br, target);

    /// <summary>The function's one result, if any, is on the IL stack.</summary>
    private void EmitReturn()
    {
        if (tryDepth == 0)
        {
            il.Emit(OpCodes.Ret);
            return;
        }
        if (signature.Return != typeof(void)) il.Emit(OpCodes.Stloc, returnValue ??= il.DeclareLocal(signature.Return));
        returnLabel ??= il.DefineLabel();
        il.Emit(OpCodes.Leave, returnLabel.Value);
    }

    /// <summary>A tail call ends the frame, so what it throws isn't caught by the block it stands in.</summary>
    private void LeaveAndCall(Signature target, Action emitPointer)
    {
        var arguments = target.Type.Parameters;
        Force(arguments.Length);
        ChargeFuel();
        StoreFuel();
        var first = count - arguments.Length;
        var outside = il.DefineLabel();
        il.Emit(OpCodes.Leave, outside);
        afterBody.Add(() =>
        {
            il.MarkLabel(outside);
            for (var i = 0; i < arguments.Length; i++) il.Emit(OpCodes.Ldloc, Temporary(first + i, arguments[i]));
            EmitDepth(tail: true);
            emitPointer();
            PayForCallee();
            EmitTailCall(target);
        });
        BecomeUnreachable();
    }

    /// <summary>What was diverted out of regions.</summary>
    private void AfterBody()
    {
        foreach (var emit in afterBody) emit();
        if (returnLabel is not { } label) return;
        il.MarkLabel(label);
        if (returnValue is not null) il.Emit(OpCodes.Ldloc, returnValue);
        il.Emit(OpCodes.Ret);
    }
}
