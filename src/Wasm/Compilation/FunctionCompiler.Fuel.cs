using System.Reflection.Emit;
using ClawGrains.Wasm.Runtime;

namespace ClawGrains.Wasm.Compilation;

/// <content>
/// Fuel and traps. While a function runs, its fuel is in a local; it is written back before anything that can leave
/// the function (calls, returns, traps) and read again after calls. Each instruction costs one; a block's cost is
/// taken where the block ends.
/// </content>
internal sealed unsafe partial class FunctionCompiler
{
    // Beyond the kinds of traps.
    private const int EntryTrap = -1, InterruptTrap = -2, FuelTrap = -3;

    private Dictionary<int, Label> traps = [];
    private int pendingFuel;

    // Whether the local may differ from the account here; unknown counts as yes, so every label sets it.
    private bool fuelChanged;

    private void ChargeFuel()
    {
        if (fuel is not null && pendingFuel > 0)
        {
            il.Emit(OpCodes.Ldloc, fuel);
            il.Emit(OpCodes.Ldc_I8, (long)pendingFuel);
            il.Emit(OpCodes.Sub);
            il.Emit(OpCodes.Stloc, fuel);
            fuelChanged = true;
        }
        pendingFuel = 0;
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
        il.Emit(OpCodes.Ldloc, fuel);
        il.Emit(OpCodes.Ldc_I8, 0L);
        il.Emit(OpCodes.Blt, Trap(FuelTrap));
    }

    private void StoreFuel()
    {
        if (fuel is null) return;
        il.Emit(OpCodes.Ldloc, state);
        il.Emit(OpCodes.Ldloc, fuel);
        il.Emit(OpCodes.Stfld, Members.Field(typeof(StoreState), nameof(StoreState.Fuel)));
    }

    private void ReloadFuel()
    {
        if (fuel is null) return;
        LoadState(nameof(StoreState.Fuel));
        il.Emit(OpCodes.Stloc, fuel);
        fuelChanged = false;
    }

    /// <summary>The label to jump to, with an empty IL stack, for a trap; its block comes at the end of the method.</summary>
    private Label Trap(int kind)
    {
        if (!traps.TryGetValue(kind, out var label)) traps[kind] = label = il.DefineLabel();
        return label;
    }

    private Label Trap(TrapKind kind) => Trap((int)kind);

    private void TrapBlocks()
    {
        foreach (var (kind, label) in traps)
        {
            il.MarkLabel(label);
            // The entry check comes before the fuel is read.
            if (kind != EntryTrap) StoreFuel();
            if (kind >= 0) il.Emit(OpCodes.Ldc_I4, kind);
            else il.Emit(OpCodes.Ldloc, state);
            il.Emit(OpCodes.Call, Members.Method(typeof(Traps), kind switch
            {
                EntryTrap => nameof(Traps.Entry),
                InterruptTrap => nameof(Traps.Interrupted),
                FuelTrap => nameof(Traps.OutOfFuel),
                _ => nameof(Traps.Create),
            }));
            il.Emit(OpCodes.Throw);
        }
    }
}
