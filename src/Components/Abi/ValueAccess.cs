using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace ClawGrains.Components.Abi;

/// <summary>What compiled code calls to read and write the guest's memory; alignment and bounds of areas and lists are checked here.</summary>
internal abstract class ValueAccess(CanonicalContext context)
{
    /// <summary>What an object or array takes beyond its contents.</summary>
    private const long ObjectBytes = 24;
    private readonly Core.ICoreMemory? _memory = context.Options.Memory;

    /// <summary>Checks where a value lies, before any of it is read or written.</summary>
    public void CheckArea(uint area, uint alignment, uint size) => context.CheckArea(area, alignment, size);

    public uint Allocate(uint alignment, uint size) => context.Allocate(alignment, size);

    public string LiftString(uint pointer, uint length) => (string)StringLoading.FromRange(context, pointer, length).Payload!;

    public byte[] LiftBytes(uint pointer, uint length) => Loading.BytesFromRange(context, pointer, length);

    /// <summary>A list of integers as they lie in memory, on machines of the same byte order.</summary>
    public T[] LiftIntegers<T>(uint pointer, uint length) where T : unmanaged
    {
        var size = (uint)Marshal.SizeOf<T>();
        Loading.CheckList(context, (pointer, length), size, size);
        context.Account((long)length * size);
        return MemoryMarshal.Cast<byte, T>(_memory!.Read(pointer, length * size)).ToArray();
    }

    /// <summary>An array for a list's elements, once it is known where they lie.</summary>
    public T[] LiftList<T>(uint pointer, uint length, uint size, uint alignment)
    {
        Loading.CheckList(context, (pointer, length), size, alignment);
        context.Account(length * (ObjectBytes + size));
        return new T[length];
    }

    /// <summary>Lowers a string to its pointer and length, packed low and high.</summary>
    public ulong LowerString(string? value)
    {
        var (pointer, units) = StringStoring.IntoRange(context, ComponentValue.String(value ?? throw Missing("string")));
        return pointer | ((ulong)units << 32);
    }

    public ulong LowerBytes(byte[]? value)
    {
        var (pointer, length) = Storing.BytesIntoRange(context, value ?? throw Missing("list"));
        return pointer | ((ulong)length << 32);
    }

    public ulong LowerIntegers<T>(T[]? value) where T : unmanaged
    {
        var size = (uint)Marshal.SizeOf<T>();
        var pointer = LowerList(value, size, size);
        MemoryMarshal.AsBytes(value.AsSpan()).CopyTo(_memory!.Write((uint)pointer, (uint)value!.Length * size));
        return pointer;
    }

    /// <summary>Room for a list's elements: its pointer and length, packed low and high.</summary>
    public ulong LowerList<T>(T[]? value, uint size, uint alignment)
    {
        var length = (value ?? throw Missing("list")).Length;
        var bytes = (ulong)length * size;
        Trap.If(bytes > Loading.MaxListByteLength, "list byte length exceeds the maximum");
        return context.Allocate(alignment, (uint)bytes) | ((ulong)length << 32);
    }

    public uint Load8(uint at) => _memory!.Read(at, 1)[0];

    public uint Load16(uint at) => BinaryPrimitives.ReadUInt16LittleEndian(_memory!.Read(at, 2));

    public uint Load32(uint at) => BinaryPrimitives.ReadUInt32LittleEndian(_memory!.Read(at, 4));

    public ulong Load64(uint at) => BinaryPrimitives.ReadUInt64LittleEndian(_memory!.Read(at, 8));

    public float LoadF32(uint at) => BinaryPrimitives.ReadSingleLittleEndian(_memory!.Read(at, 4));

    public double LoadF64(uint at) => BinaryPrimitives.ReadDoubleLittleEndian(_memory!.Read(at, 8));

    public void Store8(uint at, uint value) => _memory!.Write(at, 1)[0] = (byte)value;

    public void Store16(uint at, uint value) => BinaryPrimitives.WriteUInt16LittleEndian(_memory!.Write(at, 2), (ushort)value);

    public void Store32(uint at, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(_memory!.Write(at, 4), value);

    public void Store64(uint at, ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(_memory!.Write(at, 8), value);

    public void StoreF32(uint at, float value) => BinaryPrimitives.WriteSingleLittleEndian(_memory!.Write(at, 4), value);

    public void StoreF64(uint at, double value) => BinaryPrimitives.WriteDoubleLittleEndian(_memory!.Write(at, 8), value);

    /// <summary>The case of a variant.</summary>
    public static uint Case(uint index, uint cases)
    {
        Trap.If(index >= cases, "invalid variant discriminant");
        return index;
    }

    /// <summary>For a value of the host's that is none of the type's.</summary>
    public static uint NoCase(object? value, string type) =>
        throw ComponentException.Value($"a value of .NET type {value?.GetType().Name ?? "null"} is no {type}");

    public static T NotNull<T>(T? value, string type) where T : class => value ?? throw Missing(type);

    public static Rune LiftChar(uint code)
    {
        Trap.If(!Rune.IsValid(code), "invalid `char` bit pattern");
        return new Rune(code);
    }

    public static uint LowerChar(Rune value) => (uint)value.Value;

    public static float Canonical(float value) => float.IsNaN(value) ? BitConverter.UInt32BitsToSingle(0x7fc00000u) : value;

    public static double Canonical(double value) => double.IsNaN(value) ? BitConverter.UInt64BitsToDouble(0x7ff8000000000000ul) : value;

    private static ComponentException Missing(string type) => ComponentException.Value($"a value of .NET type null is no {type}");
}
