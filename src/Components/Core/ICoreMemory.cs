namespace ClawGrains.Components.Core;

/// <summary>
/// What the canonical ABI needs of a linear memory. Ranges are checked by the caller against <see cref="Size"/>;
/// a span is valid until guest code runs.
/// </summary>
internal interface ICoreMemory
{
    public long Size { get; }

    public ReadOnlySpan<byte> Read(uint offset, uint length);

    public Span<byte> Write(uint offset, uint length);
}

/// <summary>
/// What the canonical ABI needs of a core function. Values are 64-bit slots: an i32 or f32 is the low half with the
/// high half zero, floats are their bits.
/// </summary>
internal interface ICoreFunc
{
    public int ParameterCount { get; }

    public int ResultCount { get; }

    public void Call(ReadOnlySpan<ulong> arguments, Span<ulong> results);
}
