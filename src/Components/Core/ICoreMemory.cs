namespace ClawGrains.Components.Core;

/// <summary>
/// What the canonical ABI needs of a linear memory. Ranges are checked by the caller against <see cref="Size"/>;
/// a span is valid until guest code runs.
/// </summary>
internal interface ICoreMemory
{
    long Size { get; }

    ReadOnlySpan<byte> Read(uint offset, uint length);

    Span<byte> Write(uint offset, uint length);
}

/// <summary>
/// What the canonical ABI needs of a core function. Values are 64-bit slots: an i32 or f32 is the low half with the
/// high half zero, floats are their bits.
/// </summary>
internal interface ICoreFunc
{
    int ParameterCount { get; }

    int ResultCount { get; }

    void Call(ReadOnlySpan<ulong> arguments, Span<ulong> results);
}
