using System.Text;
using ClawGrains.Components;
using ClawGrains.Components.Linking;
using ClawGrains.Components.Types;

namespace ClawGrains.Fuzz.Components.Abi;

/// <summary>CanonicalABI.md, "Loading", "Flat Lifting" and <c>lift_flat_values</c>, function by function.</summary>
internal sealed class ReferenceLifting(ReferenceContext cx)
{
    private static readonly UTF8Encoding Utf8 = new(false, true);
    private static readonly UnicodeEncoding Utf16 = new(false, false, true);

    public ComponentValue[] LiftFlatValues(int maxFlat, IEnumerable<ulong> core, ValType[] types)
    {
        var values = new Queue<ulong>(core);
        var shapes = types.Select(Shape.Of).ToArray();
        if (shapes.Sum(s => s.Flat.Length) <= maxFlat) return [.. shapes.Select(s => LiftFlat(values, s))];
        var (pointer, tuple) = ((uint)values.Dequeue(), Shape.OfTuple(types));
        cx.CheckRange(pointer, tuple.Size, tuple.Alignment);
        return [.. Load(pointer, tuple).AsList()];
    }

    private ComponentValue Load(uint pointer, Shape shape) => shape switch
    {
        ScalarShape s => Scalar(s.Kind, cx.LoadInt(pointer, s.Size)),
        StringShape => LoadStringFromRange((uint)cx.LoadInt(pointer, 4), (uint)cx.LoadInt(pointer + 4, 4)),
        ListShape { Length: { } n } l => LoadListFromValidRange(pointer, n, l.Element),
        ListShape l => LoadListFromRange((uint)cx.LoadInt(pointer, 4), (uint)cx.LoadInt(pointer + 4, 4), l.Element),
        RecordShape r => LoadRecord(pointer, r),
        FlagsShape f => UnpackFlags(cx.LoadInt(pointer, f.Size), f),
        _ => LoadVariant(pointer, (VariantShape)shape),
    };

    private ComponentValue LoadStringFromRange(uint pointer, uint tagged)
    {
        var (alignment, bytes, encoding) = cx.Encoding switch
        {
            StringEncoding.Utf8 => (1u, (ulong)tagged, (Encoding)Utf8),
            StringEncoding.Utf16 => (2u, 2ul * tagged, Utf16),
            _ when (tagged & ReferenceContext.Utf16Tag) != 0 => (2u, 2ul * (tagged ^ ReferenceContext.Utf16Tag), Utf16),
            _ => (2u, (ulong)tagged, Encoding.Latin1),
        };
        ReferenceTrapException.If(bytes > ReferenceContext.MaxByteLength, "length");
        cx.CheckRange(pointer, bytes, alignment);
        try
        {
            return ComponentValue.String(encoding.GetString(cx.Bytes, (int)pointer, (int)bytes));
        }
        catch (DecoderFallbackException e)
        {
            throw new ReferenceTrapException(e.Message);
        }
    }

    private ComponentValue LoadListFromRange(uint pointer, uint length, Shape element)
    {
        ReferenceTrapException.If((ulong)length * element.Size > ReferenceContext.MaxByteLength, "length");
        cx.CheckRange(pointer, (ulong)length * element.Size, element.Alignment);
        return LoadListFromValidRange(pointer, length, element);
    }

    private ComponentValue LoadListFromValidRange(uint pointer, uint length, Shape element) =>
        ComponentValue.List([.. Enumerable.Range(0, (int)length).Select(i => Load(pointer + ((uint)i * element.Size), element))]);

    private ComponentValue LoadRecord(uint pointer, RecordShape record)
    {
        var values = new List<ComponentValue>();
        foreach (var field in record.Fields)
        {
            pointer = Shape.AlignTo(pointer, field.Alignment);
            values.Add(Load(pointer, field));
            pointer += field.Size;
        }
        return Record(record, values);
    }

    private ComponentValue LoadVariant(uint pointer, VariantShape variant)
    {
        var index = cx.LoadInt(pointer, variant.DiscriminantSize);
        ReferenceTrapException.If(index >= (ulong)variant.Cases.Length, "discriminant");
        pointer = Shape.AlignTo(pointer + variant.DiscriminantSize, variant.MaxCaseAlignment);
        return Case(variant, (int)index, variant.Cases[index] is { } payload ? Load(pointer, payload) : null);
    }

    private ComponentValue LiftFlat(Queue<ulong> values, Shape shape) => shape switch
    {
        ScalarShape s => Scalar(s.Kind, values.Dequeue()),
        StringShape => LoadStringFromRange((uint)values.Dequeue(), (uint)values.Dequeue()),
        ListShape { Length: { } n } l => ComponentValue.List([.. Enumerable.Range(0, (int)n).Select(_ => LiftFlat(values, l.Element))]),
        ListShape l => LoadListFromRange((uint)values.Dequeue(), (uint)values.Dequeue(), l.Element),
        RecordShape r => Record(r, [.. r.Fields.Select(f => LiftFlat(values, f))]),
        FlagsShape f => UnpackFlags(values.Dequeue(), f),
        _ => LiftFlatVariant(values, (VariantShape)shape),
    };

    private ComponentValue LiftFlatVariant(Queue<ulong> values, VariantShape variant)
    {
        var index = values.Dequeue();
        ReferenceTrapException.If(index >= (ulong)variant.Cases.Length, "discriminant");
        var flat = variant.Flat[1..].Select(have => (Have: have, Bits: values.Dequeue())).ToArray();
        if (variant.Cases[index] is not { } payload) return Case(variant, (int)index, null);
        var coerced = flat.Zip(payload.Flat, (v, want) => v.Have == 'I' && want is 'i' or 'f' ? (uint)v.Bits : v.Bits);
        return Case(variant, (int)index, LiftFlat(new Queue<ulong>(coerced), payload));
    }

    private static ComponentValue UnpackFlags(ulong bits, FlagsShape shape) =>
        ComponentValue.Flags([.. shape.Labels.Where((_, i) => ((bits >> i) & 1) != 0)]);

    private static ComponentValue Record(RecordShape shape, IReadOnlyList<ComponentValue> values) =>
        shape.Type is RecordType r ? ComponentValue.Record([.. r.Names.Zip(values)]) : ComponentValue.Tuple([.. values]);

    private static ComponentValue Case(VariantShape shape, int index, ComponentValue? payload) => shape.Type switch
    {
        EnumType => ComponentValue.Enum(shape.Labels[index]),
        OptionType => payload is { } some ? ComponentValue.Some(some) : ComponentValue.None,
        ResultType => index == 0 ? ComponentValue.Ok(payload) : ComponentValue.Error(payload),
        _ => ComponentValue.Variant(shape.Labels[index], payload),
    };

    private static ComponentValue Scalar(PrimitiveKind kind, ulong bits)
    {
        switch (kind)
        {
            case PrimitiveKind.Bool: return ComponentValue.Bool(bits != 0);
            case PrimitiveKind.S8: return ComponentValue.S8((sbyte)bits);
            case PrimitiveKind.U8: return ComponentValue.U8((byte)bits);
            case PrimitiveKind.S16: return ComponentValue.S16((short)bits);
            case PrimitiveKind.U16: return ComponentValue.U16((ushort)bits);
            case PrimitiveKind.S32: return ComponentValue.S32((int)bits);
            case PrimitiveKind.U32: return ComponentValue.U32((uint)bits);
            case PrimitiveKind.S64: return ComponentValue.S64((long)bits);
            case PrimitiveKind.U64: return ComponentValue.U64(bits);
            case PrimitiveKind.F32: return ComponentValue.F32(BitConverter.UInt32BitsToSingle((uint)bits));
            case PrimitiveKind.F64: return ComponentValue.F64(BitConverter.UInt64BitsToDouble(bits));
        }
        ReferenceTrapException.If(bits >= 0x110000 || bits is >= 0xd800 and <= 0xdfff, "char");
        return ComponentValue.Char(new Rune((uint)bits));
    }
}
