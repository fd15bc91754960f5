using System.Buffers.Binary;
using System.Text;
using ClawGrains.Components.Types;

namespace ClawGrains.Components.Abi;

/// <summary>CanonicalABI.md, "Loading": values out of linear memory. Callers have checked alignment and bounds.</summary>
internal static class Loading
{
    public const uint MaxListByteLength = (1u << 28) - 1;
    private const int ValueBytes = 24;

    public static ComponentValue Load(CanonicalContext cx, uint pointer, ValType type)
    {
        switch (type)
        {
            case PrimitiveType { Kind: PrimitiveKind.String }: return StringLoading.FromRange(cx, U32(cx, pointer), U32(cx, pointer + 4));
            case PrimitiveType p: return Scalars.Lift(p.Kind, Int(cx, pointer, p.Size));
            case ListType { Length: { } length } l: return Elements(cx, pointer, length, l.Element);
            case ListType l: return ListFromRange(cx, U32(cx, pointer), U32(cx, pointer + 4), l.Element);
            case MapType m: return Load(cx, pointer, m.Despecialized).AsMap();
            case RecordType r: return ComponentValue.RecordOf(r.Names, Fields(cx, pointer, r));
            case TupleType t: return ComponentValue.Tuple(Fields(cx, pointer, (RecordType)t.Despecialized));
            case FlagsType f: return Scalars.Flags(f, (uint)Int(cx, pointer, f.Size));
            case AsyncType a: throw Trap.Because($"values of the asynchronous type `{a.Describe}` are not supported");
            case HandleType h: return Handles.Lift(cx, U32(cx, pointer), h);
            default: return Variant(cx, pointer, type);
        }
    }

    public static ulong Int(CanonicalContext cx, uint pointer, uint size)
    {
        var bytes = cx.Memory.Read(pointer, size);
        return size switch
        {
            1 => bytes[0],
            2 => BinaryPrimitives.ReadUInt16LittleEndian(bytes),
            4 => BinaryPrimitives.ReadUInt32LittleEndian(bytes),
            _ => BinaryPrimitives.ReadUInt64LittleEndian(bytes),
        };
    }

    private static uint U32(CanonicalContext cx, uint pointer) => (uint)Int(cx, pointer, 4);

    public static ComponentValue ListFromRange(CanonicalContext cx, uint pointer, uint length, ValType element)
    {
        CheckList(cx, (pointer, length), element.Size, element.Alignment);
        return Elements(cx, pointer, length, element);
    }

    /// <summary>Checks where a list's elements lie, before any of them is read.</summary>
    public static void CheckList(CanonicalContext cx, (uint Pointer, uint Length) list, uint size, uint alignment)
    {
        var bytes = (ulong)list.Length * size;
        Trap.If(bytes > MaxListByteLength, "list byte length exceeds the maximum");
        Trap.If(list.Pointer % alignment != 0, "unaligned pointer");
        Trap.If(list.Pointer + bytes > (ulong)cx.Memory.Size, "list content out-of-bounds: list pointer/length out of bounds of memory");
    }

    /// <summary>A list of u8 without value objects.</summary>
    public static byte[] BytesFromRange(CanonicalContext cx, uint pointer, uint length)
    {
        CheckList(cx, (pointer, length), 1, 1);
        cx.Account(length);
        return cx.Memory.Read(pointer, length).ToArray();
    }

    private static ComponentValue Elements(CanonicalContext cx, uint pointer, uint length, ValType element)
    {
        if (element is PrimitiveType { Kind: PrimitiveKind.U8 })
        {
            cx.Account(length);
            return ComponentValue.Bytes(cx.Memory.Read(pointer, length).ToArray());
        }
        cx.Account((long)length * ValueBytes);
        var items = new ComponentValue[length];
        for (var i = 0; i < items.Length; i++) items[i] = Load(cx, pointer + (uint)i * element.Size, element);
        return ComponentValue.List(items);
    }

    private static ComponentValue[] Fields(CanonicalContext cx, uint pointer, RecordType record)
    {
        cx.Account((long)record.Fields.Length * ValueBytes);
        var values = new ComponentValue[record.Fields.Length];
        for (var i = 0; i < values.Length; i++) values[i] = Load(cx, pointer + record.Offsets[i], record.Fields[i]);
        return values;
    }

    private static ComponentValue Variant(CanonicalContext cx, uint pointer, ValType type)
    {
        var variant = (VariantType)type.Despecialized;
        var index = (uint)Int(cx, pointer, variant.DiscriminantSize);
        Trap.If(index >= variant.Cases.Length, "invalid variant discriminant");
        var payload = variant.Cases[index] is { } t ? Load(cx, pointer + variant.PayloadOffset, t) : (ComponentValue?)null;
        return Scalars.Case(cx, type, variant, (int)index, payload);
    }
}

/// <summary>The conversions between bits and values that loading and flat lifting share.</summary>
internal static class Scalars
{
    public static ComponentValue Lift(PrimitiveKind kind, ulong bits) => kind switch
    {
        PrimitiveKind.Bool => ComponentValue.Bool((uint)bits != 0),
        PrimitiveKind.S8 => ComponentValue.S8((sbyte)bits),
        PrimitiveKind.U8 => ComponentValue.U8((byte)bits),
        PrimitiveKind.S16 => ComponentValue.S16((short)bits),
        PrimitiveKind.U16 => ComponentValue.U16((ushort)bits),
        PrimitiveKind.S32 => ComponentValue.S32((int)bits),
        PrimitiveKind.U32 => ComponentValue.U32((uint)bits),
        PrimitiveKind.S64 => ComponentValue.S64((long)bits),
        PrimitiveKind.U64 => ComponentValue.U64(bits),
        PrimitiveKind.F32 => ComponentValue.F32(BitConverter.UInt32BitsToSingle((uint)bits)),
        PrimitiveKind.F64 => ComponentValue.F64(BitConverter.UInt64BitsToDouble(bits)),
        PrimitiveKind.Char => Char((uint)bits),
        _ => throw new InvalidOperationException($"BUG: {kind} is no scalar."),
    };

    private static ComponentValue Char(uint code)
    {
        Trap.If(!Rune.IsValid(code), "invalid `char` bit pattern");
        return ComponentValue.Char(new Rune(code));
    }

    public static ComponentValue Flags(FlagsType type, uint bits)
    {
        var set = new List<string>();
        for (var i = 0; i < type.Names.Length; i++)
            if ((bits >> i & 1) != 0) set.Add(type.Names[i]);
        return ComponentValue.Flags([.. set]);
    }

    /// <summary>A case of the variant that <paramref name="type"/> stands for, in the type's own kind.</summary>
    public static ComponentValue Case(CanonicalContext cx, ValType type, VariantType variant, int index, ComponentValue? payload)
    {
        cx.Account(payload is null ? 0 : 48);
        return type switch
        {
            EnumType => ComponentValue.EnumOf(index, variant.Names[index]),
            OptionType => payload is { } some ? ComponentValue.Some(some) : ComponentValue.None,
            ResultType => index == 0 ? ComponentValue.Ok(payload) : ComponentValue.Error(payload),
            _ => ComponentValue.VariantOf(index, variant.Names[index], payload),
        };
    }
}
