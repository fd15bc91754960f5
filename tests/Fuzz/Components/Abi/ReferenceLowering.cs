using ClawGrains.Components;
using ClawGrains.Components.Types;

namespace ClawGrains.Fuzz.Components.Abi;

/// <summary>CanonicalABI.md, "Storing", "Flat Lowering" and <c>lower_flat_values</c>, function by function.</summary>
internal sealed class ReferenceLowering(ReferenceContext cx)
{
    private readonly ReferenceStrings _strings = new(cx);

    /// <summary>The core values; none when they went through <paramref name="outPointer"/>.</summary>
    public List<ulong> LowerFlatValues(int maxFlat, ComponentValue[] values, ValType[] types, uint? outPointer = null)
    {
        var shapes = types.Select(Shape.Of).ToArray();
        if (shapes.Sum(s => s.Flat.Length) <= maxFlat) return [.. values.Zip(shapes).SelectMany(p => LowerFlat(p.First, p.Second))];
        var tuple = Shape.OfTuple(types);
        var pointer = outPointer ?? cx.Allocate(tuple.Alignment, tuple.Size);
        cx.CheckRange(pointer, tuple.Size, tuple.Alignment);
        Store(ComponentValue.Tuple(values), tuple, pointer);
        return outPointer is null ? [pointer] : [];
    }

    private void Store(ComponentValue value, Shape shape, uint pointer)
    {
        switch (shape)
        {
            case ScalarShape s: cx.StoreInt(Bits(value), pointer, s.Size); break;
            case StringShape: StorePair(_strings.StoreIntoRange(value), pointer); break;
            case ListShape { Length: not null } l: StoreListIntoValidRange(value, pointer, l.Element); break;
            case ListShape l: StorePair(StoreListIntoRange(value, l.Element), pointer); break;
            case RecordShape r: StoreRecord(value, r, pointer); break;
            case FlagsShape f: cx.StoreInt(PackFlags(value, f), pointer, f.Size); break;
            case VariantShape v: StoreVariant(value, v, pointer); break;
        }
    }

    private void StorePair((uint Pointer, uint Length) pair, uint pointer)
    {
        cx.StoreInt(pair.Pointer, pointer, 4);
        cx.StoreInt(pair.Length, pointer + 4, 4);
    }

    private (uint, uint) StoreListIntoRange(ComponentValue value, Shape element)
    {
        var length = (uint)value.AsList().Count;
        var pointer = cx.Allocate(element.Alignment, length * element.Size);
        StoreListIntoValidRange(value, pointer, element);
        return (pointer, length);
    }

    private void StoreListIntoValidRange(ComponentValue value, uint pointer, Shape element)
    {
        var items = value.AsList();
        for (var i = 0; i < items.Count; i++) Store(items[i], element, pointer + ((uint)i * element.Size));
    }

    private void StoreRecord(ComponentValue value, RecordShape record, uint pointer)
    {
        var values = Fields(value, record);
        for (var i = 0; i < values.Length; i++)
        {
            pointer = Shape.AlignTo(pointer, record.Fields[i].Alignment);
            Store(values[i], record.Fields[i], pointer);
            pointer += record.Fields[i].Size;
        }
    }

    private void StoreVariant(ComponentValue value, VariantShape variant, uint pointer)
    {
        var index = Array.IndexOf(variant.Labels, value.Case);
        cx.StoreInt((uint)index, pointer, variant.DiscriminantSize);
        pointer = Shape.AlignTo(pointer + variant.DiscriminantSize, variant.MaxCaseAlignment);
        if (variant.Cases[index] is { } payload) Store(value.CasePayload!.Value, payload, pointer);
    }

    private IEnumerable<ulong> LowerFlat(ComponentValue value, Shape shape)
    {
        switch (shape)
        {
            case ScalarShape { Flat: "i" or "f" }: return [(uint)Bits(value)];
            case ScalarShape: return [Bits(value)];
            case StringShape: return Pair(_strings.StoreIntoRange(value));
            case ListShape { Length: not null } l: return [.. value.AsList().SelectMany(e => LowerFlat(e, l.Element))];
            case ListShape l: return Pair(StoreListIntoRange(value, l.Element));
            case RecordShape r: return [.. Fields(value, r).Zip(r.Fields).SelectMany(p => LowerFlat(p.First, p.Second))];
            case FlagsShape f: return [PackFlags(value, f)];
            default: return LowerFlatVariant(value, (VariantShape)shape);
        }
    }

    /// <summary>The coercions keep a value's bits; what is narrower than its place is followed by zeros.</summary>
    private List<ulong> LowerFlatVariant(ComponentValue value, VariantShape variant)
    {
        var index = Array.IndexOf(variant.Labels, value.Case);
        List<ulong> flat = [(uint)index];
        if (variant.Cases[index] is { } payload) flat.AddRange(LowerFlat(value.CasePayload!.Value, payload));
        while (flat.Count < variant.Flat.Length) flat.Add(0);
        return flat;
    }

    private static List<ulong> Pair((uint Pointer, uint Length) pair) => [pair.Pointer, pair.Length];

    private static ComponentValue[] Fields(ComponentValue value, RecordShape shape) =>
        shape.Type is RecordType r ? [.. r.Names.Select(n => value[n])] : [.. value.AsList()];

    private static ulong PackFlags(ComponentValue value, FlagsShape shape) =>
        value.AsFlags().Aggregate(0ul, (bits, name) => bits | (1ul << Array.IndexOf(shape.Labels, name)));

    private static ulong Bits(ComponentValue value) => value.Kind switch
    {
        ComponentValueKind.Bool => value.AsBool() ? 1ul : 0,
        ComponentValueKind.S8 => (ulong)value.AsS8(),
        ComponentValueKind.U8 => value.AsU8(),
        ComponentValueKind.S16 => (ulong)value.AsS16(),
        ComponentValueKind.U16 => value.AsU16(),
        ComponentValueKind.S32 => (ulong)value.AsS32(),
        ComponentValueKind.U32 => value.AsU32(),
        ComponentValueKind.S64 => (ulong)value.AsS64(),
        ComponentValueKind.U64 => value.AsU64(),
        ComponentValueKind.F32 => BitConverter.SingleToUInt32Bits(value.AsF32()),
        ComponentValueKind.F64 => BitConverter.DoubleToUInt64Bits(value.AsF64()),
        _ => (ulong)value.AsChar().Value,
    };
}
