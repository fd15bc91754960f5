namespace ClawGrains.Components;

/// <summary>The kinds of component values (Component Model explainer, "Fundamental" and "Specialized value types").</summary>
public enum ComponentValueKind : byte
{
    /// <summary>No value: what <c>default</c> is.</summary>
    None,
    /// <summary>true or false.</summary>
    Bool,
    /// <summary>Signed 8-bit integer.</summary>
    S8,
    /// <summary>Unsigned 8-bit integer.</summary>
    U8,
    /// <summary>Signed 16-bit integer.</summary>
    S16,
    /// <summary>Unsigned 16-bit integer.</summary>
    U16,
    /// <summary>Signed 32-bit integer.</summary>
    S32,
    /// <summary>Unsigned 32-bit integer.</summary>
    U32,
    /// <summary>Signed 64-bit integer.</summary>
    S64,
    /// <summary>Unsigned 64-bit integer.</summary>
    U64,
    /// <summary>IEEE 754 single; all NaNs are one.</summary>
    F32,
    /// <summary>IEEE 754 double; all NaNs are one.</summary>
    F64,
    /// <summary>A Unicode scalar value.</summary>
    Char,
    /// <summary>A string of Unicode scalar values.</summary>
    String,
    /// <summary>A list, of fixed length or not, or a map (a list of pairs).</summary>
    List,
    /// <summary>Named fields in order.</summary>
    Record,
    /// <summary>Positional fields.</summary>
    Tuple,
    /// <summary>One of several named cases, perhaps with a payload.</summary>
    Variant,
    /// <summary>One of several names.</summary>
    Enum,
    /// <summary>none or some.</summary>
    Option,
    /// <summary>ok or error, perhaps with a payload.</summary>
    Result,
    /// <summary>A set of names.</summary>
    Flags,
    /// <summary>A handle that owns or borrows a resource.</summary>
    Resource,
}
