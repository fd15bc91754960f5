using System.Reflection;
using ClawGrains.Components.Linking;
using ClawGrains.Components.Types;

namespace ClawGrains.Components.Abi;

/// <summary>Which .NET types compiled code can make of a component type and take apart again, by the rules of <see cref="ClrValues"/>.</summary>
internal static class ClrShape
{
    private const int MaxTuple = 7;

    /// <summary>Larger types are not worth the code.</summary>
    private const long MaxTypeSize = 1000;

    public static bool Fits(ValType type, Type clr) => type.TypeSize <= MaxTypeSize && Matches(type, clr);

    private static bool Matches(ValType type, Type clr) => type switch
    {
        PrimitiveType p => clr == ClrTypes.Scalar(p.Kind),
        ListType { Length: null } l => clr.IsSZArray && Matches(l.Element, clr.GetElementType()!),
        RecordType r => Record(r, clr) is not null,
        TupleType t => clr.IsValueType && clr.IsGenericType && clr.Name.StartsWith("ValueTuple`", StringComparison.Ordinal) && Items(t, clr.GetGenericArguments()),
        FlagsType f => clr.IsEnum && Array.TrueForAll(f.Names, n => Enum.IsDefined(clr, ClrTypes.Pascal(n))),
        EnumType e => clr.IsEnum && Array.TrueForAll(e.Names, n => Enum.IsDefined(clr, ClrTypes.Pascal(n))) && Bits(e.Names, clr).Distinct().Count() == e.Names.Length,
        OptionType o when ClrTypes.IsOption(clr) => Matches(o.Type, clr.GetGenericArguments()[0]),
        OptionType { Type: OptionType } => false,
        OptionType o => Nullable.GetUnderlyingType(clr) is { } payload ? Matches(o.Type, payload) : !clr.IsValueType && Matches(o.Type, clr),
        ResultType r => ClrTypes.IsResult(clr) && Side(r.Ok, clr.GetGenericArguments()[0]) && Side(r.Error, clr.GetGenericArguments()[1]),
        VariantType v => !clr.IsValueType && Enumerable.Range(0, v.Names.Length).All(i => Case(v, i, clr) is not null),
        _ => false,
    };

    private static bool Side(ValType? type, Type clr) => type is null ? clr == typeof(Unit) : Matches(type, clr);

    private static bool Items(TupleType type, Type[] clr) => clr.Length == type.Types.Length && clr.Length <= MaxTuple && type.Types.Zip(clr, Matches).All(fits => fits);

    /// <summary>A record's constructor, with the field that each parameter stands for, and a property for each field; or null.</summary>
    public static (ConstructorInfo Make, int[] Fields, PropertyInfo[] Properties)? Record(RecordType type, Type clr)
    {
        var names = Array.ConvertAll(type.Names, ClrTypes.Pascal);
        int Field(ParameterInfo parameter) => Array.FindIndex(names, n => n.Equals(parameter.Name, StringComparison.OrdinalIgnoreCase));
        var make = clr.GetConstructors().FirstOrDefault(c => c.GetParameters().Length == names.Length && Array.TrueForAll(c.GetParameters(), p => Field(p) >= 0));
        if (make is null) return null;
        var fields = Array.ConvertAll(make.GetParameters(), Field);
        var properties = names.Select(n => clr.GetProperty(n)).OfType<PropertyInfo>().ToArray();
        var fits = properties.Length == names.Length && fields.Distinct().Count() == fields.Length
            && Enumerable.Range(0, names.Length).All(i => Matches(type.Fields[i], properties[i].PropertyType) && make.GetParameters()[Array.IndexOf(fields, i)].ParameterType == properties[i].PropertyType);
        return fits ? (make, fields, properties) : null;
    }

    /// <summary>A case's class with its constructor, and the property of its payload where it has one; or null.</summary>
    public static (ConstructorInfo Make, PropertyInfo? Payload)? Case(VariantType type, int index, Type clr)
    {
        if (ClrTypes.CaseType(clr, type.Names[index]) is not { ContainsGenericParameters: false } nested) return null;
        if (type.Cases[index] is not { } payload) return nested.GetConstructor([]) is { } empty ? (empty, null) : null;
        var make = Array.Find(nested.GetConstructors(), c => c.GetParameters().Length == 1);
        if (make?.GetParameters()[0] is not { } parameter || nested.GetProperty(parameter.Name!) is not { } property) return null;
        return property.PropertyType == parameter.ParameterType && Matches(payload, parameter.ParameterType) ? (make, property) : null;
    }

    /// <summary>The bits of an enum's values that have the names.</summary>
    public static ulong[] Bits(string[] names, Type clr) => Array.ConvertAll(names, n =>
    {
        var value = Enum.Parse(clr, ClrTypes.Pascal(n));
        return Enum.GetUnderlyingType(clr) == typeof(ulong) ? (ulong)value : unchecked((ulong)Convert.ToInt64(value, null));
    });

    /// <summary>A type with all its names, for finding compiled code again.</summary>
    public static string Key(ValType? type) => type switch
    {
        null => "_",
        PrimitiveType p => p.Kind.ToString(),
        ListType l => $"list<{Key(l.Element)},{l.Length}>",
        RecordType r => $"record<{string.Join(',', r.Names.Zip(r.Fields, (n, f) => $"{n}:{Key(f)}"))}>",
        TupleType t => $"tuple<{string.Join(',', t.Types.Select(Key))}>",
        FlagsType f => $"flags<{string.Join(',', f.Names)}>",
        EnumType e => $"enum<{string.Join(',', e.Names)}>",
        OptionType o => $"option<{Key(o.Type)}>",
        ResultType r => $"result<{Key(r.Ok)},{Key(r.Error)}>",
        VariantType v => $"variant<{string.Join(',', v.Names.Zip(v.Cases, (n, c) => $"{n}:{Key(c)}"))}>",
        _ => throw new InvalidOperationException($"BUG: calls with a {type.Describe} are not compiled."),
    };
}
