namespace ClawGrains.Components.Types;

internal enum PrimitiveKind : byte { Bool, S8, U8, S16, U16, S32, U32, S64, U64, F32, F64, Char, String }

/// <summary>
/// A value type. Size, alignment and flattening are computed once when the node is made, by the rules of
/// CanonicalABI.md "Alignment", "Element Size" and "Flattening" over the despecialised form.
/// </summary>
internal abstract class ValType : TypeDef
{
    /// <summary>A flattening longer than this is never used flat, so it is not kept.</summary>
    public const int MaxFlat = 16;

    /// <summary>Bytes in a 32-bit memory.</summary>
    public uint Size { get; protected init; }

    public uint Alignment { get; protected init; }

    /// <summary>Size and alignment under 64-bit pointers; only validation's bound on value sizes looks at them.</summary>
    public ulong Size64 { get; protected init; }

    public uint Alignment64 { get; protected init; }

    /// <summary>The core types of the flattened value, or null when there are more than <see cref="MaxFlat"/>.</summary>
    public CoreValType[]? Flat { get; protected init; }

    public bool ContainsBorrow { get; protected init; }

    /// <summary>Whether lifting or lowering needs the memory: a string or list occurs inside.</summary>
    public bool ContainsPointer { get; protected init; }

    /// <summary>The fundamental type that a specialised one stands for (CanonicalABI.md, "Despecialization").</summary>
    public virtual ValType Despecialized => this;

    protected static ulong Align(ulong offset, uint alignment) => (offset + alignment - 1) / alignment * alignment;

    public static uint Align(uint offset, uint alignment) => (offset + alignment - 1) & ~(alignment - 1);

    /// <summary>Concatenated flattenings, or null beyond the limit.</summary>
    public static CoreValType[]? Concat(IEnumerable<ValType> types)
    {
        var flat = new List<CoreValType>();
        foreach (var type in types)
        {
            if (type.Flat is null || flat.Count + type.Flat.Length > MaxFlat) return null;
            flat.AddRange(type.Flat);
        }
        return [.. flat];
    }
}

internal sealed class PrimitiveType : ValType
{
    private static readonly PrimitiveType[] All = [.. Enum.GetValues<PrimitiveKind>().Select(k => new PrimitiveType(k))];

    private PrimitiveType(PrimitiveKind kind)
    {
        Kind = kind;
        Size = kind switch
        {
            PrimitiveKind.Bool or PrimitiveKind.S8 or PrimitiveKind.U8 => 1,
            PrimitiveKind.S16 or PrimitiveKind.U16 => 2,
            PrimitiveKind.S64 or PrimitiveKind.U64 or PrimitiveKind.F64 or PrimitiveKind.String => 8,
            _ => 4,
        };
        Alignment = kind == PrimitiveKind.String ? 4 : Size;
        Size64 = kind == PrimitiveKind.String ? 16 : Size;
        Alignment64 = kind == PrimitiveKind.String ? 8 : Alignment;
        ContainsPointer = kind == PrimitiveKind.String;
        Flat = kind switch
        {
            PrimitiveKind.S64 or PrimitiveKind.U64 => [CoreValType.I64],
            PrimitiveKind.F32 => [CoreValType.F32],
            PrimitiveKind.F64 => [CoreValType.F64],
            PrimitiveKind.String => [CoreValType.I32, CoreValType.I32],
            _ => [CoreValType.I32],
        };
    }

    public PrimitiveKind Kind { get; }

    public override string Describe => Kind.ToString().ToLowerInvariant();

    public static PrimitiveType Of(PrimitiveKind kind) => All[(int)kind];

    /// <summary>Primitives need no name, but a type index that stands for one is still a node of its own.</summary>
    public override TypeDef Renamed() => this;
}

/// <summary>A list, with <see cref="Length"/> for one of fixed length, which lies inline.</summary>
internal sealed class ListType : ValType
{
    public ListType(ValType element, uint? length = null)
    {
        Element = element;
        Length = length;
        TypeSize = 1 + element.TypeSize;
        Depth = 1 + element.Depth;
        MentionsResource = element.MentionsResource;
        ContainsBorrow = element.ContainsBorrow;
        ContainsPointer = length is null || element.ContainsPointer;
        Alignment = length is null ? 4 : element.Alignment;
        Alignment64 = length is null ? 8 : element.Alignment64;
        Size64 = length is { } n ? n * element.Size64 : 16;
        Size = length is { } m ? (uint)Math.Min(uint.MaxValue, (ulong)m * element.Size) : 8;
        Flat = length is { } l ? Repeat(element.Flat, l) : [CoreValType.I32, CoreValType.I32];
    }

    public ValType Element { get; }

    public uint? Length { get; }

    public override string Describe => Length is null ? "list" : "fixed-length list";

    public override TypeDef Renamed() => new ListType(Element, Length);

    private static CoreValType[]? Repeat(CoreValType[]? flat, uint count)
    {
        if (flat is null || (ulong)flat.Length * count > MaxFlat) return null;
        return [.. Enumerable.Repeat(flat, (int)count).SelectMany(f => f)];
    }
}

/// <summary>A stream or future. Such values can be declared and never occur: the built-ins that make them trap.</summary>
internal sealed class AsyncType : ValType
{
    public AsyncType(bool isStream, ValType? element)
    {
        IsStream = isStream;
        Element = element;
        TypeSize = 1 + (element?.TypeSize ?? 0);
        Depth = 1 + (element?.Depth ?? 0);
        MentionsResource = element is { MentionsResource: true };
        ContainsBorrow = element is { ContainsBorrow: true };
        Size = Alignment = Alignment64 = 4;
        Size64 = 4;
        Flat = [CoreValType.I32];
    }

    public bool IsStream { get; }

    public ValType? Element { get; }

    public override string Describe => IsStream ? "stream" : "future";

    public override TypeDef Renamed() => new AsyncType(IsStream, Element);
}

internal sealed class OwnType : HandleType
{
    public OwnType(ResourceType resource) : base(resource) { }

    public override string Describe => "own";

    public override TypeDef Renamed() => new OwnType(Resource);
}

internal sealed class BorrowType : HandleType
{
    public BorrowType(ResourceType resource) : base(resource) => ContainsBorrow = true;

    public override string Describe => "borrow";

    public override TypeDef Renamed() => new BorrowType(Resource);
}

internal abstract class HandleType : ValType
{
    protected HandleType(ResourceType resource)
    {
        Resource = resource;
        MentionsResource = true;
        Size = Alignment = Alignment64 = 4;
        Size64 = 4;
        Flat = [CoreValType.I32];
    }

    public ResourceType Resource { get; }
}
