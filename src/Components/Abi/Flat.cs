using ClawGrains.Components.Types;

namespace ClawGrains.Components.Abi;

/// <summary>A cursor over flat core values.</summary>
internal ref struct FlatReader(ReadOnlySpan<ulong> values)
{
    private readonly ReadOnlySpan<ulong> _values = values;

    public int Position { get; set; }

    public ulong Next() => _values[Position++];

    public uint NextU32() => (uint)_values[Position++];
}

/// <summary>A cursor that fills flat core values.</summary>
internal ref struct FlatWriter(Span<ulong> values)
{
    private readonly Span<ulong> _values = values;

    public int Position { get; private set; }

    public void Add(ulong value) => _values[Position++] = value;

    public void PadTo(int position)
    {
        while (Position < position) _values[Position++] = 0;
    }
}

/// <summary>
/// CanonicalABI.md, "Flat Lifting". Slots hold bits, so the coercions between the joined types of variants come for
/// free: a narrower value is the low half of a wider slot.
/// </summary>
internal static class FlatLifting
{
    public static ComponentValue Lift(CanonicalContext cx, ref FlatReader flat, ValType type)
    {
        switch (type)
        {
            case PrimitiveType { Kind: PrimitiveKind.String }: return StringLoading.FromRange(cx, flat.NextU32(), flat.NextU32());
            case PrimitiveType p: return Scalars.Lift(p.Kind, flat.Next());
            case ListType { Length: { } length } l: return FixedList(cx, ref flat, l.Element, length);
            case ListType l: return Loading.ListFromRange(cx, flat.NextU32(), flat.NextU32(), l.Element);
            case MapType m: return Lift(cx, ref flat, m.Despecialized).AsMap();
            case RecordType r: return ComponentValue.RecordOf(r.Names, Fields(cx, ref flat, r));
            case TupleType t: return ComponentValue.Tuple(Fields(cx, ref flat, (RecordType)t.Despecialized));
            case FlagsType f: return Scalars.Flags(f, flat.NextU32());
            case AsyncType a: throw Trap.Because($"values of the asynchronous type `{a.Describe}` are not supported");
            case HandleType h: return Handles.Lift(cx, flat.NextU32(), h);
            default: return Variant(cx, ref flat, type);
        }
    }

    private static ComponentValue FixedList(CanonicalContext cx, ref FlatReader flat, ValType element, uint length)
    {
        var items = new ComponentValue[length];
        for (var i = 0; i < items.Length; i++) items[i] = Lift(cx, ref flat, element);
        return element is PrimitiveType { Kind: PrimitiveKind.U8 } ? ComponentValue.Bytes(Array.ConvertAll(items, i => i.AsU8())) : ComponentValue.List(items);
    }

    private static ComponentValue[] Fields(CanonicalContext cx, ref FlatReader flat, RecordType record)
    {
        var values = new ComponentValue[record.Fields.Length];
        for (var i = 0; i < values.Length; i++) values[i] = Lift(cx, ref flat, record.Fields[i]);
        return values;
    }

    private static ComponentValue Variant(CanonicalContext cx, ref FlatReader flat, ValType type)
    {
        var variant = (VariantType)type.Despecialized;
        var end = flat.Position + variant.Flat!.Length;
        var index = flat.NextU32();
        Trap.If(index >= variant.Cases.Length, "invalid variant discriminant");
        var payload = variant.Cases[index] is { } t ? Lift(cx, ref flat, t) : (ComponentValue?)null;
        flat.Position = end;
        return Scalars.Case(cx, type, variant, (int)index, payload);
    }
}

/// <summary>CanonicalABI.md, "Flat Lowering".</summary>
internal static class FlatLowering
{
    public static void Lower(CanonicalContext cx, ComponentValue value, ValType type, ref FlatWriter flat)
    {
        switch (type)
        {
            case PrimitiveType { Kind: PrimitiveKind.String }:
                Values.Expect(value, ComponentValueKind.String, type);
                Pair(StringStoring.IntoRange(cx, value), ref flat);
                break;
            case PrimitiveType p: flat.Add(Values.Scalar(value, p)); break;
            case ListType { Length: not null } l: FixedList(cx, value, l, ref flat); break;
            case ListType l: Pair(Storing.ListIntoRange(cx, value, l), ref flat); break;
            case MapType m: Lower(cx, value, m.Despecialized, ref flat); break;
            case RecordType or TupleType: Record(cx, value, type, ref flat); break;
            case FlagsType f: flat.Add(Values.Flags(value, f)); break;
            case AsyncType a: throw Trap.Because($"values of the asynchronous type `{a.Describe}` are not supported");
            case HandleType h: flat.Add(Handles.Lower(cx, value, h)); break;
            default: Variant(cx, value, type, ref flat); break;
        }
    }

    private static void Pair((uint Pointer, uint Length) pair, ref FlatWriter flat)
    {
        flat.Add(pair.Pointer);
        flat.Add(pair.Length);
    }

    private static void FixedList(CanonicalContext cx, ComponentValue value, ListType type, ref FlatWriter flat)
    {
        Storing.RequireLength(value, type);
        foreach (var item in value.AsList()) Lower(cx, item, type.Element, ref flat);
    }

    private static void Record(CanonicalContext cx, ComponentValue value, ValType type, ref FlatWriter flat)
    {
        var record = (RecordType)type.Despecialized;
        var fields = Values.Fields(value, type, record);
        for (var i = 0; i < fields.Length; i++) Lower(cx, fields[i], record.Fields[i], ref flat);
    }

    private static void Variant(CanonicalContext cx, ComponentValue value, ValType type, ref FlatWriter flat)
    {
        var variant = (VariantType)type.Despecialized;
        var end = flat.Position + variant.Flat!.Length;
        var (index, payload) = Values.Case(value, type, variant);
        flat.Add((uint)index);
        if (variant.Cases[index] is { } t) Lower(cx, payload!.Value, t, ref flat);
        flat.PadTo(end);
    }
}
