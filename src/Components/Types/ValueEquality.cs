namespace ClawGrains.Components.Types;

/// <summary>Equality of value types, with the first difference in words.</summary>
internal static class ValueEquality
{
    public static string? Difference(ValType actual, ValType wanted)
    {
        if (ReferenceEquals(actual, wanted)) return null;
        return (actual, wanted) switch
        {
            (PrimitiveType a, PrimitiveType w) => $"expected primitive `{w.Describe}` found primitive `{a.Describe}`",
            (PrimitiveType a, _) => $"expected {wanted.Describe}, found {a.Describe}",
            (_, PrimitiveType) => $"expected primitive, found {actual.Describe}: expected {wanted.Describe}, found {actual.Describe}",
            (RecordType a, RecordType w) => Record(a, w),
            (VariantType a, VariantType w) => Variant(a, w),
            (TupleType a, TupleType w) => Tuple(a, w),
            (FlagsType a, FlagsType w) => a.Names.AsSpan().SequenceEqual(w.Names) ? null : "mismatch in flags elements",
            (EnumType a, EnumType w) => a.Names.AsSpan().SequenceEqual(w.Names) ? null : "mismatch in enum elements",
            (OptionType a, OptionType w) => Difference(a.Type, w.Type),
            (ListType a, ListType w) => List(a, w),
            (MapType a, MapType w) => Difference(a.Key, w.Key) ?? Difference(a.Value, w.Value),
            (ResultType a, ResultType w) => Payload(a.Ok, w.Ok, "ok") ?? Payload(a.Error, w.Error, "err"),
            (AsyncType a, AsyncType w) when a.IsStream == w.IsStream => Payload(a.Element, w.Element, "element"),
            (OwnType a, OwnType w) => Resource(a, w),
            (BorrowType a, BorrowType w) => Resource(a, w),
            _ => $"expected {wanted.Describe}, found {actual.Describe}",
        };
    }

    private static string? Resource(HandleType actual, HandleType wanted) =>
        ReferenceEquals(actual.Resource.Id, wanted.Resource.Id) ? null : "resource types are not the same";

    private static string? List(ListType actual, ListType wanted)
    {
        if (actual.Length == wanted.Length) return Difference(actual.Element, wanted.Element);
        if (actual.Length is null || wanted.Length is null) return $"expected {wanted.Describe}, found {actual.Describe}";
        return $"expected fixed size {wanted.Length}, found size {actual.Length}";
    }

    private static string? Record(RecordType actual, RecordType wanted)
    {
        if (actual.Fields.Length != wanted.Fields.Length) return $"expected {wanted.Fields.Length} fields, found {actual.Fields.Length}";
        for (var i = 0; i < actual.Fields.Length; i++)
        {
            if (actual.Names[i] != wanted.Names[i]) return $"expected field name `{wanted.Names[i]}`, found `{actual.Names[i]}`";
            if (Difference(actual.Fields[i], wanted.Fields[i]) is { } error) return $"type mismatch in record field `{actual.Names[i]}`: {error}";
        }
        return null;
    }

    private static string? Tuple(TupleType actual, TupleType wanted)
    {
        if (actual.Types.Length != wanted.Types.Length) return $"expected {wanted.Types.Length} types, found {actual.Types.Length}";
        for (var i = 0; i < actual.Types.Length; i++)
            if (Difference(actual.Types[i], wanted.Types[i]) is { } error) return $"type mismatch in tuple field {i}: {error}";
        return null;
    }

    private static string? Variant(VariantType actual, VariantType wanted)
    {
        if (actual.Cases.Length != wanted.Cases.Length) return $"expected {wanted.Cases.Length} cases, found {actual.Cases.Length}";
        for (var i = 0; i < actual.Cases.Length; i++)
        {
            var (name, a, w) = (wanted.Names[i], actual.Cases[i], wanted.Cases[i]);
            if (actual.Names[i] != name) return $"expected case named `{name}`, found `{actual.Names[i]}`";
            if (a is null && w is not null) return $"expected case `{name}` to have a type, found none";
            if (a is not null && w is null) return $"expected case `{name}` to have no type";
            if (a is not null && w is not null && Difference(a, w) is { } error) return $"type mismatch in variant case `{name}`: {error}";
        }
        return null;
    }

    private static string? Payload(ValType? actual, ValType? wanted, string side)
    {
        if (actual is null && wanted is null) return null;
        if (actual is null) return $"expected {side} type, but found none";
        if (wanted is null) return $"expected {side} type to not be present";
        return Difference(actual, wanted) is { } error ? $"type mismatch in {side} variant: {error}" : null;
    }
}
