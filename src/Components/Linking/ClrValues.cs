using System.Runtime.CompilerServices;
using System.Text;
using ClawGrains.Components.Types;

namespace ClawGrains.Components.Linking;

/// <summary>
/// Component values of .NET types: integers, floats, bool, <see cref="Rune"/> and string as such; list as an
/// array; map as a dictionary; tuple as <see cref="ValueTuple"/>; record as a class or struct whose constructor's parameters
/// have the fields' names in camel case; variant as a class with a nested subclass for each case; option as a nullable or
/// <see cref="Option{T}"/>; result as <see cref="Result{TOk, TError}"/>; enum and flags as enums by name; everything also
/// as <see cref="ComponentValue"/>. <see cref="ClrObjects"/> is the way back, <see cref="ClrTypes"/> says what fits.
/// </summary>
internal static class ClrValues
{
    public static ComponentValue ToComponent(object? value, ValType type)
    {
        if (value is ComponentValue given) return given;
        return type switch
        {
            PrimitiveType => Primitive(value, type),
            OptionType o => Option(value, o),
            ListType { Element: PrimitiveType { Kind: PrimitiveKind.U8 } } when value is byte[] bytes => ComponentValue.Bytes(bytes),
            ListType l when value is System.Collections.IEnumerable items => ComponentValue.List([.. items.Cast<object?>().Select(i => ToComponent(i, l.Element))]),
            MapType m when value is System.Collections.IDictionary map => Map(map, m),
            MapType m => ToComponent(value, m.Despecialized),
            TupleType t when value is ITuple tuple && tuple.Length == t.Types.Length => ComponentValue.Tuple([.. t.Types.Select((e, i) => ToComponent(tuple[i], e))]),
            RecordType r when value is not null => ComponentValue.RecordOf(r.Names, [.. r.Fields.Select((f, i) => ToComponent(Property(value, r.Names[i]), f))]),
            EnumType e when value is Enum => ComponentValue.Enum(e.Names.FirstOrDefault(n => ClrTypes.Pascal(n) == value.ToString()) ?? throw Bad(value, type)),
            FlagsType f when value is Enum flags => ComponentValue.Flags([.. f.Names.Where(n => flags.HasFlag((Enum)Enum.Parse(flags.GetType(), ClrTypes.Pascal(n))))]),
            ResultType r when value is not null && ClrTypes.IsResult(value.GetType()) => Result(value, r),
            VariantType v when value is not null => Variant(value, v),
            HandleType when value is ComponentResource resource => ComponentValue.Resource(resource),
            _ => throw Bad(value, type),
        };
    }

    private static ComponentValue Option(object? value, OptionType type)
    {
        if (value is not null && ClrTypes.IsOption(value.GetType()))
            return (bool)Get(value, nameof(Option<>.IsSome))! ? ComponentValue.Some(ToComponent(Get(value, nameof(Option<>.Value)), type.Type)) : ComponentValue.None;
        if (value is not null) return ComponentValue.Some(ToComponent(value, type.Type));
        return type.Type is OptionType ? throw ComponentException.Value($"null is none or some(none): {ClrTypes.NestedOption}") : ComponentValue.None;
    }

    private static ComponentValue Primitive(object? value, ValType type) => value switch
    {
        bool v => ComponentValue.Bool(v),
        sbyte v => ComponentValue.S8(v),
        byte v => ComponentValue.U8(v),
        short v => ComponentValue.S16(v),
        ushort v => ComponentValue.U16(v),
        int v => ComponentValue.S32(v),
        uint v => ComponentValue.U32(v),
        long v => ComponentValue.S64(v),
        ulong v => ComponentValue.U64(v),
        float v => ComponentValue.F32(v),
        double v => ComponentValue.F64(v),
        Rune v => ComponentValue.Char(v),
        string v => ComponentValue.String(v),
        _ => throw Bad(value, type),
    };

    private static ComponentValue Map(System.Collections.IDictionary map, MapType type)
    {
        var entries = new List<(ComponentValue, ComponentValue)>();
        foreach (System.Collections.DictionaryEntry e in map) entries.Add((ToComponent(e.Key, type.Key), ToComponent(e.Value, type.Value)));
        return ComponentValue.Map([.. entries]);
    }

    private static object? Property(object value, string name) =>
        (value.GetType().GetProperty(ClrTypes.Pascal(name)) ?? throw new ArgumentException($"{value.GetType()} has no property {ClrTypes.Pascal(name)}.")).GetValue(value);

    private static ComponentValue Result(object value, ResultType type)
    {
        var isOk = (bool)Get(value, "IsOk")!;
        ComponentValue? Side(ValType? side) => side is null ? null : ToComponent(Get(value, isOk ? "Value" : "Error"), side);
        return isOk ? ComponentValue.Ok(Side(type.Ok)) : ComponentValue.Error(Side(type.Error));
    }

    private static ComponentValue Variant(object value, VariantType type)
    {
        var index = Array.FindIndex(type.Names, n => ClrTypes.Pascal(n) == value.GetType().Name);
        if (index < 0) throw Bad(value, type);
        if (type.Cases[index] is not { } payload) return ComponentValue.VariantOf(index, type.Names[index], null);
        var parameter = ClrTypes.Constructor(value.GetType(), 1).GetParameters()[0];
        return ComponentValue.VariantOf(index, type.Names[index], ToComponent(Get(value, parameter.Name!), payload));
    }

    private static object? Get(object value, string property) =>
        (value.GetType().GetProperty(property) ?? throw new ArgumentException($"{value.GetType()} has no property {property}.")).GetValue(value);

    private static ComponentException Bad(object? value, ValType type) => ComponentException.Value($"a value of .NET type {value?.GetType().Name ?? "null"} is no {type.Describe}");
}
