using System.Runtime.CompilerServices;
using ClawGrains.Components.Types;

namespace ClawGrains.Fuzz.Components.Abi;

/// <summary>
/// CanonicalABI.md, "Despecialization", "Alignment", "Element Size" and "Flattening" of a type, from the document and
/// from nothing that the engine computed. <see cref="Flat"/> has a letter for each flat value: i, I, f, F for i32, i64, f32, f64.
/// </summary>
internal abstract class Shape(ValType type)
{
    private static readonly ConditionalWeakTable<ValType, Shape> Known = [];

    public ValType Type => type;

    public uint Alignment { get; protected init; } = 1;

    public uint Size { get; protected init; }

    public string Flat { get; protected init; } = "";

    public static Shape Of(ValType type) => Known.GetValue(type, Make);

    /// <summary>The shape of parameters that go through memory.</summary>
    public static RecordShape OfTuple(ValType[] types) => new(new TupleType(types), types);

    public static uint AlignTo(uint pointer, uint alignment) => (pointer + alignment - 1) / alignment * alignment;

    private static Shape Make(ValType type) => type switch
    {
        PrimitiveType { Kind: PrimitiveKind.String } => new StringShape(type),
        PrimitiveType p => new ScalarShape(p),
        ListType l => new ListShape(l, l.Element, l.Length),
        MapType m => new ListShape(m, new TupleType([m.Key, m.Value]), null),
        RecordType r => new RecordShape(r, r.Fields),
        TupleType t => new RecordShape(t, t.Types),
        FlagsType f => new FlagsShape(f),
        EnumType e => new VariantShape(e, e.Names, new ValType?[e.Names.Length]),
        OptionType o => new VariantShape(o, ["none", "some"], [null, o.Type]),
        ResultType r => new VariantShape(r, ["ok", "error"], [r.Ok, r.Error]),
        VariantType v => new VariantShape(v, v.Names, v.Cases),
        _ => throw new InvalidOperationException($"Values of type {type.Describe} have no shape."),
    };
}

internal sealed class ScalarShape : Shape
{
    public ScalarShape(PrimitiveType type) : base(type)
    {
        Kind = type.Kind;
        (Size, Flat) = Kind switch
        {
            PrimitiveKind.Bool or PrimitiveKind.S8 or PrimitiveKind.U8 => (1u, "i"),
            PrimitiveKind.S16 or PrimitiveKind.U16 => (2u, "i"),
            PrimitiveKind.S64 or PrimitiveKind.U64 => (8u, "I"),
            PrimitiveKind.F32 => (4u, "f"),
            PrimitiveKind.F64 => (8u, "F"),
            _ => (4u, "i"),
        };
        Alignment = Size;
    }

    public PrimitiveKind Kind { get; }
}

internal sealed class StringShape : Shape
{
    public StringShape(ValType type) : base(type) => (Alignment, Size, Flat) = (4, 8, "ii");
}

internal sealed class ListShape : Shape
{
    public ListShape(ValType type, ValType element, uint? length) : base(type)
    {
        (Element, Length) = (Of(element), length);
        (Alignment, Size, Flat) = length is { } n
            ? (Element.Alignment, n * Element.Size, string.Concat(Enumerable.Repeat(Element.Flat, (int)n)))
            : (4, 8, "ii");
    }

    public Shape Element { get; }

    public uint? Length { get; }
}

internal sealed class RecordShape : Shape
{
    public RecordShape(ValType type, ValType[] fields) : base(type)
    {
        Fields = [.. fields.Select(Of)];
        Alignment = Fields.Max(f => f.Alignment);
        Size = AlignTo(Fields.Aggregate(0u, (s, f) => AlignTo(s, f.Alignment) + f.Size), Alignment);
        Flat = string.Concat(Fields.Select(f => f.Flat));
    }

    public Shape[] Fields { get; }
}

internal sealed class FlagsShape : Shape
{
    public FlagsShape(FlagsType type) : base(type)
    {
        Labels = type.Names;
        Alignment = Size = Labels.Length <= 8 ? 1u : Labels.Length <= 16 ? 2u : 4u;
        Flat = "i";
    }

    public string[] Labels { get; }
}

internal sealed class VariantShape : Shape
{
    public VariantShape(ValType type, string[] labels, ValType?[] cases) : base(type)
    {
        Labels = labels;
        Cases = [.. cases.Select(c => c is null ? null : Of(c))];
        DiscriminantSize = Math.Ceiling(Math.Log2(labels.Length) / 8) switch { <= 1 => 1u, 2 => 2u, _ => 4u };
        MaxCaseAlignment = Cases.Max(c => c?.Alignment ?? 1);
        Alignment = Math.Max(DiscriminantSize, MaxCaseAlignment);
        Size = AlignTo(AlignTo(DiscriminantSize, MaxCaseAlignment) + Cases.Max(c => c?.Size ?? 0), Alignment);
        Flat = "i" + Cases.Aggregate("", (flat, c) => Join(flat, c?.Flat ?? ""));
    }

    public string[] Labels { get; }

    public Shape?[] Cases { get; }

    public uint DiscriminantSize { get; }

    public uint MaxCaseAlignment { get; }

    private static string Join(string a, string b) => string.Concat(Enumerable.Range(0, Math.Max(a.Length, b.Length)).Select(i =>
        i >= a.Length ? b[i] : i >= b.Length ? a[i] : Join(a[i], b[i])));

    private static char Join(char a, char b) => a == b ? a : (a, b) is ('i', 'f') or ('f', 'i') ? 'i' : 'I';
}
