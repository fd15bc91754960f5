namespace ClawGrains.Wasm;

/// <summary>Why execution was aborted.</summary>
public enum TrapKind
{
    /// <summary>The instruction <c>unreachable</c> was executed.</summary>
    Unreachable,
    /// <summary>A load, store or bulk operation reached past the end of its memory.</summary>
    MemoryOutOfBounds,
    /// <summary>A table access reached past the end of its table.</summary>
    TableOutOfBounds,
    /// <summary>An indirect call's index lies past the end of the table.</summary>
    UndefinedElement,
    /// <summary>An indirect call met a null element.</summary>
    UninitializedElement,
    /// <summary>An indirect call met a function of another type.</summary>
    IndirectCallTypeMismatch,
    /// <summary>An integer was divided by zero.</summary>
    IntegerDivideByZero,
    /// <summary>An integer division, or the conversion of a number too large, overflowed.</summary>
    IntegerOverflow,
    /// <summary>NaN was converted to an integer.</summary>
    InvalidConversionToInteger,
    /// <summary>The call depth or the thread's stack is used up.</summary>
    CallStackExhausted,
    /// <summary>The store's fuel is used up.</summary>
    OutOfFuel,
    /// <summary><see cref="Store.Interrupt"/> was called, or a deadline passed.</summary>
    Interrupted,
    /// <summary>Growth was refused and <see cref="StoreLimits.TrapOnGrowthFailure"/> is set.</summary>
    GrowthRefused,
    /// <summary>A host function refused; the detail says why.</summary>
    Host,
    /// <summary>A guest's exception reached the host; see <see cref="GuestException"/>.</summary>
    UncaughtException,
    /// <summary><c>throw_ref</c> met a null reference.</summary>
    NullExceptionReference,
}

internal static class TrapKindText
{
    public static string Text(this TrapKind kind) => kind switch
    {
        TrapKind.Unreachable => "unreachable",
        TrapKind.MemoryOutOfBounds => "out of bounds memory access",
        TrapKind.TableOutOfBounds => "out of bounds table access",
        TrapKind.UndefinedElement => "undefined element",
        TrapKind.UninitializedElement => "uninitialized element",
        TrapKind.IndirectCallTypeMismatch => "indirect call type mismatch",
        TrapKind.IntegerDivideByZero => "integer divide by zero",
        TrapKind.IntegerOverflow => "integer overflow",
        TrapKind.InvalidConversionToInteger => "invalid conversion to integer",
        TrapKind.CallStackExhausted => "call stack exhausted",
        TrapKind.OutOfFuel => "all fuel consumed",
        TrapKind.Interrupted => "interrupted",
        TrapKind.GrowthRefused => "growth refused",
        TrapKind.Host => "host function failed",
        TrapKind.UncaughtException => "uncaught exception",
        TrapKind.NullExceptionReference => "null exception reference",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "BUG: a trap kind without a text."),
    };
}
