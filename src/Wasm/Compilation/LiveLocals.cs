using ClawGrains.Wasm.Binary;

namespace ClawGrains.Wasm.Compilation;

/// <summary>
/// Which locals a body may still read from the heads of its loops on; at most a few too many. Found in one look back over the
/// body: what is read anywhere in a loop, or after it, counts as read where the loop turns back. A set has a bit for each local.
/// </summary>
internal sealed class LiveLocals
{
    /// <summary>Bodies with more locals are not looked at, nor those of more bytes, which would take too long.</summary>
    public const int MostLocals = 64, MostBytes = 20000;

    private readonly List<Step> steps = [];
    private readonly List<int> tableTargets = [];
    private readonly List<Loop> loops = [];
    private readonly List<Scope> scopes = [];
    private ulong live;

    public LiveLocals(ModuleData data, FunctionBody body)
    {
        Read(data.Reader(body.Start, body.End, "code section"));
        for (var i = steps.Count - 1; i >= 0; i--) Undo(steps[i]);
    }

    // What matters of an instruction. Of a br_table the value is how many targets it has, and the other where they begin; of a
    // loop's end the other is its index, and −1 of any other.
    private readonly record struct Step(int Opcode, int Value, int Other);

    /// <summary>What is read in a loop, and whether it branches to blocks around it.</summary>
    private sealed class Loop(int depth)
    {
        public int Depth => depth;

        public ulong Reads { get; set; }

        public bool Leaves { get; set; }
    }

    /// <summary>What may be read after a block, where a branch to it leads, and where one to it or to what is around it.</summary>
    private sealed record Scope(ulong After, ulong Label, ulong Anywhere)
    {
        public ulong? Else { get; set; }
    }

    /// <summary>By where the loop's body begins.</summary>
    public Dictionary<int, ulong> AtHeads { get; } = [];

    public static bool Has(ulong locals, int local) => (locals & Bit(local)) != 0;

    private static ulong Bit(int local) => 1UL << local;

    private void Read(WasmReader reader)
    {
        var open = new Stack<int>();
        var around = new Stack<Loop>();
        while (!reader.AtEnd)
        {
            var opcode = InstructionReader.Opcode(ref reader);
            switch (opcode)
            {
                case Opcode.LocalGet or Opcode.LocalSet or Opcode.LocalTee:
                    steps.Add(new Step(opcode, (int)reader.U32(), 0));
                    if (opcode == Opcode.LocalGet && around.TryPeek(out var loop)) loop.Reads |= Bit(steps[^1].Value);
                    continue;
                case Opcode.Br or Opcode.BrIf:
                    steps.Add(new Step(opcode, (int)reader.U32(), 0));
                    Leave(around, open.Count - 1 - steps[^1].Value);
                    continue;
                case Opcode.BrTable:
                    ReadTable(ref reader, around, open.Count);
                    continue;
                case Opcode.End when open.TryPop(out var begun):
                    steps.Add(new Step(opcode, 0, begun == Opcode.Loop ? EndLoop(around) : -1));
                    continue;
            }
            ConstExpressionReader.SkipImmediates(ref reader, opcode);
            if (opcode == Opcode.Loop) around.Push(new Loop(open.Count));
            if (opcode is Opcode.Block or Opcode.Loop or Opcode.If) open.Push(opcode);
            if (opcode is Opcode.Block or Opcode.Loop or Opcode.If or Opcode.Else || Returns(opcode)) steps.Add(new Step(opcode, reader.Position, 0));
        }
    }

    private void ReadTable(ref WasmReader reader, Stack<Loop> around, int depth)
    {
        var number = reader.Count() + 1;
        steps.Add(new Step(Opcode.BrTable, number, tableTargets.Count));
        for (var i = 0; i < number; i++)
        {
            tableTargets.Add((int)reader.U32());
            Leave(around, depth - 1 - tableTargets[^1]);
        }
    }

    private static bool Returns(int opcode) =>
        opcode is Opcode.Return or Opcode.Unreachable or Opcode.ReturnCall or Opcode.ReturnCallIndirect or Opcode.Throw or Opcode.ThrowRef;

    // A branch past the loop may lead past those around it as well.
    private int EndLoop(Stack<Loop> around)
    {
        var ended = around.Pop();
        loops.Add(ended);
        if (!around.TryPeek(out var outer)) return loops.Count - 1;
        outer.Reads |= ended.Reads;
        outer.Leaves |= ended.Leaves;
        return loops.Count - 1;
    }

    private static void Leave(Stack<Loop> around, int target)
    {
        if (target >= 0 && around.TryPeek(out var loop) && target < loop.Depth) loop.Leaves = true;
    }

    private void Undo(Step step)
    {
        switch (step.Opcode)
        {
            case Opcode.LocalGet: live |= Bit(step.Value); break;
            case Opcode.LocalSet or Opcode.LocalTee: live &= ~Bit(step.Value); break;
            case Opcode.End: UndoEnd(step.Other); break;
            case Opcode.Else: scopes[^1].Else = live; live = scopes[^1].After; break;
            case Opcode.Block or Opcode.Loop or Opcode.If: UndoBegin(step); break;
            case Opcode.Br: live = Label(step.Value); break;
            case Opcode.BrIf: live |= Label(step.Value); break;
            case Opcode.BrTable:
                live = 0;
                for (var i = 0; i < step.Value; i++) live |= Label(tableTargets[step.Other + i]);
                break;
            default: live = 0; break;
        }
    }

    private void UndoEnd(int loop)
    {
        var around = scopes.Count > 0 ? scopes[^1].Anywhere : 0;
        var label = live;
        if (loop >= 0) label |= loops[loop].Reads | (loops[loop].Leaves ? around : 0);
        scopes.Add(new Scope(live, label, label | around));
    }

    private void UndoBegin(Step step)
    {
        var scope = scopes[^1];
        scopes.RemoveAt(scopes.Count - 1);
        if (step.Opcode == Opcode.If) live |= scope.Else ?? scope.After;
        if (step.Opcode == Opcode.Loop) AtHeads[step.Value] = live;
    }

    // Beyond the blocks lies the end of the body.
    private ulong Label(int depth) => depth < scopes.Count ? scopes[scopes.Count - 1 - depth].Label : 0;
}
