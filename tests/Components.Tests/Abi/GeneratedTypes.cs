using ClawGrains.Components.Linking;
using ClawGrains.Components.Types;
using ClawGrains.Fuzz.Components.Abi;

namespace ClawGrains.Components.Tests.Abi;

/// <summary>.NET types for the generated types that can be compiled.</summary>
internal static class GeneratedTypes
{
    public static Type Clr(ValType? type) => type switch
    {
        null => typeof(Unit),
        ListType l => Clr(l.Element).MakeArrayType(),
        RecordType r => (r.TypeSize % 2 == 0 ? typeof(Record<,,,>) : typeof(RecordStruct<,,,>)).MakeGenericType([.. r.Fields.Select(Clr)]),
        FlagsType f => f.Names.Length % 2 == 0 ? typeof(Bits) : typeof(ShuffledBits),
        EnumType e => e.Names.Length % 2 == 0 ? typeof(Cases) : typeof(ShuffledCases),
        VariantType => typeof(Variant),
        ResultType r => typeof(Result<,>).MakeGenericType(Clr(r.Ok), Clr(r.Error)),
        OptionType { Type: OptionType } o => typeof(Option<>).MakeGenericType(Clr(o.Type)),
        OptionType o => o.TypeSize % 3 == 0 ? typeof(Option<>).MakeGenericType(Clr(o.Type)) : Nullable(Clr(o.Type)),
        TupleType t => Type.GetType($"System.ValueTuple`{t.Types.Length}")!.MakeGenericType([.. t.Types.Select(Clr)]),
        _ => ClrTypes.Scalar(((PrimitiveType)type).Kind),
    };

    /// <summary>Generated values as the host has them: their strings do not know which guest they came from.</summary>
    public static ComponentValue[] OfHost(AbiGenerator generator, ValType[] types) => [.. generator.Values(types).Zip(types, OfHost)];

    private static ComponentValue OfHost(ComponentValue value, ValType type) => ClrValues.ToComponent(ClrObjects.ToClr(value, type, Clr(type)), type);

    private static Type Nullable(Type type) => type.IsValueType ? typeof(Nullable<>).MakeGenericType(type) : type;

    public sealed record Record<T0, T1, T2, T3>(T2 R2, T0 R0, T3 R3, T1 R1);

    public readonly record struct RecordStruct<T0, T1, T2, T3>(T0 R0, T1 R1, T2 R2, T3 R3);

    public abstract record Variant
    {
        public sealed record V0(double Value) : Variant;

        public sealed record V1 : Variant;

        public sealed record V2(string Text) : Variant;

        public sealed record V3(ushort[] Items) : Variant;
    }

    public enum Cases : sbyte { E0, E1, E2, E3, E4, E5, E6, E7, E8 }

    public enum ShuffledCases { E8 = -1, E7 = 100, E0 = 5, E6, E1 = 3, E5 = int.MaxValue, E2 = int.MinValue, E3 = 0, E4 = 1 }

    [Flags]
    public enum Bits : uint
    {
        F0 = 1, F1 = 1 << 1, F2 = 1 << 2, F3 = 1 << 3, F4 = 1 << 4, F5 = 1 << 5, F6 = 1 << 6, F7 = 1 << 7, F8 = 1 << 8, F9 = 1 << 9,
        F10 = 1 << 10, F11 = 1 << 11, F12 = 1 << 12, F13 = 1 << 13, F14 = 1 << 14, F15 = 1 << 15, F16 = 1 << 16, F17 = 1 << 17,
        F18 = 1 << 18, F19 = 1 << 19, F20 = 1 << 20, F21 = 1 << 21, F22 = 1 << 22, F23 = 1 << 23, F24 = 1 << 24, F25 = 1 << 25,
        F26 = 1 << 26, F27 = 1 << 27, F28 = 1 << 28, F29 = 1 << 29, F30 = 1 << 30, F31 = 1u << 31,
    }

    [Flags]
    public enum ShuffledBits : long
    {
        F1 = 1, F0 = 1 << 1, F2 = 1L << 62, F3 = 1 << 3, F4 = 1 << 4, F5 = 1 << 5, F6 = 1 << 6, F7 = 1 << 7, F8 = 1 << 8, F9 = 1 << 9,
        F10 = 1 << 10, F11 = 1 << 11, F12 = 1 << 12, F13 = 1 << 13, F14 = 1 << 14, F15 = 1 << 15, F16 = 1 << 16, F17 = 1 << 17,
        F18 = 1 << 18, F19 = 1 << 19, F20 = 1 << 20, F21 = 1 << 21, F22 = 1 << 22, F23 = 1 << 23, F24 = 1 << 24, F25 = 1 << 25,
        F26 = 1 << 26, F27 = 1 << 27, F28 = 1 << 28, F29 = 1 << 29, F30 = 1 << 30, F31 = 1L << 31,
    }
}
