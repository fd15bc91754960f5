using System.Buffers.Binary;
using ClawGrains.Components.Types;

namespace ClawGrains.Components.Abi;

/// <summary>CanonicalABI.md, "Storing": values into linear memory. Callers have checked alignment and bounds.</summary>
internal static class Storing
{
    public static void Store(CanonicalContext cx, ComponentValue value, ValType type, uint pointer)
    {
        switch (type)
        {
            case PrimitiveType { Kind: PrimitiveKind.String }:
                Values.Expect(value, ComponentValueKind.String, type);
                Pair(cx, pointer, StringStoring.IntoRange(cx, value));
                break;
            case PrimitiveType p: Int(cx, Values.Scalar(value, p), pointer, p.Size); break;
            case ListType { Length: not null } l: FixedList(cx, value, l, pointer); break;
            case ListType l: Pair(cx, pointer, ListIntoRange(cx, value, l)); break;
            case MapType m: Store(cx, value, m.Despecialized, pointer); break;
            case RecordType or TupleType: Record(cx, value, type, pointer); break;
            case FlagsType f: Int(cx, Values.Flags(value, f), pointer, f.Size); break;
            case AsyncType a: throw Trap.Because($"values of the asynchronous type `{a.Describe}` are not supported");
            case HandleType h: Int(cx, Handles.Lower(cx, value, h), pointer, 4); break;
            default: Variant(cx, value, type, pointer); break;
        }
    }

    private static void Int(CanonicalContext cx, ulong value, uint pointer, uint size)
    {
        var bytes = cx.Memory.Write(pointer, size);
        switch (size)
        {
            case 1: bytes[0] = (byte)value; break;
            case 2: BinaryPrimitives.WriteUInt16LittleEndian(bytes, (ushort)value); break;
            case 4: BinaryPrimitives.WriteUInt32LittleEndian(bytes, (uint)value); break;
            default: BinaryPrimitives.WriteUInt64LittleEndian(bytes, value); break;
        }
    }

    private static void Pair(CanonicalContext cx, uint pointer, (uint Pointer, uint Length) pair)
    {
        Int(cx, pair.Pointer, pointer, 4);
        Int(cx, pair.Length, pointer + 4, 4);
    }

    public static (uint Pointer, uint Length) ListIntoRange(CanonicalContext cx, ComponentValue value, ListType type)
    {
        Values.Expect(value, ComponentValueKind.List, type);
        var length = (value.Payload as byte[])?.Length ?? ((ComponentValue[])value.Payload!).Length;
        var bytes = (ulong)length * type.Element.Size;
        Trap.If(bytes > Loading.MaxListByteLength, "list byte length exceeds the maximum");
        var pointer = cx.Allocate(type.Element.Alignment, (uint)bytes);
        Elements(cx, value, type.Element, pointer);
        return (pointer, (uint)length);
    }

    /// <summary>A list of u8 without value objects.</summary>
    public static (uint Pointer, uint Length) BytesIntoRange(CanonicalContext cx, byte[] value)
    {
        Trap.If((uint)value.Length > Loading.MaxListByteLength, "list byte length exceeds the maximum");
        var pointer = cx.Allocate(1, (uint)value.Length);
        value.CopyTo(cx.Memory.Write(pointer, (uint)value.Length));
        return (pointer, (uint)value.Length);
    }

    private static void FixedList(CanonicalContext cx, ComponentValue value, ListType type, uint pointer)
    {
        RequireLength(value, type);
        Elements(cx, value, type.Element, pointer);
    }

    public static void RequireLength(ComponentValue value, ListType type)
    {
        var length = Values.Expect(value, ComponentValueKind.List, type).AsList().Count;
        if (length != type.Length) throw ComponentException.Value($"expected a list of {type.Length} elements, found {length}");
    }

    private static void Elements(CanonicalContext cx, ComponentValue value, ValType element, uint pointer)
    {
        if (value.Payload is byte[] bytes && element is PrimitiveType { Kind: PrimitiveKind.U8 })
        {
            bytes.CopyTo(cx.Memory.Write(pointer, (uint)bytes.Length));
            return;
        }
        var items = value.AsList();
        for (var i = 0; i < items.Count; i++) Store(cx, items[i], element, pointer + (uint)i * element.Size);
    }

    private static void Record(CanonicalContext cx, ComponentValue value, ValType type, uint pointer)
    {
        var record = (RecordType)type.Despecialized;
        var fields = Values.Fields(value, type, record);
        for (var i = 0; i < fields.Length; i++) Store(cx, fields[i], record.Fields[i], pointer + record.Offsets[i]);
    }

    private static void Variant(CanonicalContext cx, ComponentValue value, ValType type, uint pointer)
    {
        var variant = (VariantType)type.Despecialized;
        var (index, payload) = Values.Case(value, type, variant);
        Int(cx, (uint)index, pointer, variant.DiscriminantSize);
        if (variant.Cases[index] is { } t) Store(cx, payload!.Value, t, pointer + variant.PayloadOffset);
    }
}
