using System.Reflection.Emit;
using ClawGrains.Wasm.Binary;
using ClawGrains.Wasm.Runtime;

namespace ClawGrains.Wasm.Compilation;

/// <content>
/// Every way back to the head of a loop looks for an interrupt and at the fuel. It does so before the condition of a
/// <c>br_if</c> is computed, because then the comparison and the branch stay one machine instruction, the loop's last.
/// </content>
internal sealed unsafe partial class FunctionCompiler
{
    // Where the br_if stands that has been charged for and polled.
    private int polled = -1;

    private bool IsLoop(int target) => target > 0 && frames[target].Code == Opcode.Loop;

    private bool PollsBeforeCondition(int target) => IsLoop(target) && frames[target].LabelTypes.Length == 0;

    /// <summary>To be called before an instruction that leaves a condition is compiled; the reader stands after it.</summary>
    private void PollBeforeCondition(WasmReader reader)
    {
        if (reader.AtEnd || reader.Peek() != Opcode.BrIf) return;
        var at = reader.Position;
        reader.Byte();
        if (!PollsBeforeCondition(frameCount - 1 - (int)reader.U32())) return;
        // The branch's own unit is charged here with the rest.
        pendingFuel++;
        SpillAll();
        ChargeToBranch();
        Poll();
        polled = at;
    }

    // The IL stack must be empty. Where fuel is counted one comparison finds out both.
    private void Poll()
    {
        var metered = fuel is not null;
        if (metered) LoadFuel();
        il.Emit(OpCodes.Ldloc, state);
        il.Emit(OpCodes.Volatile);
        il.Emit(OpCodes.Ldfld, Members.Field(typeof(StoreState), metered ? nameof(StoreState.FuelFloor) : nameof(StoreState.Interrupt)));
        il.Emit(metered ? OpCodes.Ble : OpCodes.Brtrue, Trap(metered ? StopTrap : InterruptTrap));
    }
}
