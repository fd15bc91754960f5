using System.Reflection.Emit;
using ClawGrains.Wasm.Binary;

namespace ClawGrains.Wasm.Compilation;

/// <content>
/// An access of some size at some offset fits when the address is at most the memory's length − (offset + size), as
/// signed numbers of 64 bits: neither side can overflow. For the commonest ends (offset + size) of a function that
/// limit is kept in a local, so that the check is one comparison; others are computed from one of those.
/// </content>
internal sealed unsafe partial class FunctionCompiler
{
    private const int MostLimits = 3, MostLimitsWithCalls = 2;

    // One turn of a loop counts as this many, to a depth of MostNesting.
    private const int Turns = 8, MostNesting = 4;

    private (ulong End, LocalBuilder Local)[] limits = [];

    private void DeclareLimits()
    {
        if (memoryBase is null) return;
        var common = CommonEnds().OrderByDescending(end => end.Value).ThenBy(end => end.Key).Take(body.Calls ? MostLimitsWithCalls : MostLimits);
        limits = [.. common.Select(end => (end.Key, il.DeclareLocal(typeof(long))))];
        if (limits.Length == 0) limits = [(1, il.DeclareLocal(typeof(long)))];
    }

    /// <summary>How often each end is checked, by a guess from the loops around it.</summary>
    private Dictionary<ulong, long> CommonEnds()
    {
        var ends = new Dictionary<ulong, long>();
        var reader = data.Reader(body.Start, body.End, "code section");
        var open = new Stack<bool>();
        for (long weight = 1, nesting = 0; !reader.AtEnd;)
        {
            var opcode = InstructionReader.Opcode(ref reader);
            if (Instructions.Table[opcode].Immediates is Immediates.Memory or Immediates.MemoryLane) Count(ends, reader, Instructions.Table[opcode], weight);
            ConstExpressionReader.SkipImmediates(ref reader, opcode);
            if (opcode is Opcode.Block or Opcode.Loop or Opcode.If or Opcode.TryTable) open.Push(opcode == Opcode.Loop);
            if (opcode == Opcode.Loop && nesting++ < MostNesting) weight *= Turns;
            if (opcode == Opcode.End && open.TryPop(out var loop) && loop && --nesting < MostNesting) weight /= Turns;
        }
        return ends;
    }

    private static void Count(Dictionary<ulong, long> ends, WasmReader reader, InstructionInfo info, long weight)
    {
        var immediate = MemoryImmediate.Read(ref reader);
        if (immediate.Memory > 0) return;
        var end = immediate.Offset + (1UL << info.Alignment);
        ends[end] = ends.GetValueOrDefault(end) + weight;
    }

    private void ReloadLimits()
    {
        foreach (var (end, local) in limits)
        {
            LoadInstance(nameof(Instance.MemoryLength));
            il.Emit(OpCodes.Ldc_I8, (long)end);
            il.Emit(OpCodes.Sub);
            il.Emit(OpCodes.Stloc, local);
        }
    }

    /// <summary>Traps unless address + <paramref name="end"/> lies within the memory.</summary>
    private void Check(MemoryAddress address, ulong end)
    {
        var (known, limit) = usesFirst ? Nearest(end) : (0, otherLength!);
        if (address.Local is not null) il.Emit(OpCodes.Ldloc, address.Local);
        else il.Emit(OpCodes.Ldc_I8, (long)address.Constant);
        il.Emit(OpCodes.Ldloc, limit);
        if (known != end)
        {
            il.Emit(OpCodes.Ldc_I8, (long)(end - known));
            il.Emit(OpCodes.Sub);
        }
        il.Emit(OpCodes.Bgt, Trap(TrapKind.MemoryOutOfBounds));
    }

    // The commonest unless there is the very one.
    private (ulong End, LocalBuilder Local) Nearest(ulong end)
    {
        foreach (var limit in limits)
            if (limit.End == end) return limit;
        return limits[0];
    }
}
