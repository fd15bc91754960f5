using System.Buffers.Binary;

namespace ClawGrains.Components.Wasi.Filesystem;

/// <summary>What <c>statx</c> says; the structure is the same on every Linux.</summary>
internal readonly struct FileStat(byte[] statx)
{
    public uint Links => U32(16);

    public ulong Inode => U64(32);

    public ulong Size => U64(40);

    public ulong Device => ((ulong)U32(136) << 32) | U32(140);

    public (ulong Seconds, uint Nanoseconds) Access => Time(64);

    public (ulong Seconds, uint Nanoseconds) Change => Time(96);

    public (ulong Seconds, uint Nanoseconds) Modification => Time(112);

    /// <summary>The case of <c>descriptor-type</c>.</summary>
    public string Type => TypeName((BinaryPrimitives.ReadUInt16LittleEndian(statx.AsSpan(28)) & 0xf000) >> 12);

    public bool IsDirectory => Type == "directory";

    /// <summary>A type by the four bits that both a mode and a directory entry use.</summary>
    public static string TypeName(int bits) => bits switch
    {
        1 => "fifo",
        2 => "character-device",
        4 => "directory",
        6 => "block-device",
        8 => "regular-file",
        10 => "symbolic-link",
        // A socket is unknown, too, as in other runtimes: at a `socket` the preview 1 adapter ends the program.
        _ => "unknown",
    };

    private (ulong, uint) Time(int offset) => (U64(offset), U32(offset + 8));

    private uint U32(int offset) => BinaryPrimitives.ReadUInt32LittleEndian(statx.AsSpan(offset));

    private ulong U64(int offset) => BinaryPrimitives.ReadUInt64LittleEndian(statx.AsSpan(offset));
}
