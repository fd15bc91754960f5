using System.Buffers.Binary;
using System.Reflection.Emit;
using System.Runtime.InteropServices;

namespace ClawGrains.Wasm.Compilation;

/// <summary>
/// Whether a method's loops would lie better half a cache line further on. A processor fetches decoded instructions by
/// lines of 64 bytes, and the JIT aligns methods to 32: a short loop may lie in one line or across two, and in two it takes up
/// to half as long again.
/// </summary>
internal static class LoopPlacement
{
    private const int Line = 64, Half = 32, LongestLoop = 4 * Line, MostCode = 1 << 15, MostLoops = 256, MostFillers = 4;
    private const int MostNesting = 4, Turns = 8, Fair = 12, Worthwhile = Fair / 3;
    private const byte Breakpoint = 0xCC;

    /// <summary>Whether the method at this address should lie half a line further on, by a guess at how often each loop runs.</summary>
    public static bool IsBetterMoved(nint code)
    {
        // What isn't aligned is no method with a loop, but a way to one.
        if (RuntimeInformation.ProcessArchitecture != Architecture.X64 || code % Half != 0) return false;
        var loops = Find(code);
        var gain = Cost(loops, (int)(code & Half)) - Cost(loops, (int)(code & Half) ^ Half);
        return gain > 0 && gain >= Worthwhile * loops.Max(loop => loop.Weight);
    }

    /// <summary>Those of the method compiled to this address.</summary>
    public static unsafe List<(int Start, int End, long Weight)> Find(nint code) => Find(new ReadOnlySpan<byte>((void*)code, MostCode));

    /// <summary>Compiles the method again, where small ones in front of it should make it lie in the other half of a line.</summary>
    public static CompiledMethod Moved(CompiledMethod method, Func<CompiledMethod> compile)
    {
        var fillers = new List<CompiledMethod>();
        do fillers.Add(Filler());
        while (fillers.Count < MostFillers && (After(fillers[^1]) & Half) == (method.Pointer & Half));
        var moved = compile();
        // Until then what they take isn't free.
        GC.KeepAlive(method);
        GC.KeepAlive(fillers);
        return moved;
    }

    private static CompiledMethod Filler()
    {
        var method = CompiledMethod.Define("filler", typeof(void), []);
        method.GetILGenerator().Emit(OpCodes.Ret);
        return CompiledMethod.From(method);
    }

    // It takes up to half a line itself, the runtime's header of the next one included, which is aligned.
    private static nint After(CompiledMethod filler) => (filler.Pointer + Half + Half - 1) & -Half;

    /// <summary>
    /// The short loops of a method, with how many turns are made around each. What traps stands at the end, and each such
    /// block ends with a breakpoint: there is nothing to look for after the first. Nothing is read that the method does not
    /// come to, since what follows it need not be memory at all.
    /// </summary>
    public static List<(int Start, int End, long Weight)> Find(ReadOnlySpan<byte> code)
    {
        var ways = new List<(int Start, int End)>();
        for (int at = 0, reach = 0; at < MostCode - Line && code[at] != Breakpoint && ways.Count < MostLoops;)
        {
            var length = MachineInstruction.Length(code[at..]);
            if (length == 0) return [];
            var instruction = code.Slice(at, length);
            at += length;
            var distance = Distance(instruction);
            if (distance < 0 && at + distance >= 0) ways.Add((at + distance, at));
            else if (distance > 0) reach = Math.Max(reach, at + distance);
            if (IsEnd(instruction) && reach < at) break;
        }
        return [.. ways.Where(way => way.End - way.Start <= LongestLoop).Select(way => (way.Start, way.End, Weight(way, ways)))];
    }

    // Whether it never goes on to what stands behind it: a return, a jump, a tail call.
    private static bool IsEnd(ReadOnlySpan<byte> instruction) => instruction switch
    {
        [0xC3] or [0xC2, ..] or [0xEB, ..] or [0xE9, ..] => true,
        [(>= 0x40 and <= 0x4F) or 0x3E, .. var rest] => IsEnd(rest),
        [0xFF, var operand, ..] => (operand >> 3 & 7) == 4,
        _ => false,
    };

    // How far a jump goes; 0 for other instructions.
    private static int Distance(ReadOnlySpan<byte> instruction) => instruction switch
    {
        [(>= 0x70 and <= 0x7F) or 0xEB, var near] => (sbyte)near,
        [0xE9, _, _, _, _] => BinaryPrimitives.ReadInt32LittleEndian(instruction[1..]),
        [0x0F, >= 0x80 and <= 0x8F, _, _, _, _] => BinaryPrimitives.ReadInt32LittleEndian(instruction[2..]),
        _ => 0,
    };

    private static long Weight((int Start, int End) loop, List<(int Start, int End)> ways)
    {
        var around = ways.Where(way => way.Start < loop.Start && way.End > loop.End).DistinctBy(way => way.Start).Count();
        return (long)Math.Pow(Turns, Math.Min(around, MostNesting));
    }

    // In twelfths of the lines each could do with, so that loops of one to four lines compare.
    private static long Cost(List<(int Start, int End, long Weight)> loops, int offset)
    {
        var cost = 0L;
        foreach (var (start, end, weight) in loops)
        {
            var lines = ((end - 1 + offset) / Line) - ((start + offset) / Line) + 1;
            var least = (end - start + Line - 1) / Line;
            cost += (lines - least) * weight * Fair / least;
        }
        return cost;
    }
}
