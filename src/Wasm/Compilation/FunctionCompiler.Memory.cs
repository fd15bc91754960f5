using System.Reflection.Emit;
using ClawGrains.Wasm.Binary;
using ClawGrains.Wasm.Runtime;

namespace ClawGrains.Wasm.Compilation;

/// <content>
/// Loads and stores. An address is taken as an unsigned 64-bit number and compared with the memory's length less
/// offset and size; only then is the base added.
/// </content>
internal sealed unsafe partial class FunctionCompiler
{
    // The JIT's register allocator spills first what is used least in the whole method: few locals, used often, stay in
    // registers. With one or two, handlers of an interpreter end alike, and the JIT makes one of their ends.
    private const int AddressLocals = 4;

    private readonly LocalBuilder?[] addresses = new LocalBuilder?[AddressLocals];
    private readonly Dictionary<int, KnownAddress> known = [];

    // Pages marked by stores to constant addresses since paths met.
    private readonly HashSet<ulong> markedPages = [];
    private int nextAddress;

    // What is known of a local's value as an address until the local changes or paths meet.
    private struct KnownAddress
    {
        /// <summary>Address + this lies within the memory (a memory never shrinks).</summary>
        public ulong CheckedEnd;

        /// <summary>The page of address + this is marked as written; −1 for none.</summary>
        public long Marked;
    }

    private void ForgetChecks()
    {
        known.Clear();
        markedPages.Clear();
        fuelRead = fuelChanged = true;
    }

    private void ForgetCheck(int local) => known.Remove(local);

    private void MemoryAccess(ref WasmReader reader, InstructionInfo info)
    {
        var at = reader.Position;
        var immediate = MemoryImmediate.Read(ref reader);
        var offset = immediate.Offset;
        var size = Size(info.Code);
        UseMemory((int)immediate.Memory);
        if (info.Output is { } kind)
        {
            var address = TakeAddress(at, ref offset);
            Address(address, offset, size, isStore: false);
            EmitAccess(info.Code);
            PushComputed(kind, 4);
            // What was widened is no rotation.
            if (size < (kind == ValueKind.I32 ? sizeof(int) : sizeof(long))) operands[count - 1].MayBeRotation = false;
            return;
        }
        if (operands[count - 1].Place == Place.Stack) SpillFrom(count - 1);
        var value = PopLazy();
        var target = TakeAddress(at, ref offset);
        Address(target, offset, size, isStore: true);
        EmitPopped(value);
        EmitAccess(info.Code);
    }

    /// <summary>An operand taken off the stack that can still be emitted, because nothing has been pushed since.</summary>
    private readonly record struct Popped(Operand Operand, int Height);

    private Popped PopLazy()
    {
        var popped = new Popped(operands[count - 1], count - 1);
        Truncate(count - 1);
        return popped;
    }

    private void EmitPopped(Popped popped)
    {
        switch (popped.Operand.Place)
        {
            case Place.Temporary: il.Emit(OpCodes.Ldloc, Temporary(popped.Height, popped.Operand.Kind)); break;
            case Place.Local: EmitLocal(popped.Operand.Local); break;
            case Place.Constant: EmitConstant(popped.Operand.Kind, popped.Operand.Bits); break;
        }
    }

    /// <summary>Pops the address; what is not a constant or an address known already goes to a local of 64 bits.</summary>
    /// <param name="at">Where the access's immediate stands.</param>
    /// <param name="offset">Its offset; becomes that from another address where the access was checked with others.</param>
    private MemoryAddress TakeAddress(int at, ref uint offset)
    {
        if (checkedBefore.TryGetValue(at, out var place))
        {
            Drop();
            SpillAll();
            offset = place.Distance;
            return new MemoryAddress(place.Start, 0, CheckedBefore);
        }
        var operand = operands[count - 1];
        if (operand.Place == Place.Constant)
        {
            Truncate(count - 1);
            SpillAll();
            return new MemoryAddress(null, operand.Bits, Computed);
        }
        var local = operand.Place == Place.Local ? operand.Local : Computed;
        Load(1);
        var address = addresses[nextAddress++ % AddressLocals] ??= il.DeclareLocal(typeof(long));
        il.Emit(OpCodes.Conv_U8);
        il.Emit(OpCodes.Stloc, address);
        SpillAll();
        return new MemoryAddress(address, 0, local);
    }

    // In place of the local it comes from.
    private const int Computed = -1, CheckedBefore = -2;

    private readonly record struct MemoryAddress(LocalBuilder? Local, ulong Constant, int Source);

    /// <summary>Emits the check, for stores the mark, and leaves the machine address on the IL stack.</summary>
    private void Address(MemoryAddress address, uint offset, int size, bool isStore)
    {
        if (NeedsCheck(address, offset, size)) Check(address, offset, size);
        if (isStore && (variant.Marks || !usesFirst) && NeedsMark(address, offset, size)) Mark(address, offset);
        EmitMachine(address, offset, 0);
    }

    private bool NeedsCheck(MemoryAddress address, uint offset, int size)
    {
        if (!usesFirst) return true;
        if (address.Source == CheckedBefore) return false;
        var end = offset + (ulong)size;
        if (address.Local is null) return address.Constant + end > (ulong)data.Memories[0].Limits.Minimum * Memory.PageSize;
        if (address.Source < 0) return true;
        known.TryGetValue(address.Source, out var facts);
        if (facts.CheckedEnd >= end) return false;
        known[address.Source] = new KnownAddress { CheckedEnd = end, Marked = facts.CheckedEnd == 0 ? -1 : facts.Marked };
        return true;
    }

    private bool NeedsMark(MemoryAddress address, uint offset, int size)
    {
        if (!usesFirst) return true;
        if (address.Local is null) return markedPages.Add((address.Constant + offset) >> MemoryBlock.DirtyShift);
        if (address.Source < 0) return true;
        var facts = known[address.Source];
        if (facts.Marked >= 0 && offset >= facts.Marked && offset + (ulong)size <= (ulong)facts.Marked + MemoryBlock.Overlap) return false;
        known[address.Source] = facts with { Marked = offset };
        return true;
    }

    private void EmitEffective(MemoryAddress address, ulong plus)
    {
        if (address.Local is null)
        {
            il.Emit(OpCodes.Ldc_I8, (long)(address.Constant + plus));
            return;
        }
        il.Emit(OpCodes.Ldloc, address.Local);
        if (plus == 0) return;
        il.Emit(OpCodes.Ldc_I8, (long)plus);
        il.Emit(OpCodes.Add);
    }

    private void EmitMachine(MemoryAddress address, uint offset, long plus)
    {
        il.Emit(OpCodes.Ldloc, usedBase!);
        if (address.Local is not null)
        {
            il.Emit(OpCodes.Ldloc, address.Local);
            il.Emit(OpCodes.Add);
        }
        var distance = (long)address.Constant + offset + plus;
        if (distance == 0) return;
        il.Emit(OpCodes.Ldc_I8, distance);
        il.Emit(OpCodes.Add);
    }

    // base + (address >> 12) − the map's distance.
    private void Mark(MemoryAddress address, uint offset)
    {
        il.Emit(OpCodes.Ldloc, usedBase!);
        EmitEffective(address, offset);
        il.Emit(OpCodes.Ldc_I4, MemoryBlock.DirtyShift);
        il.Emit(OpCodes.Shr_Un);
        il.Emit(OpCodes.Add);
        il.Emit(OpCodes.Ldc_I8, (long)-MemoryBlock.MapDistance);
        il.Emit(OpCodes.Add);
        il.Emit(OpCodes.Ldc_I4_1);
        il.Emit(OpCodes.Stind_I1);
    }

    private static int Size(int opcode) => opcode switch
    {
        0x28 or 0x2A or 0x34 or 0x35 or 0x36 or 0x38 or 0x3E => 4,
        0x29 or 0x2B or 0x37 or 0x39 => 8,
        0x2E or 0x2F or 0x32 or 0x33 or 0x3B or 0x3D => 2,
        _ => 1,
    };

    private void EmitAccess(int opcode)
    {
        if (opcode is >= 0x3C and <= 0x3E) il.Emit(OpCodes.Conv_I4);
        if (Size(opcode) > 1) il.Emit(OpCodes.Unaligned, (byte)1);
        switch (opcode)
        {
            case 0x28: il.Emit(OpCodes.Ldind_I4); break;
            case 0x29: il.Emit(OpCodes.Ldind_I8); break;
            case 0x2A: il.Emit(OpCodes.Ldind_R4); break;
            case 0x2B: il.Emit(OpCodes.Ldind_R8); break;
            case 0x2C: il.Emit(OpCodes.Ldind_I1); break;
            case 0x2D: il.Emit(OpCodes.Ldind_U1); break;
            case 0x2E: il.Emit(OpCodes.Ldind_I2); break;
            case 0x2F: il.Emit(OpCodes.Ldind_U2); break;
            case 0x30: il.Emit(OpCodes.Ldind_I1); il.Emit(OpCodes.Conv_I8); break;
            case 0x31: il.Emit(OpCodes.Ldind_U1); il.Emit(OpCodes.Conv_U8); break;
            case 0x32: il.Emit(OpCodes.Ldind_I2); il.Emit(OpCodes.Conv_I8); break;
            case 0x33: il.Emit(OpCodes.Ldind_U2); il.Emit(OpCodes.Conv_U8); break;
            case 0x34: il.Emit(OpCodes.Ldind_I4); il.Emit(OpCodes.Conv_I8); break;
            case 0x35: il.Emit(OpCodes.Ldind_U4); il.Emit(OpCodes.Conv_U8); break;
            case 0x36: il.Emit(OpCodes.Stind_I4); break;
            case 0x37: il.Emit(OpCodes.Stind_I8); break;
            case 0x38: il.Emit(OpCodes.Stind_R4); break;
            case 0x39: il.Emit(OpCodes.Stind_R8); break;
            case 0x3A: il.Emit(OpCodes.Stind_I1); break;
            case 0x3B: il.Emit(OpCodes.Stind_I2); break;
            case 0x3C: il.Emit(OpCodes.Stind_I1); break;
            case 0x3D: il.Emit(OpCodes.Stind_I2); break;
            case 0x3E: il.Emit(OpCodes.Stind_I4); break;
        }
    }
}
