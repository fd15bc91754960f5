using System.Text;

namespace ClawGrains.Components;

/// <summary>
/// A value of any component type, for calls whose types are known only at run time. Scalars and strings make no
/// further object. Values are immutable; equality is by content.
/// </summary>
public readonly partial struct ComponentValue : IEquatable<ComponentValue>
{
    private readonly ulong _bits;
    private readonly object? _object;

    internal ComponentValue(ComponentValueKind kind, ulong bits, object? payload = null)
    {
        Kind = kind;
        _bits = bits;
        _object = payload;
    }

    /// <summary>What the value is.</summary>
    public ComponentValueKind Kind { get; }

    internal ulong Bits => _bits;

    internal object? Payload => _object;

    /// <summary>Whether the list of pairs came as a map.</summary>
    internal bool IsMap => Kind == ComponentValueKind.List && _bits == 1;

    internal ComponentValue AsMap() => new(ComponentValueKind.List, 1, _object);

    /// <summary>A bool.</summary>
    public static ComponentValue Bool(bool value) => new(ComponentValueKind.Bool, value ? 1u : 0u);

    /// <summary>An s8.</summary>
    public static ComponentValue S8(sbyte value) => new(ComponentValueKind.S8, (ulong)(long)value);

    /// <summary>A u8.</summary>
    public static ComponentValue U8(byte value) => new(ComponentValueKind.U8, value);

    /// <summary>An s16.</summary>
    public static ComponentValue S16(short value) => new(ComponentValueKind.S16, (ulong)(long)value);

    /// <summary>A u16.</summary>
    public static ComponentValue U16(ushort value) => new(ComponentValueKind.U16, value);

    /// <summary>An s32.</summary>
    public static ComponentValue S32(int value) => new(ComponentValueKind.S32, (ulong)(long)value);

    /// <summary>A u32.</summary>
    public static ComponentValue U32(uint value) => new(ComponentValueKind.U32, value);

    /// <summary>An s64.</summary>
    public static ComponentValue S64(long value) => new(ComponentValueKind.S64, (ulong)value);

    /// <summary>A u64.</summary>
    public static ComponentValue U64(ulong value) => new(ComponentValueKind.U64, value);

    /// <summary>An f32; NaNs become the canonical one.</summary>
    public static ComponentValue F32(float value) =>
        new(ComponentValueKind.F32, float.IsNaN(value) ? 0x7fc00000u : BitConverter.SingleToUInt32Bits(value));

    /// <summary>An f64; NaNs become the canonical one.</summary>
    public static ComponentValue F64(double value) =>
        new(ComponentValueKind.F64, double.IsNaN(value) ? 0x7ff8000000000000ul : BitConverter.DoubleToUInt64Bits(value));

    /// <summary>A char.</summary>
    public static ComponentValue Char(Rune value) => new(ComponentValueKind.Char, (uint)value.Value);

    /// <summary>A string. Surrogates without a partner become U+FFFD when the value is given to a guest.</summary>
    public static ComponentValue String(string value) => new(ComponentValueKind.String, 0, value);

    /// <summary>A list; also a map, as a list of pairs.</summary>
    public static ComponentValue List(params ComponentValue[] items) => new(ComponentValueKind.List, 0, items);

    /// <summary>A map: equal to the list of its pairs, but an object in JSON when its keys are strings.</summary>
    public static ComponentValue Map(params (ComponentValue Key, ComponentValue Value)[] entries) =>
        List(Array.ConvertAll(entries, e => Tuple(e.Key, e.Value))).AsMap();

    /// <summary>A list of u8; the array is not copied, so it must not change any more.</summary>
    public static ComponentValue Bytes(byte[] items) => new(ComponentValueKind.List, 0, items);

    /// <summary>A record by field names, in any order.</summary>
    public static ComponentValue Record(params (string Name, ComponentValue Value)[] fields) =>
        new(ComponentValueKind.Record, 0, new RecordValue([.. fields.Select(f => f.Name)], [.. fields.Select(f => f.Value)]));

    /// <summary>A tuple.</summary>
    public static ComponentValue Tuple(params ComponentValue[] items) => new(ComponentValueKind.Tuple, 0, items);

    /// <summary>A case of a variant, with its payload if it has one.</summary>
    public static ComponentValue Variant(string name, ComponentValue? payload = null) =>
        new(ComponentValueKind.Variant, ulong.MaxValue, new CaseValue(name, payload));

    /// <summary>A case of an enum.</summary>
    public static ComponentValue Enum(string name) => new(ComponentValueKind.Enum, ulong.MaxValue, name);

    /// <summary>An option without a value.</summary>
    public static ComponentValue None { get; } = new(ComponentValueKind.Option, 0);

    /// <summary>An option with a value.</summary>
    public static ComponentValue Some(ComponentValue value) => new(ComponentValueKind.Option, 1, new CaseValue("some", value));

    /// <summary>A successful result.</summary>
    public static ComponentValue Ok(ComponentValue? value = null) => new(ComponentValueKind.Result, 0, new CaseValue("ok", value));

    /// <summary>A failed result.</summary>
    public static ComponentValue Error(ComponentValue? value = null) => new(ComponentValueKind.Result, 1, new CaseValue("error", value));

    /// <summary>The flags that are set, in any order.</summary>
    public static ComponentValue Flags(params string[] names) => new(ComponentValueKind.Flags, 0, names);

    /// <summary>A handle: owned handles are consumed when passed as <c>own</c>, and lent when passed as <c>borrow</c>.</summary>
    public static ComponentValue Resource(ComponentResource resource) => new(ComponentValueKind.Resource, 0, resource);

    /// <summary>A string with the encoding and length that it came with, which decide how it is allocated elsewhere.</summary>
    internal static ComponentValue LiftedString(string value, ulong source) => new(ComponentValueKind.String, source, value);

    internal static ComponentValue RecordOf(string[] names, ComponentValue[] values) => new(ComponentValueKind.Record, 0, new RecordValue(names, values));

    internal static ComponentValue VariantOf(int index, string name, ComponentValue? payload) =>
        new(ComponentValueKind.Variant, (uint)index, new CaseValue(name, payload));

    internal static ComponentValue EnumOf(int index, string name) => new(ComponentValueKind.Enum, (uint)index, name);

    internal sealed record RecordValue(string[] Names, ComponentValue[] Values);

    internal sealed record CaseValue(string Name, ComponentValue? Payload);
}
