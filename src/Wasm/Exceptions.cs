namespace ClawGrains.Wasm;

/// <summary>What every failure of this library that is not the caller's misuse derives from.</summary>
public abstract class WasmException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>The bytes are not a module ("malformed", §5). The message begins with the specification's words.</summary>
public sealed class DecodeException(string message, string section, long offset)
    : WasmException($"{message} (in {section}, at byte 0x{offset:x})")
{
    /// <summary>The specification's words alone, for example <c>unexpected end</c>.</summary>
    public string Reason { get; } = message;

    /// <summary>The section being read, for example <c>type section</c>.</summary>
    public string Section { get; } = section;

    /// <summary>The offending byte's offset from the start of the module.</summary>
    public long Offset { get; } = offset;
}

/// <summary>The module is well formed but not valid ("invalid", §3). The message begins with the specification's words.</summary>
public sealed class ValidationException(string message, string section, long offset)
    : WasmException($"{message} (in {section}, at byte 0x{offset:x})")
{
    /// <summary>The specification's words alone, for example <c>type mismatch</c>.</summary>
    public string Reason { get; } = message;

    /// <summary>The section, with the function's index where one is concerned, for example <c>code section, function 3</c>.</summary>
    public string Section { get; } = section;

    /// <summary>The offending instruction's or entry's offset from the start of the module.</summary>
    public long Offset { get; } = offset;
}

/// <summary>The imports given don't satisfy the module ("unlinkable", §4.5.4), or a limit on what a store may hold is reached.</summary>
public sealed class LinkException(string message) : WasmException(message);

/// <summary>Execution was aborted by the guest's own doing or by a limit (§4.1). The message is the specification's text.</summary>
public class TrapException(TrapKind kind, string? detail = null)
    : WasmException(detail is null ? kind.Text() : $"{kind.Text()}: {detail}")
{
    /// <summary>Why.</summary>
    public TrapKind Kind { get; } = kind;
}

/// <summary>
/// An exception thrown by a guest's <c>throw</c>, or by a host function for a guest to catch. It passes through host
/// frames and is caught by guests by its tag; to a host it is a trap of kind <see cref="TrapKind.UncaughtException"/>.
/// </summary>
public sealed class GuestException(ExceptionValue value) : TrapException(TrapKind.UncaughtException)
{
    /// <summary>A new exception of a tag. Throws <see cref="ArgumentException"/> when the values don't fit the tag's type.</summary>
    public GuestException(Tag tag, params ReadOnlySpan<Value> values) : this(new ExceptionValue(tag, values)) { }

    /// <summary>The exception as guests hold it.</summary>
    public ExceptionValue Value { get; } = value;
}
