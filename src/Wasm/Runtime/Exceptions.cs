namespace ClawGrains.Wasm.Runtime;

/// <summary>What compiled code calls to throw and to look at what it caught.</summary>
internal static class Exceptions
{
    /// <summary>
    /// What a throw costs beyond the instruction itself: about what the runtime takes to unwind, in instructions.
    /// </summary>
    public const int Cost = 1000;

    public static Exception Create(Instance instance, int tag, Value[] values) =>
        new GuestException(ExceptionValue.Unchecked(instance.Tags[tag], values));

    public static Exception Again(object? reference) =>
        reference is ExceptionValue value ? new GuestException(value) : new TrapException(TrapKind.NullExceptionReference);

    public static bool Is(GuestException exception, Instance instance, int tag) => exception.Value.Tag == instance.Tags[tag];

    public static object Reference(GuestException exception) => exception.Value;

    public static Value[] Values(GuestException exception) => exception.Value.Values;
}
