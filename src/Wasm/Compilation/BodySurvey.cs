using ClawGrains.Wasm.Binary;

namespace ClawGrains.Wasm.Compilation;

/// <summary>Which accesses are checked in groups.</summary>
internal enum GroupedAccesses : byte
{
    None,
    Loads,
    All,
}

/// <summary>What is to be known of a body before it is compiled, found in one look over it.</summary>
internal sealed class BodySurvey
{
    // A loop counts as this many turns, to a depth of MostNesting; Once leaves room for branches seldom taken.
    private const int TurnsOfLoop = 8, MostNesting = 4, Once = 256;

    private const int NoRegion = 0, WholeBody = 1;

    private readonly ValueKind[] locals;
    private readonly GroupedAccesses turns;
    private readonly int[] seenIn;
    private readonly List<(bool IsLoop, long Weight)> open = [];
    private readonly HashSet<int> grouped = [];
    private int region = WholeBody, regions = WholeBody, here;
    private readonly List<(int At, long Depth, long Weight, TurnAccesses Turn)> found = [];
    private long weight = Once, nesting, deepest;

    /// <param name="data">The module.</param>
    /// <param name="body">The function.</param>
    /// <param name="locals">Its locals.</param>
    /// <param name="turns">Which accesses of loops' turns to look for: none, loads, or stores as well.</param>
    public BodySurvey(ModuleData data, FunctionBody body, ValueKind[] locals, GroupedAccesses turns)
    {
        this.turns = turns;
        this.locals = locals;
        seenIn = new int[locals.Length];
        var reader = data.Reader(body.Start, body.End, "code section");
        while (!reader.AtEnd) See(ref reader, InstructionReader.Opcode(ref reader));
        if (region == WholeBody) MostLocals = here;
        KeepDeepest();
    }

    /// <summary>How often each end (offset + size) of the first memory's accesses is checked, by a guess from the loops around it.</summary>
    public Dictionary<ulong, long> Ends { get; } = [];

    /// <summary>Loops by where their bodies begin; those that are nested deepest.</summary>
    public Dictionary<int, TurnAccesses> Turns { get; } = [];

    /// <summary>The most locals that one innermost loop uses, or the whole body if it has no loop; only integers count.</summary>
    public int MostLocals { get; private set; }

    private void See(ref WasmReader reader, int opcode)
    {
        switch (opcode)
        {
            case Opcode.LocalGet or Opcode.LocalSet or Opcode.LocalTee:
                SeeLocal((int)reader.U32());
                return;
            case Opcode.Block or Opcode.If or Opcode.TryTable:
                open.Add((false, weight));
                break;
            case Opcode.Loop:
                BeginLoop();
                break;
            case Opcode.End:
                EndBlock();
                return;
            case Opcode.BrTable:
                SeeCases(reader);
                break;
        }
        var info = Instructions.Table[opcode];
        if (info.Immediates is Immediates.Memory or Immediates.MemoryLane) SeeAccess(reader, info);
        ConstExpressionReader.SkipImmediates(ref reader, opcode);
        if (opcode == Opcode.Loop && turns != GroupedAccesses.None) SeeTurn(reader);
    }

    private void SeeTurn(WasmReader reader)
    {
        if (TurnAccesses.Find(reader, turns == GroupedAccesses.All) is not { } turn) return;
        found.Add((reader.Position, nesting, weight, turn));
        grouped.UnionWith(turn.Members.Keys);
    }

    // What one loop hands over changes which registers another gets, so loops whose turns are few beside another's are left alone.
    private void KeepDeepest()
    {
        foreach (var (at, depth, weightHere, turn) in found)
        {
            if (depth < deepest) continue;
            Turns[at] = turn;
            foreach (var group in turn.Groups) Ends[group.Span] = Ends.GetValueOrDefault(group.Span) + weightHere;
        }
    }

    private void BeginLoop()
    {
        open.Add((true, weight));
        region = ++regions;
        here = 0;
        if (nesting++ < MostNesting) weight *= TurnsOfLoop;
        deepest = Math.Max(deepest, nesting);
    }

    // What follows in the loop around a loop is no innermost loop.
    private void EndBlock()
    {
        if (open.Count == 0) return;
        (var isLoop, weight) = open[^1];
        open.RemoveAt(open.Count - 1);
        if (!isLoop) return;
        if (region != NoRegion) MostLocals = Math.Max(MostLocals, here);
        region = NoRegion;
        nesting--;
    }

    // Up to the end of the block that the farthest label belongs to, or of the loop, each case is one of many.
    private void SeeCases(WasmReader reader)
    {
        var (cases, farthest) = (reader.Count() + 1, 0u);
        for (var left = cases; left > 0; left--) farthest = Math.Max(farthest, reader.U32());
        for (var i = open.Count - 1; i >= 0 && i >= open.Count - farthest && !open[i].IsLoop; i--) open[i] = open[i] with { Weight = Share(open[i].Weight, cases) };
        weight = Share(weight, cases);
    }

    private static long Share(long weight, int cases) => Math.Max(1, weight / cases);

    private void SeeLocal(int index)
    {
        if (seenIn[index] == region || locals[index] is not (ValueKind.I32 or ValueKind.I64)) return;
        seenIn[index] = region;
        here++;
    }

    private void SeeAccess(WasmReader reader, InstructionInfo info)
    {
        if (grouped.Contains(reader.Position)) return;
        var immediate = MemoryImmediate.Read(ref reader);
        if (immediate.Memory > 0) return;
        var end = immediate.Offset + (1UL << info.Alignment);
        Ends[end] = Ends.GetValueOrDefault(end) + weight;
    }
}
