using System.Reflection;
using System.Runtime.CompilerServices;
using ClawGrains.Components.Types;

namespace ClawGrains.Components.Linking;

/// <summary>.NET objects of component values, by the rules of <see cref="ClrValues"/>.</summary>
internal static class ClrObjects
{
    public static object? ToClr(ComponentValue value, ValType type, Type target)
    {
        if (target == typeof(ComponentValue)) return value;
        return type switch
        {
            OptionType o => Option(value, o, target),
            ListType when target == typeof(byte[]) => value.AsBytes(),
            ListType l when ClrTypes.ListElement(target) is { } element => List(value, l.Element, element, target),
            MapType m when ClrTypes.Dictionary(target) is { } dictionary => Map(value, m, dictionary),
            MapType m => ToClr(value, m.Despecialized, target),
            TupleType t when target.IsAssignableTo(typeof(ITuple)) => Tuple(value, t, target),
            RecordType r => Record(value, r, target),
            EnumType when target.IsEnum => Enum.Parse(target, ClrTypes.Pascal(value.Case)),
            FlagsType when target.IsEnum => Enum.Parse(target, value.AsFlags().Count == 0 ? "0" : string.Join(',', value.AsFlags().Select(ClrTypes.Pascal))),
            ResultType r when ClrTypes.IsResult(target) => Result(value, r, target),
            VariantType v when ClrTypes.CaseType(target, value.Case) is { } nested => Variant(value, v, nested),
            HandleType when target == typeof(ComponentResource) => value.AsResource(),
            PrimitiveType when Scalar(value) is { } scalar && target.IsInstanceOfType(scalar) => scalar,
            _ => throw Bad(value, target),
        };
    }

    private static object? Option(ComponentValue value, OptionType type, Type target)
    {
        if (ClrTypes.Mismatch(type, target) is { } error) throw ComponentException.Value(error);
        if (ClrTypes.IsOption(target))
        {
            if (value.CasePayload is not { } payload) return Activator.CreateInstance(target);
            return target.GetMethod("Some")!.Invoke(null, [ToClr(payload, type.Type, target.GetGenericArguments()[0])]);
        }
        return value.CasePayload is { } some ? ToClr(some, type.Type, Nullable.GetUnderlyingType(target) ?? target) : null;
    }

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

    private static object List(ComponentValue value, ValType type, Type element, Type target)
    {
        var items = value.AsList();
        var array = Array.CreateInstance(element, items.Count);
        for (var i = 0; i < items.Count; i++) array.SetValue(ToClr(items[i], type, element), i);
        return target.IsInstanceOfType(array) ? array : Activator.CreateInstance(target, array)!;
    }

    /// <summary>Of a key that is there twice, the last value stands.</summary>
    private static System.Collections.IDictionary Map(ComponentValue value, MapType type, Type dictionary)
    {
        var map = (System.Collections.IDictionary)Activator.CreateInstance(dictionary)!;
        var types = dictionary.GetGenericArguments();
        foreach (var pair in value.AsList()) map[ToClr(pair[0], type.Key, types[0])!] = ToClr(pair[1], type.Value, types[1]);
        return map;
    }

    private static object Tuple(ComponentValue value, TupleType type, Type target)
    {
        var constructor = ClrTypes.Constructor(target, type.Types.Length);
        return constructor.Invoke([.. constructor.GetParameters().Select((p, i) => ToClr(value[i], type.Types[i], p.ParameterType))]);
    }

    private static object Record(ComponentValue value, RecordType type, Type target)
    {
        var fields = value.AsRecord().Select(f => (Name: ClrTypes.Pascal(f.Key), f.Value, Type: type.Fields[Array.IndexOf(type.Names, f.Key)])).ToDictionary(f => f.Name, StringComparer.OrdinalIgnoreCase);
        var constructor = target.GetConstructors().FirstOrDefault(c => c.GetParameters().Length == fields.Count && c.GetParameters().All(p => fields.ContainsKey(p.Name!)))
            ?? throw new ArgumentException($"{target} has no constructor with the parameters {string.Join(", ", fields.Keys)}.");
        return constructor.Invoke([.. constructor.GetParameters().Select(p => ToClr(fields[p.Name!].Value, fields[p.Name!].Type, p.ParameterType))]);
    }

    private static object Result(ComponentValue value, ResultType type, Type target)
    {
        var side = target.GetGenericArguments()[value.IsOk ? 0 : 1];
        var payload = value.CasePayload is { } p ? ToClr(p, (value.IsOk ? type.Ok : type.Error)!, side) : default(Unit);
        return target.GetMethod(value.IsOk ? "Ok" : "Fail", BindingFlags.Public | BindingFlags.Static)!.Invoke(null, [payload])!;
    }

    private static object Variant(ComponentValue value, VariantType type, Type nested)
    {
        if (value.CasePayload is not { } payload) return Activator.CreateInstance(nested)!;
        var constructor = ClrTypes.Constructor(nested, 1);
        return constructor.Invoke([ToClr(payload, type.Cases[Array.IndexOf(type.Names, value.Case)]!, constructor.GetParameters()[0].ParameterType)]);
    }

    private static ComponentException Bad(ComponentValue value, Type target) => ComponentException.Value($"a {value.Kind} cannot become a .NET {target.Name}");
}
