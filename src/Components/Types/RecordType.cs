namespace ClawGrains.Components.Types;

/// <summary>A record; <see cref="Offsets"/> are the byte offsets of its fields in a 32-bit memory.</summary>
internal sealed class RecordType : ValType
{
    public RecordType(string[] names, ValType[] fields)
    {
        Names = names;
        Fields = fields;
        Offsets = new uint[fields.Length];
        TypeSize = 1 + fields.Sum(f => f.TypeSize);
        Depth = 1 + fields.Max(f => f.Depth);
        MentionsResource = fields.Any(f => f.MentionsResource);
        ContainsBorrow = fields.Any(f => f.ContainsBorrow);
        ContainsPointer = fields.Any(f => f.ContainsPointer);
        Alignment = fields.Max(f => f.Alignment);
        Alignment64 = fields.Max(f => f.Alignment64);
        ulong size = 0, size64 = 0;
        for (var i = 0; i < fields.Length; i++)
        {
            size = Align(size, fields[i].Alignment);
            Offsets[i] = (uint)size;
            size += fields[i].Size;
            size64 = Align(size64, fields[i].Alignment64) + fields[i].Size64;
        }
        Size = (uint)Math.Min(uint.MaxValue, Align(size, Alignment));
        Size64 = Align(size64, Alignment64);
        Flat = Concat(fields);
    }

    public string[] Names { get; }

    public ValType[] Fields { get; }

    public uint[] Offsets { get; }

    public override string Describe => "record";

    protected override TypeDef Copy() => new RecordType(Names, Fields);
}

/// <summary>A tuple: a record whose labels are the positions.</summary>
internal sealed class TupleType : ValType
{
    private readonly RecordType _record;

    public TupleType(ValType[] types)
    {
        Types = types;
        _record = new RecordType([.. Enumerable.Range(0, types.Length).Select(i => i.ToString(System.Globalization.CultureInfo.InvariantCulture))], types);
        (TypeSize, Depth, MentionsResource, ContainsBorrow) = (_record.TypeSize, _record.Depth, _record.MentionsResource, _record.ContainsBorrow);
        (Size, Alignment, Size64, Alignment64) = (_record.Size, _record.Alignment, _record.Size64, _record.Alignment64);
        (Flat, ContainsPointer) = (_record.Flat, _record.ContainsPointer);
    }

    public ValType[] Types { get; }

    public override ValType Despecialized => _record;

    public override string Describe => "tuple";

    protected override TypeDef Copy() => new TupleType(Types);
}

/// <summary>A map: a list of key and value pairs.</summary>
internal sealed class MapType : ValType
{
    private readonly ListType _list;

    public MapType(ValType key, ValType value)
    {
        Key = key;
        Value = value;
        _list = new ListType(new TupleType([key, value]));
        (TypeSize, Depth, MentionsResource, ContainsBorrow) = (_list.TypeSize, _list.Depth, _list.MentionsResource, _list.ContainsBorrow);
        (Size, Alignment, Size64, Alignment64) = (_list.Size, _list.Alignment, _list.Size64, _list.Alignment64);
        (Flat, ContainsPointer) = (_list.Flat, true);
    }

    public ValType Key { get; }

    public ValType Value { get; }

    public override ValType Despecialized => _list;

    public override string Describe => "map";

    protected override TypeDef Copy() => new MapType(Key, Value);
}

internal sealed class FlagsType : ValType
{
    public FlagsType(string[] names)
    {
        Names = names;
        Size = names.Length <= 8 ? 1u : names.Length <= 16 ? 2u : 4u;
        Alignment = Alignment64 = Size;
        Size64 = Size;
        Flat = [CoreValType.I32];
    }

    public string[] Names { get; }

    public override string Describe => "flags";

    protected override TypeDef Copy() => new FlagsType(Names);
}
