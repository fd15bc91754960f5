using System.Reflection.Emit;
using ClawGrains.Wasm.Binary;

namespace ClawGrains.Wasm.Compilation;

/// <content>Structured control (§4.4.8).</content>
internal sealed unsafe partial class FunctionCompiler
{
    private CompilerFrame[] frames = new CompilerFrame[16];
    private int frameCount;
    private int skippedBlocks;

    private void PushFrame(int opcode, ValueKind[] inputs, ValueKind[] outputs)
    {
        if (frameCount == frames.Length) Array.Resize(ref frames, frameCount * 2);
        if (opcode == Opcode.Loop) openLoops++;
        frames[frameCount++] = new CompilerFrame
        {
            Code = opcode,
            Inputs = inputs,
            Outputs = outputs,
            Height = count - inputs.Length,
            Target = il.DefineLabel(),
            TryDepth = tryDepth,
            Clauses = [],
        };
    }

    private void Block(ref WasmReader reader, int opcode)
    {
        code.Types.Block(ref reader, out var inputs, out var outputs);
        var condition = opcode == Opcode.If ? PopCondition(settle: true) : default;
        Settle();
        if (inputs.Length > 0) Force(inputs.Length);
        // What precedes a plain block is charged with what it begins with.
        if (opcode != Opcode.Block) ChargeToBranch();
        PushFrame(opcode, inputs, outputs);
        if (opcode == Opcode.Loop) LoopHead(reader);
        if (opcode != Opcode.If) return;
        frames[frameCount - 1].Else = il.DefineLabel();
        EmitCondition(condition);
        il.Emit(OpCodes.Brfalse, frames[frameCount - 1].Else);
    }

    /// <summary>
    /// Takes the condition off the operand stack. It may stay on the IL stack when nothing else is there; otherwise
    /// everything goes to temporaries.
    /// </summary>
    private Operand PopCondition(bool settle = false)
    {
        if (operands[count - 1].Place == Place.Stack && (onStack > 1 || (settle && NeedsSettling()))) SpillAll();
        var condition = operands[count - 1];
        // A temporary of this height may be reused only after the branch, which comes next.
        conditionHeight = count - 1;
        if (condition.Place == Place.Stack) onStack--;
        Truncate(count - 1);
        return condition;
    }

    private int conditionHeight;

    private bool NeedsSettling()
    {
        for (var i = settled; i < count - 1; i++)
            if (operands[i].Place is Place.Local or Place.Stack) return true;
        return false;
    }

    private void EmitCondition(Operand condition)
    {
        switch (condition.Place)
        {
            case Place.Temporary: il.Emit(OpCodes.Ldloc, Temporary(conditionHeight, ValueKind.I32)); break;
            case Place.Local: EmitLocal(condition.Local); break;
            case Place.Constant: EmitConstant(ValueKind.I32, condition.Bits); break;
        }
        if (condition.MayBeRotation) Mask(ValueKind.I32);
    }

    private void Unreachable()
    {
        ChargeFuel();
        SpillAll();
        il.Emit(OpCodes.Br, Trap((int)TrapKind.Unreachable));
        BecomeUnreachable();
    }

    private void BecomeUnreachable()
    {
        SpillAll();
        Truncate(frames[frameCount - 1].Height);
        reachable = false;
        skippedBlocks = 0;
        ForgetCost();
    }

    private void SkipUnreachable(ref WasmReader reader, int opcode)
    {
        ConstExpressionReader.SkipImmediates(ref reader, opcode);
        switch (opcode)
        {
            case Opcode.Block or Opcode.Loop or Opcode.If or Opcode.TryTable: skippedBlocks++; break;
            case Opcode.Else when skippedBlocks == 0: Else(); break;
            case Opcode.End when skippedBlocks == 0: End(); break;
            case Opcode.End: skippedBlocks--; break;
        }
    }

    private void Else()
    {
        ref var frame = ref frames[frameCount - 1];
        if (reachable)
        {
            ChargeToBranch();
            MoveTo(frame.Height, frame.Outputs.Length);
            frame.IsTarget = true;
            il.Emit(OpCodes.Br, frame.Target);
        }
        Truncate(frame.Height);
        il.MarkLabel(frame.Else);
        ForgetChecks();
        foreach (var kind in frame.Inputs) PushTemporary(kind);
        settled = count;
        frame.Code = Opcode.Else;
        reachable = true;
        ForgetCost();
    }

    private void End()
    {
        ref var frame = ref frames[frameCount - 1];
        if (frameCount == 1)
        {
            if (reachable) Return();
            frameCount = 0;
            return;
        }
        if (frame.Code == Opcode.TryTable)
        {
            EndTry();
            return;
        }
        if (frame.Code == Opcode.If) frame.IsTarget = true;
        if (reachable && frame.IsTarget) ChargeToBranch();
        if (frame.IsTarget && frame.Code != Opcode.Loop) Join(ref frame);
        else if (!reachable) Truncate(frame.Height);
        if (frame.Code == Opcode.Loop) openLoops--;
        frameCount--;
    }

    // The results meet in their temporaries. An `if` without `else` has its inputs there, which are its results.
    private void Join(ref CompilerFrame frame)
    {
        if (reachable) MoveTo(frame.Height, frame.Outputs.Length);
        Truncate(frame.Height);
        if (frame.Code == Opcode.If) il.MarkLabel(frame.Else);
        il.MarkLabel(frame.Target);
        ForgetChecks();
        foreach (var kind in frame.Outputs) PushTemporary(kind);
        settled = count;
        reachable = true;
        ForgetCost();
    }

    /// <summary>Moves the top operands to the temporaries that begin at a height; leaves the operand stack as it is, spilled.</summary>
    private void MoveTo(int height, int number)
    {
        SpillAll();
        var first = count - number;
        for (var i = 0; i < number; i++)
            if (first != height || operands[first + i].Place != Place.Temporary) EmitLazy(first + i);
        for (var i = number - 1; i >= 0; i--)
            if (first != height || operands[first + i].Place != Place.Temporary)
                il.Emit(OpCodes.Stloc, Temporary(height + i, operands[first + i].Kind));
    }

    private void Branch(int label)
    {
        var target = frameCount - 1 - label;
        if (target == 0)
        {
            Return();
            BecomeUnreachable();
            return;
        }
        ChargeToBranch();
        if (!Dispatch(target)) Jump(target);
        BecomeUnreachable();
    }

    private void Jump(int target)
    {
        ref var frame = ref frames[target];
        MoveTo(frame.Height, frame.LabelTypes.Length);
        frame.IsTarget = true;
        if (IsLoop(target)) Poll();
        EmitBranch(frame.Target, frame.TryDepth);
    }

    private void BranchIf(int at, int label)
    {
        var target = frameCount - 1 - label;
        ref var frame = ref frames[target];
        var polls = PollsBeforeCondition(target) && polled != at;
        if (polls) SpillAll();
        if (polled == at) ForgetCost();
        var condition = PopCondition();
        ChargeToBranch();
        if (polls) Poll();
        if (target > 0 && frame.LabelTypes.Length == 0 && frame.TryDepth == tryDepth)
        {
            if (condition.Place != Place.Stack) SpillAll();
            frame.IsTarget = true;
            EmitCondition(condition);
            il.Emit(OpCodes.Brtrue, frame.Target);
            return;
        }
        if (condition.Place != Place.Stack) SpillAll();
        var skip = il.DefineLabel();
        EmitCondition(condition);
        il.Emit(OpCodes.Brfalse, skip);
        if (target == 0) ReturnKeeping();
        else Jump(target);
        il.MarkLabel(skip);
    }

    private void BranchTable(ref WasmReader reader)
    {
        var at = reader.Position - 1;
        var condition = PopCondition();
        if (condition.Place != Place.Stack) SpillAll();
        ChargeToBranch();
        var number = reader.Count();
        var labels = new Label[number];
        var landings = new Dictionary<int, Label>();
        for (var i = 0; i < number; i++) labels[i] = Landing(landings, (int)reader.U32());
        var last = Landing(landings, (int)reader.U32());
        EmitCondition(condition);
        il.Emit(OpCodes.Switch, labels);
        il.Emit(OpCodes.Br, last);
        KeepCases(at, labels, last, landings.Keys);
        foreach (var (target, landing) in landings)
        {
            if (IsDirect(target)) continue;
            il.MarkLabel(landing);
            if (target == 0) ReturnKeeping();
            else Jump(target);
        }
        BecomeUnreachable();
    }

    private bool IsDirect(int target) =>
        target > 0 && frames[target].Code != Opcode.Loop && frames[target].LabelTypes.Length == 0 && frames[target].TryDepth == tryDepth;

    // With nothing to move, no poll and no protected region to leave, the target itself; otherwise a place of its own for that.
    private Label Landing(Dictionary<int, Label> landings, int label)
    {
        var target = frameCount - 1 - label;
        if (landings.TryGetValue(target, out var landing)) return landing;
        var direct = IsDirect(target);
        if (direct) frames[target].IsTarget = true;
        return landings[target] = direct ? frames[target].Target : il.DefineLabel();
    }

    private void Return()
    {
        ChargeFuel();
        ReturnKeeping();
    }

    /// <summary>Returns the top operands, which stay on the operand stack for the path that doesn't return.</summary>
    private void ReturnKeeping()
    {
        SpillAll();
        var results = frames[0].Outputs;
        var first = count - results.Length;
        for (var i = 1; i < results.Length; i++)
        {
            ResultSlots.BeforeStore(il, results[i], i, () => il.Emit(OpCodes.Ldloc, state));
            EmitLazy(first + i);
            ResultSlots.Store(il, results[i]);
        }
        StoreFuel();
        if (results.Length > 0) EmitLazy(first);
        EmitReturn();
    }
}
