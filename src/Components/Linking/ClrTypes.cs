using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using ClawGrains.Components.Types;

namespace ClawGrains.Components.Linking;

/// <summary>Which .NET types can stand for which component types.</summary>
internal static class ClrTypes
{
    public const string NestedOption = "an option in an option needs Option<T>, since its none and some(none) would both be null";

    /// <summary>Why the type cannot stand for the other, or null. Records and dictionaries are looked into when values pass.</summary>
    public static string? Mismatch(ValType type, Type clr)
    {
        if (clr == typeof(ComponentValue)) return null;
        if (type is OptionType { Type: OptionType } && !IsOption(clr)) return NestedOption;
        if (clr == typeof(ComponentValue?) || clr == typeof(object)) return null;
        return type switch
        {
            PrimitiveType p => clr == Scalar(p.Kind) ? null : $"{Name(p)} is a {Scalar(p.Kind).Name}, not a {clr.Name}",
            OptionType o => Option(o, clr),
            ListType l when ListElement(clr) is { } element => Mismatch(l.Element, element),
            TupleType t when clr.IsAssignableTo(typeof(ITuple)) && clr.IsGenericType && clr.GetGenericArguments() is var items && items.Length == t.Types.Length =>
                t.Types.Zip(items, Mismatch).FirstOrDefault(e => e is not null),
            ResultType r when IsResult(clr) => Side(r.Ok, clr.GetGenericArguments()[0]) ?? Side(r.Error, clr.GetGenericArguments()[1]),
            EnumType or FlagsType when clr.IsEnum => null,
            HandleType when clr == typeof(ComponentResource) => null,
            RecordType or VariantType or MapType or TupleType when !clr.IsPrimitive && !clr.IsEnum && clr != typeof(string) => null,
            _ => $"a {type.Describe} cannot be a {clr.Name}",
        };
    }

    private static string Name(PrimitiveType type) => type.Kind.ToString().ToLowerInvariant();

    private static string? Side(ValType? type, Type clr) => type is null ? null : Mismatch(type, clr);

    private static string? Option(OptionType type, Type clr)
    {
        if (IsOption(clr)) return Mismatch(type.Type, clr.GetGenericArguments()[0]);
        var inner = Nullable.GetUnderlyingType(clr);
        if (clr.IsValueType && inner is null) return $"an option cannot be a {clr.Name}, which has no null: use {clr.Name}? or Option<{clr.Name}>";
        return Mismatch(type.Type, inner ?? clr);
    }

    /// <summary>The type of a value of a primitive type.</summary>
    public static Type Scalar(PrimitiveKind kind) => kind switch
    {
        PrimitiveKind.Bool => typeof(bool),
        PrimitiveKind.S8 => typeof(sbyte),
        PrimitiveKind.U8 => typeof(byte),
        PrimitiveKind.S16 => typeof(short),
        PrimitiveKind.U16 => typeof(ushort),
        PrimitiveKind.S32 => typeof(int),
        PrimitiveKind.U32 => typeof(uint),
        PrimitiveKind.S64 => typeof(long),
        PrimitiveKind.U64 => typeof(ulong),
        PrimitiveKind.F32 => typeof(float),
        PrimitiveKind.F64 => typeof(double),
        PrimitiveKind.Char => typeof(Rune),
        _ => typeof(string),
    };

    /// <summary>The element type of an array, a <see cref="List{T}"/> or what an array can stand for; null for other types.</summary>
    public static Type? ListElement(Type type)
    {
        if (type.IsArray) return type.GetElementType();
        if (!type.IsGenericType || type.GetGenericArguments() is not [var element]) return null;
        return type.IsAssignableFrom(element.MakeArrayType()) || type.GetGenericTypeDefinition() == typeof(List<>) ? element : null;
    }

    /// <summary>The class to make for a dictionary type or interface; null for other types.</summary>
    public static Type? Dictionary(Type type)
    {
        if (!type.IsGenericType || type.GetGenericArguments() is not [var key, var value]) return null;
        var made = typeof(Dictionary<,>).MakeGenericType(key, value);
        return type.IsAssignableFrom(made) ? made : null;
    }

    /// <summary>The class nested in a variant's that stands for one case.</summary>
    public static Type? CaseType(Type variant, string name) =>
        variant.GetNestedType(Pascal(name), BindingFlags.Public | BindingFlags.NonPublic) is { } nested && variant.IsAssignableFrom(nested) ? nested : null;

    public static ConstructorInfo Constructor(Type type, int parameters) =>
        type.GetConstructors().FirstOrDefault(c => c.GetParameters().Length == parameters) ?? throw new ArgumentException($"{type} has no constructor with {parameters} parameters.");

    public static bool IsResult(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Result<,>);

    public static bool IsOption(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Option<>);

    /// <summary>kebab-case to PascalCase.</summary>
    public static string Pascal(string name) => string.Concat(name.Split('-').Select(w => char.ToUpperInvariant(w[0]) + w[1..]));
}
