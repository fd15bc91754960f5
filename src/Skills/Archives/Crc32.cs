namespace ClawGrains.Skills.Archives;

/// <summary>The checksum of zip entries (APPNOTE 4.4.7), taken while a stream is read.</summary>
internal sealed class Crc32
{
    private const uint Polynomial = 0xedb88320;
    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(i => Enumerable.Range(0, 8)
        .Aggregate((uint)i, (value, _) => (value & 1) != 0 ? (value >> 1) ^ Polynomial : value >> 1))];
    private uint _state = uint.MaxValue;

    public uint Value => ~_state;

    public void Append(ReadOnlySpan<byte> data)
    {
        foreach (var b in data) _state = Table[(byte)(_state ^ b)] ^ (_state >> 8);
    }
}
