using System.Reflection.Emit;
using System.Runtime.Intrinsics.X86;
using ClawGrains.Wasm.Runtime;

namespace ClawGrains.Wasm.Compilation;

/// <content>
/// An access of some size at some offset fits when the address is at most the memory's length − (offset + size), as
/// signed numbers of 64 bits: neither side can overflow. For the commonest ends (offset + size) of a function that
/// limit is kept in a local, so that the check is one comparison; others are computed from one of those. Where registers
/// are short, address + offset is compared with the limit of its size where it lies in memory, in front of the base.
/// </content>
internal sealed unsafe partial class FunctionCompiler
{
    private const int MostLimits = 3, MostLimitsWithCalls = 2;

    // So many numbers in an innermost loop leave no register for limits.
    private static readonly int FewRegisters = X86Base.IsSupported ? 14 : 28;

    private (ulong End, LocalBuilder Local)[] limits = [];
    private bool limitsInMemory;

    private void DeclareLimits()
    {
        if (memoryBase is null) return;
        var survey = new BodySurvey(data, body, localKinds, Grouped());
        turns = survey.Turns;
        limitsInMemory = survey.MostLocals >= FewRegisters;
        if (limitsInMemory) return;
        var common = survey.Ends.OrderByDescending(end => end.Value).ThenBy(end => end.Key).Take(body.Calls ? MostLimitsWithCalls : MostLimits);
        limits = [.. common.Select(end => (end.Key, il.DeclareLocal(typeof(long))))];
        if (limits.Length == 0) limits = [(1, il.DeclareLocal(typeof(long)))];
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

    /// <summary>Traps unless an access of <paramref name="size"/> bytes at address + <paramref name="offset"/> lies within the memory.</summary>
    private void Check(MemoryAddress address, uint offset, int size) => Check(address, offset, size, Trap(TrapKind.MemoryOutOfBounds));

    private void Check(MemoryAddress address, uint offset, int size, Label otherwise)
    {
        if (usesFirst && limitsInMemory) CompareWithCell(address, offset, size);
        else CompareWithLimit(address, offset + (ulong)size);
        il.Emit(OpCodes.Bgt, otherwise);
    }

    private void CompareWithLimit(MemoryAddress address, ulong end)
    {
        var (known, limit) = usesFirst ? Nearest(end) : (0, otherLength!);
        EmitEffective(address, 0);
        il.Emit(OpCodes.Ldloc, limit);
        if (known == end) return;
        il.Emit(OpCodes.Ldc_I8, (long)(end - known));
        il.Emit(OpCodes.Sub);
    }

    // Volatile, so that the JIT doesn't keep it in a register after all.
    private void CompareWithCell(MemoryAddress address, uint offset, int size)
    {
        EmitEffective(address, offset);
        il.Emit(OpCodes.Ldloc, memoryBase!);
        il.Emit(OpCodes.Ldc_I8, (long)-MemoryBlock.LimitDistance(size));
        il.Emit(OpCodes.Add);
        il.Emit(OpCodes.Volatile);
        il.Emit(OpCodes.Ldind_I8);
    }

    // The commonest unless there is the very one.
    private (ulong End, LocalBuilder Local) Nearest(ulong end)
    {
        foreach (var limit in limits)
            if (limit.End == end) return limit;
        return limits[0];
    }
}
