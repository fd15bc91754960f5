using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using ClawGrains.Components.Types;

namespace ClawGrains.Components.Linking;

/// <summary>
/// Component values to and from .NET types: integers, floats, bool, <see cref="Rune"/> and string as such; list as an
/// array; tuple as <see cref="ValueTuple"/>; record as a class or struct whose constructor's parameters have the fields'
/// names in camel case; option as a nullable; result as <see cref="Result{TOk, TError}"/>; enum and flags as enums by
/// name; everything also as <see cref="ComponentValue"/>.
/// </summary>
internal static class ClrValues
{
    public static ComponentValue ToComponent(object? value, ValType type)
    {
        if (value is ComponentValue given) return given;
        return type switch
        {
            PrimitiveType => Primitive(value, type),
            OptionType o => value is null ? ComponentValue.None : ComponentValue.Some(ToComponent(value, o.Type)),
            ListType { Element: PrimitiveType { Kind: PrimitiveKind.U8 } } when value is byte[] bytes => ComponentValue.Bytes(bytes),
            ListType l when value is System.Collections.IEnumerable items => ComponentValue.List([.. items.Cast<object?>().Select(i => ToComponent(i, l.Element))]),
            TupleType t when value is ITuple tuple && tuple.Length == t.Types.Length => ComponentValue.Tuple([.. t.Types.Select((e, i) => ToComponent(tuple[i], e))]),
            RecordType r when value is not null => ComponentValue.RecordOf(r.Names, [.. r.Fields.Select((f, i) => ToComponent(Property(value, r.Names[i]), f))]),
            EnumType e when value is Enum => ComponentValue.Enum(e.Names.FirstOrDefault(n => Pascal(n) == value.ToString()) ?? throw Bad(value, type)),
            FlagsType f when value is Enum flags => ComponentValue.Flags([.. f.Names.Where(n => flags.HasFlag((Enum)Enum.Parse(flags.GetType(), Pascal(n))))]),
            ResultType r when value is not null && IsResult(value.GetType()) => Result(value, r),
            HandleType when value is ComponentResource resource => ComponentValue.Resource(resource),
            _ => throw Bad(value, type),
        };
    }

    public static object? ToClr(ComponentValue value, Type target)
    {
        if (target == typeof(ComponentValue)) return value;
        return value.Kind switch
        {
            ComponentValueKind.Option => value.CasePayload is { } some ? ToClr(some, Nullable.GetUnderlyingType(target) ?? target) : null,
            ComponentValueKind.List when target == typeof(byte[]) => value.AsBytes(),
            ComponentValueKind.List when target.IsArray => Array(value, target.GetElementType()!),
            ComponentValueKind.Tuple when target.IsAssignableTo(typeof(ITuple)) => Construct(target, [.. value.AsList()]),
            ComponentValueKind.Record => Record(value, target),
            ComponentValueKind.Enum when target.IsEnum => Enum.Parse(target, Pascal(value.Case)),
            ComponentValueKind.Flags when target.IsEnum => Enum.Parse(target, value.AsFlags().Count == 0 ? "0" : string.Join(',', value.AsFlags().Select(Pascal))),
            ComponentValueKind.Result when IsResult(target) => Result(value, target),
            ComponentValueKind.Resource when target == typeof(ComponentResource) => value.AsResource(),
            _ => Scalar(value) is { } scalar && target.IsInstanceOfType(scalar) ? scalar : throw Bad(value, target),
        };
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

    private static object? Scalar(ComponentValue value) => value.Kind switch
    {
        ComponentValueKind.Bool => value.AsBool(),
        ComponentValueKind.S8 => value.AsS8(),
        ComponentValueKind.U8 => value.AsU8(),
        ComponentValueKind.S16 => value.AsS16(),
        ComponentValueKind.U16 => value.AsU16(),
        ComponentValueKind.S32 => value.AsS32(),
        ComponentValueKind.U32 => value.AsU32(),
        ComponentValueKind.S64 => value.AsS64(),
        ComponentValueKind.U64 => value.AsU64(),
        ComponentValueKind.F32 => value.AsF32(),
        ComponentValueKind.F64 => value.AsF64(),
        ComponentValueKind.Char => value.AsChar(),
        ComponentValueKind.String => value.AsString(),
        _ => null,
    };

    private static Array Array(ComponentValue value, Type element)
    {
        var items = value.AsList();
        var array = System.Array.CreateInstance(element, items.Count);
        for (var i = 0; i < items.Count; i++) array.SetValue(ToClr(items[i], element), i);
        return array;
    }

    private static object Construct(Type target, ComponentValue[] values)
    {
        var constructor = target.GetConstructors().FirstOrDefault(c => c.GetParameters().Length == values.Length) ?? throw new ArgumentException($"{target} has no constructor with {values.Length} parameters.");
        return constructor.Invoke([.. constructor.GetParameters().Select((p, i) => ToClr(values[i], p.ParameterType))]);
    }

    private static object Record(ComponentValue value, Type target)
    {
        var fields = value.AsRecord().ToDictionary(f => Pascal(f.Key), f => f.Value, StringComparer.OrdinalIgnoreCase);
        var constructor = target.GetConstructors().FirstOrDefault(c => c.GetParameters().Length == fields.Count && c.GetParameters().All(p => fields.ContainsKey(p.Name!)))
            ?? throw new ArgumentException($"{target} has no constructor with the parameters {string.Join(", ", fields.Keys)}.");
        return constructor.Invoke([.. constructor.GetParameters().Select(p => ToClr(fields[p.Name!], p.ParameterType))]);
    }

    private static object? Property(object value, string name) =>
        (value.GetType().GetProperty(Pascal(name)) ?? throw new ArgumentException($"{value.GetType()} has no property {Pascal(name)}.")).GetValue(value);

    private static bool IsResult(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Result<,>);

    private static ComponentValue Result(object value, ResultType type)
    {
        var isOk = (bool)value.GetType().GetProperty("IsOk")!.GetValue(value)!;
        var payload = value.GetType().GetProperty(isOk ? "Value" : "Error")!.GetValue(value);
        ComponentValue? Side(ValType? side) => side is null ? null : ToComponent(payload, side);
        return isOk ? ComponentValue.Ok(Side(type.Ok)) : ComponentValue.Error(Side(type.Error));
    }

    private static object Result(ComponentValue value, Type target)
    {
        var side = target.GetGenericArguments()[value.IsOk ? 0 : 1];
        var payload = value.CasePayload is { } p ? ToClr(p, side) : default(Unit);
        return target.GetMethod(value.IsOk ? "Ok" : "Fail", BindingFlags.Public | BindingFlags.Static)!.Invoke(null, [payload])!;
    }

    /// <summary>kebab-case to PascalCase.</summary>
    public static string Pascal(string name) => string.Concat(name.Split('-').Select(w => char.ToUpperInvariant(w[0]) + w[1..]));

    private static ComponentException Bad(object? value, ValType type) => ComponentException.Value($"a value of .NET type {value?.GetType().Name ?? "null"} is no {type.Describe}");

    private static ComponentException Bad(ComponentValue value, Type target) => ComponentException.Value($"a {value.Kind} cannot become a .NET {target.Name}");
}
