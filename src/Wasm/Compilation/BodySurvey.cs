using ClawGrains.Wasm.Binary;

namespace ClawGrains.Wasm.Compilation;

/// <summary>What is to be known of a body before it is compiled, found in one look over it.</summary>
internal sealed class BodySurvey
{
    // One turn of a loop counts as this many, to a depth of MostNesting.
    private const int Turns = 8, MostNesting = 4;

    private const int NoRegion = 0, WholeBody = 1;

    private readonly ValueKind[] locals;
    private readonly int[] seenIn;
    private readonly Stack<bool> open = new();
    private int region = WholeBody, regions = WholeBody, here;
    private long weight = 1, nesting;

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
                open.Push(false);
                break;
            case Opcode.Loop:
                BeginLoop();
                break;
            case Opcode.End:
                if (open.TryPop(out var isLoop) && isLoop) EndLoop();
                return;
        }
        var info = Instructions.Table[opcode];
        if (info.Immediates is Immediates.Memory or Immediates.MemoryLane) SeeAccess(reader, info);
        ConstExpressionReader.SkipImmediates(ref reader, opcode);
    }

    private void BeginLoop()
    {
        open.Push(true);
        region = ++regions;
        here = 0;
        if (nesting++ < MostNesting) weight *= Turns;
    }

    // What follows in the loop around it is no innermost loop.
    private void EndLoop()
    {
        if (region != NoRegion) MostLocals = Math.Max(MostLocals, here);
        region = NoRegion;
        if (--nesting < MostNesting) weight /= Turns;
    }

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
