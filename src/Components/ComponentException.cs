namespace ClawGrains.Components;

/// <summary>Why a component was refused before it ran.</summary>
public enum ComponentErrorKind
{
    /// <summary>The bytes do not follow the binary format, or a text does not follow its grammar.</summary>
    Malformed,

    /// <summary>The bytes decode, but a validation rule is broken.</summary>
    Invalid,

    /// <summary>A feature of the specification that this engine does not implement; the message names it.</summary>
    Unsupported,

    /// <summary>An import is missing or has another type than the component asks for.</summary>
    Link,

    /// <summary>A value given by the host does not have the type that the function wants.</summary>
    Value,
}

/// <summary>
/// A component (or a WIT or WAVE text) was refused, or the host passed a value of another type.
/// Outcomes of running guest code are <see cref="ComponentTrapException"/> instead.
/// </summary>
public sealed class ComponentException : Exception
{
    internal ComponentException(ComponentErrorKind kind, string message, long offset = -1, Exception? inner = null)
        : base(offset < 0 ? message : $"{message} (at offset 0x{offset:x})", inner)
    {
        Kind = kind;
        Offset = offset;
    }

    /// <summary>Which rule family was broken.</summary>
    public ComponentErrorKind Kind { get; }

    /// <summary>Byte offset in the component's binary, or -1 where there is none.</summary>
    public long Offset { get; }

    internal static ComponentException Malformed(string message, long offset) => new(ComponentErrorKind.Malformed, message, offset);

    internal static ComponentException Invalid(string message, long offset) => new(ComponentErrorKind.Invalid, message, offset);

    internal static ComponentException Unsupported(string feature, long offset) =>
        new(ComponentErrorKind.Unsupported, $"{feature} is not supported", offset);

    internal static ComponentException Link(string message) => new(ComponentErrorKind.Link, message);

    internal static ComponentException Value(string message) => new(ComponentErrorKind.Value, message);
}
