using System.Reflection.Emit;
using ClawGrains.Wasm.Binary;
using ClawGrains.Wasm.Runtime;

namespace ClawGrains.Wasm.Compilation;

/// <content>
/// Fuel and traps. Between calls a function's fuel is in a local, read when something is first charged and the same at
/// every label; it is written back before anything that can leave the function (calls, returns, traps). Each instruction
/// costs one, but what only marks structure nothing; a block's cost is taken where the block ends.
/// </content>
internal sealed unsafe partial class FunctionCompiler
{
    // Beyond the kinds of traps.
    private const int EntryTrap = -1, InterruptTrap = -2, FuelTrap = -3, StopTrap = -4;

    // Added to the kind of a trap that comes while the fuel is in the account alone.
    private const int Unread = 1000;

    private Dictionary<int, Label> traps = [];
    private int pendingFuel;

    // Whether the local holds the fuel. Read late, because a register that outlives calls goes to what comes first.
    private bool fuelRead;

    // Whether the local may differ from the account here; unknown counts as yes, so every label sets it.
    private bool fuelChanged;

    // The cost of functions called that take none themselves, and whether it is to be taken with the block's own.
    private LocalBuilder? owed;
    private bool owing;

    private static bool IsFree(int opcode) => opcode is Opcode.Block or Opcode.Loop or Opcode.Else or Opcode.End;

    private void ChargeFuel()
    {
        if (fuel is not null && (pendingFuel > 0 || owing))
        {
            LoadFuel();
            il.Emit(OpCodes.Ldc_I8, (long)pendingFuel);
            il.Emit(OpCodes.Sub);
            if (owing) SubtractOwed();
            il.Emit(OpCodes.Stloc, fuel);
            fuelRead = fuelChanged = true;
        }
        ForgetCost();
    }

    private void ForgetCost()
    {
        pendingFuel = 0;
        owing = false;
    }

    // Taken with the block's cost, so that calls that take none needn't wait for the account one after the other.
    private void OweForCallee()
    {
        if (fuel is null) return;
        LoadCallee(nameof(Function.Prepaid));
        if (owing)
        {
            il.Emit(OpCodes.Ldloc, owed!);
            il.Emit(OpCodes.Add);
        }
        il.Emit(OpCodes.Stloc, owed ??= il.DeclareLocal(typeof(long)));
        owing = true;
    }

    private void SubtractOwed()
    {
        il.Emit(OpCodes.Ldloc, owed!);
        il.Emit(OpCodes.Sub);
        owing = false;
    }

    /// <summary>Takes from the account what is owed for a callee that a tail call ends the function with, past its last charge.</summary>
    private void PayForCallee()
    {
        if (!owing) return;
        il.Emit(OpCodes.Ldloc, state);
        LoadState(nameof(StoreState.Fuel));
        SubtractOwed();
        il.Emit(OpCodes.Stfld, Members.Field(typeof(StoreState), nameof(StoreState.Fuel)));
    }

    /// <summary>Before a branch or a label.</summary>
    private void ChargeToBranch()
    {
        ChargeFuel();
        ReadFuel();
    }

    private void ReadFuel()
    {
        if (fuel is null || fuelRead) return;
        LoadFuel();
        il.Emit(OpCodes.Stloc, fuel);
        fuelRead = true;
    }

    private void LoadFuel()
    {
        if (fuelRead) il.Emit(OpCodes.Ldloc, fuel!);
        else LoadState(nameof(StoreState.Fuel));
    }

    // What a host function does can't be undone, so it isn't done on credit.
    private void ChargeBeforeHost()
    {
        if (fuel is null) return;
        SpillAll();
        ChargeFuel();
        CheckFuel();
    }

    // The IL stack must be empty.
    private void CheckFuel()
    {
        if (fuel is null) return;
        LoadFuel();
        il.Emit(OpCodes.Ldc_I8, 0L);
        il.Emit(OpCodes.Blt, Trap(FuelTrap));
    }

    private void StoreFuel()
    {
        if (fuel is null || !fuelRead) return;
        il.Emit(OpCodes.Ldloc, state);
        il.Emit(OpCodes.Ldloc, fuel);
        il.Emit(OpCodes.Stfld, Members.Field(typeof(StoreState), nameof(StoreState.Fuel)));
    }

    /// <summary>The account may have changed.</summary>
    private void ForgetFuel() => fuelRead = fuelChanged = false;

    /// <summary>The label to jump to, with an empty IL stack, for a trap; its block comes at the end of the method.</summary>
    private Label Trap(int kind)
    {
        if (fuel is not null && !fuelRead) kind += Unread;
        if (!traps.TryGetValue(kind, out var label)) traps[kind] = label = il.DefineLabel();
        return label;
    }

    private Label Trap(TrapKind kind) => Trap((int)kind);

    private void TrapBlocks()
    {
        foreach (var (key, label) in traps)
        {
            il.MarkLabel(label);
            fuelRead = key < Unread / 2;
            StoreFuel();
            var kind = fuelRead ? key : key - Unread;
            if (kind >= 0) il.Emit(OpCodes.Ldc_I4, kind);
            else il.Emit(OpCodes.Ldloc, state);
            il.Emit(OpCodes.Call, Members.Method(typeof(Traps), kind switch
            {
                EntryTrap => nameof(Traps.Entry),
                InterruptTrap => nameof(Traps.Interrupted),
                FuelTrap => nameof(Traps.OutOfFuel),
                StopTrap => nameof(Traps.Stopped),
                _ => nameof(Traps.Create),
            }));
            il.Emit(OpCodes.Throw);
        }
    }
}
