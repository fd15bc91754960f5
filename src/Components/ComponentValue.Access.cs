using System.Globalization;
using System.Text;

namespace ClawGrains.Components;

public readonly partial struct ComponentValue
{
    /// <summary>The bool. This and the other accessors throw <see cref="InvalidOperationException"/> for another kind.</summary>
    public bool AsBool() => Checked(ComponentValueKind.Bool)._bits != 0;

    /// <summary>The s8.</summary>
    public sbyte AsS8() => (sbyte)Checked(ComponentValueKind.S8)._bits;

    /// <summary>The u8.</summary>
    public byte AsU8() => (byte)Checked(ComponentValueKind.U8)._bits;

    /// <summary>The s16.</summary>
    public short AsS16() => (short)Checked(ComponentValueKind.S16)._bits;

    /// <summary>The u16.</summary>
    public ushort AsU16() => (ushort)Checked(ComponentValueKind.U16)._bits;

    /// <summary>The s32.</summary>
    public int AsS32() => (int)Checked(ComponentValueKind.S32)._bits;

    /// <summary>The u32.</summary>
    public uint AsU32() => (uint)Checked(ComponentValueKind.U32)._bits;

    /// <summary>The s64.</summary>
    public long AsS64() => (long)Checked(ComponentValueKind.S64)._bits;

    /// <summary>The u64.</summary>
    public ulong AsU64() => Checked(ComponentValueKind.U64)._bits;

    /// <summary>The f32.</summary>
    public float AsF32() => BitConverter.UInt32BitsToSingle((uint)Checked(ComponentValueKind.F32)._bits);

    /// <summary>The f64.</summary>
    public double AsF64() => BitConverter.UInt64BitsToDouble(Checked(ComponentValueKind.F64)._bits);

    /// <summary>The char.</summary>
    public Rune AsChar() => new((uint)Checked(ComponentValueKind.Char)._bits);

    /// <summary>The string.</summary>
    public string AsString() => (string)Checked(ComponentValueKind.String)._object!;

    /// <summary>The items of a list or tuple.</summary>
    public IReadOnlyList<ComponentValue> AsList() => _object switch
    {
        ComponentValue[] items when Kind is ComponentValueKind.List or ComponentValueKind.Tuple => items,
        byte[] bytes when Kind == ComponentValueKind.List => Array.ConvertAll(bytes, U8),
        _ => throw Wrong(ComponentValueKind.List),
    };

    /// <summary>The bytes of a list of u8; the array must not be changed.</summary>
    public byte[] AsBytes() => _object switch
    {
        byte[] bytes when Kind == ComponentValueKind.List => bytes,
        ComponentValue[] items when Kind == ComponentValueKind.List => Array.ConvertAll(items, i => i.AsU8()),
        _ => throw Wrong(ComponentValueKind.List),
    };

    /// <summary>A field of a record. Throws <see cref="KeyNotFoundException"/> when there is none of that name.</summary>
    public ComponentValue this[string field]
    {
        get
        {
            var record = (RecordValue)Checked(ComponentValueKind.Record)._object!;
            var i = Array.IndexOf(record.Names, field);
            return i >= 0 ? record.Values[i] : throw new KeyNotFoundException($"The record has no field `{field}`; it has {string.Join(", ", record.Names)}.");
        }
    }

    /// <summary>An item of a list or tuple.</summary>
    public ComponentValue this[int index] => AsList()[index];

    /// <summary>The fields of a record in order.</summary>
    public IEnumerable<KeyValuePair<string, ComponentValue>> AsRecord()
    {
        var record = (RecordValue)Checked(ComponentValueKind.Record)._object!;
        return record.Names.Zip(record.Values, KeyValuePair.Create);
    }

    /// <summary>The case's name: of a variant or enum, or <c>none</c>, <c>some</c>, <c>ok</c>, <c>error</c>.</summary>
    public string Case => (Kind, _object) switch
    {
        (ComponentValueKind.Enum, string name) => name,
        (ComponentValueKind.Option, null) => "none",
        (ComponentValueKind.Option or ComponentValueKind.Result or ComponentValueKind.Variant, CaseValue c) => c.Name,
        _ => throw Wrong(ComponentValueKind.Variant),
    };

    /// <summary>The payload of a variant's, option's or result's case, or null when it has none.</summary>
    public ComponentValue? CasePayload => (Kind, _object) switch
    {
        (ComponentValueKind.Option, null) => null,
        (ComponentValueKind.Enum, _) => null,
        (ComponentValueKind.Option or ComponentValueKind.Result or ComponentValueKind.Variant, CaseValue c) => c.Payload,
        _ => throw Wrong(ComponentValueKind.Variant),
    };

    /// <summary>Whether a result succeeded.</summary>
    public bool IsOk => Checked(ComponentValueKind.Result)._bits == 0;

    /// <summary>The names of the flags that are set.</summary>
    public IReadOnlyList<string> AsFlags() => (string[])Checked(ComponentValueKind.Flags)._object!;

    /// <summary>The handle.</summary>
    public ComponentResource AsResource() => (ComponentResource)Checked(ComponentValueKind.Resource)._object!;

    /// <inheritdoc/>
    public bool Equals(ComponentValue other)
    {
        if (Kind != other.Kind) return false;
        return Kind switch
        {
            ComponentValueKind.String => AsString() == other.AsString(),
            ComponentValueKind.List or ComponentValueKind.Tuple => AsList().SequenceEqual(other.AsList()),
            ComponentValueKind.Record => AsRecord().OrderBy(f => f.Key, StringComparer.Ordinal).SequenceEqual(other.AsRecord().OrderBy(f => f.Key, StringComparer.Ordinal)),
            ComponentValueKind.Variant or ComponentValueKind.Option or ComponentValueKind.Result or ComponentValueKind.Enum =>
                Case == other.Case && Nullable.Equals(CasePayload, other.CasePayload),
            ComponentValueKind.Flags => AsFlags().ToHashSet().SetEquals(other.AsFlags()),
            ComponentValueKind.Resource => ReferenceEquals(_object, other._object),
            _ => _bits == other._bits,
        };
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ComponentValue other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Kind switch
    {
        ComponentValueKind.String => HashCode.Combine(Kind, AsString()),
        <= ComponentValueKind.Char => HashCode.Combine(Kind, _bits),
        _ => (int)Kind,
    };

    /// <summary>Equal in kind and content.</summary>
    public static bool operator ==(ComponentValue left, ComponentValue right) => left.Equals(right);

    /// <summary>Different in kind or content.</summary>
    public static bool operator !=(ComponentValue left, ComponentValue right) => !left.Equals(right);

    /// <summary>The value in WAVE, the WebAssembly Value Encoding.</summary>
    public override string ToString() => Wit.WaveWriter.Write(this);

    /// <summary>Writes the value in WAVE piece by piece, however long it is.</summary>
    public void WriteTo(TextWriter writer) => Wit.WaveWriter.Write(writer, this);

    /// <summary>The value as JSON, by the rules of <see cref="ComponentFunctionType.ParametersSchema"/>. Throws <see cref="ComponentException"/> for a handle.</summary>
    public System.Text.Json.Nodes.JsonNode? ToJson() => Wit.JsonValues.Write(this);

    private ComponentValue Checked(ComponentValueKind kind) => Kind == kind ? this : throw Wrong(kind);

    private InvalidOperationException Wrong(ComponentValueKind wanted) =>
        new(string.Create(CultureInfo.InvariantCulture, $"The value is a {Kind}, not a {wanted}."));
}
