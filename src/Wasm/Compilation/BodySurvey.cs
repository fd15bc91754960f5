using ClawGrains.Wasm.Binary;

namespace ClawGrains.Wasm.Compilation;

/// <summary>What is to be known of a body before it is compiled, found in one look over it.</summary>
internal sealed class BodySurvey
{
    // One turn of a loop counts as this many, to a depth of MostNesting; Once leaves room for branches seldom taken.
    private const int Turns = 8, MostNesting = 4, Once = 256;

    private const int NoRegion = 0, WholeBody = 1;

    private readonly ValueKind[] locals;
    private readonly int[] seenIn;
    private readonly List<(bool IsLoop, long Weight)> open = [];
    private int region = WholeBody, regions = WholeBody, here;
    private long weight = Once, nesting;

    public BodySurvey(ModuleData data, FunctionBody body, ValueKind[] locals)
    {
        this.locals = locals;
        seenIn = new int[locals.Length];
        var reader = data.Reader(body.Start, body.End, "code section");
        while (!reader.AtEnd) See(ref reader, InstructionReader.Opcode(ref reader));
        if (region == WholeBody) MostLocals = here;
    }

    /// <summary>How often each end (offset + size) of the first memory's accesses is checked, by a guess from the loops around it.</summary>
    public Dictionary<ulong, long> Ends { get; } = [];

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
    }

    private void BeginLoop()
    {
        open.Add((true, weight));
        region = ++regions;
        here = 0;
        if (nesting++ < MostNesting) weight *= Turns;
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
        var immediate = MemoryImmediate.Read(ref reader);
        if (immediate.Memory > 0) return;
        var end = immediate.Offset + (1UL << info.Alignment);
        Ends[end] = Ends.GetValueOrDefault(end) + weight;
    }
}
