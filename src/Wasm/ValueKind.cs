namespace ClawGrains.Wasm;

/// <summary>A value type of WebAssembly 2.0 (§2.3.4); the numbers are those of the binary format (§5.3.4).</summary>
public enum ValueKind : byte
{
    /// <summary>32-bit integer, without a sign of its own.</summary>
    I32 = 0x7F,
    /// <summary>64-bit integer, without a sign of its own.</summary>
    I64 = 0x7E,
    /// <summary>IEEE 754 single.</summary>
    F32 = 0x7D,
    /// <summary>IEEE 754 double.</summary>
    F64 = 0x7C,
    /// <summary>128-bit vector.</summary>
    V128 = 0x7B,
    /// <summary>Reference to a function, or null.</summary>
    FuncRef = 0x70,
    /// <summary>Reference to any host object, or null.</summary>
    ExternRef = 0x6F,
    /// <summary>Reference to an exception, or null (exception-handling).</summary>
    ExnRef = 0x69,
    /// <summary>Null where an exception reference is wanted (exception-handling).</summary>
    NullExnRef = 0x74,
}

internal static class ValueKinds
{
    public static bool IsReference(this ValueKind kind) =>
        kind is ValueKind.FuncRef or ValueKind.ExternRef or ValueKind.ExnRef or ValueKind.NullExnRef;

    /// <summary>Whether a value of this kind may stand where <paramref name="wanted"/> is asked for (subtyping).</summary>
    public static bool Fits(this ValueKind kind, ValueKind wanted) =>
        kind == wanted || (kind == ValueKind.NullExnRef && wanted == ValueKind.ExnRef);

    public static bool Fit(this ReadOnlySpan<ValueKind> kinds, ReadOnlySpan<ValueKind> wanted)
    {
        if (kinds.Length != wanted.Length) return false;
        for (var i = 0; i < kinds.Length; i++)
            if (!kinds[i].Fits(wanted[i])) return false;
        return true;
    }
}
