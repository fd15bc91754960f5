using System.Reflection.Emit;
using ClawGrains.Wasm.Binary;

namespace ClawGrains.Wasm.Compilation;

/// <content>
/// Loops that begin with a <c>br_table</c>, as interpreters do. A <c>br</c> to such a head is compiled as a copy of it up to
/// the table, so that each handler has a jump of its own, whose targets the processor learns apart from the others'.
/// </content>
internal sealed unsafe partial class FunctionCompiler
{
    // Of the head that is copied, in instructions; of the copies of a function, in cases and instructions.
    private const int MostHead = 24, FewestCases = 4, CostOfInstruction = 8, MostCopied = 2000;

    private int copied;

    /// <summary>To be called at the head of a loop, after which the reader stands.</summary>
    private void FindDispatch(WasmReader reader)
    {
        ref var frame = ref frames[frameCount - 1];
        // Where turns are counted they are counted at the head.
        if (variant.Kind == VariantKind.Tracking || frame.Inputs.Length > 0) return;
        frame.HeadStart = reader.Position;
        for (var straight = 0; straight < MostHead;)
        {
            var at = reader.Position;
            var opcode = InstructionReader.Opcode(ref reader);
            if (opcode == Opcode.BrTable)
            {
                frame.HeadEnd = at;
                frame.HeadLength = straight;
                return;
            }
            if (opcode != Opcode.Block && !IsStraight(opcode)) return;
            if (opcode != Opcode.Block) straight++;
            ConstExpressionReader.SkipImmediates(ref reader, opcode);
        }
    }

    private static bool IsStraight(int opcode) => Instructions.Table[opcode].HasSignature
        || opcode is (>= Opcode.LocalGet and <= Opcode.GlobalSet) or (>= Opcode.I32Const and <= Opcode.F64Const);

    /// <summary>Keeps what the <c>br_table</c> at a position jumps to, if it ends a loop's head and nothing needs to be moved.</summary>
    private void KeepCases(int at, Label[] cases, Label last, IEnumerable<int> targets)
    {
        var loop = frameCount - 1;
        while (loop > 0 && frames[loop].HeadEnd != at) loop--;
        if (loop == 0 || cases.Length < FewestCases || !targets.All(IsDirect)) return;
        (frames[loop].Cases, frames[loop].LastCase) = (cases, last);
    }

    /// <summary>Instead of a branch to a loop's head: the head itself. False where that can't be, or is enough.</summary>
    private bool Dispatch(int target)
    {
        var frame = frames[target];
        if (frame.Cases is not { } cases || frame.TryDepth != tryDepth) return false;
        copied += cases.Length + (CostOfInstruction * (frame.HeadLength + 1));
        if (copied > MostCopied) return false;
        SpillAll();
        Poll();
        Truncate(frames[frameCount - 1].Height);
        var (kept, keptSettled) = (operands[..count], settled);
        Truncate(frame.Height);
        ForgetChecks();
        CopyHead(frame, cases);
        kept.CopyTo(operands, 0);
        (count, settled) = (kept.Length, keptSettled);
        return true;
    }

    // The blocks of the head are open or over; what they would have settled is settled at the end.
    private void CopyHead(CompilerFrame frame, Label[] cases)
    {
        var reader = data.Reader(frame.HeadStart, body.End, "code section");
        while (reader.Position < frame.HeadEnd)
        {
            var opcode = InstructionReader.Opcode(ref reader);
            if (opcode == Opcode.Block) ConstExpressionReader.SkipImmediates(ref reader, opcode);
            else Instruction(ref reader, opcode);
        }
        pendingFuel++;
        var condition = PopCondition(settle: true);
        Settle();
        ChargeToBranch();
        EmitCondition(condition);
        il.Emit(OpCodes.Switch, cases);
        il.Emit(OpCodes.Br, frame.LastCase);
    }
}
