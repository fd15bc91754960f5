using System.Buffers.Binary;
using System.Security.Cryptography;

namespace ClawGrains.Sandbox.Execution;

/// <summary>
/// Ids of calls: UUIDs of version 7 whose random part is drawn once and counted up (RFC 9562, 6.2, method 2), which costs
/// no system call. They tell calls apart; they are no secrets.
/// </summary>
internal sealed class CallIds
{
    private readonly ushort _high = (ushort)RandomNumberGenerator.GetInt32(0x1000);
    private ulong _low = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8));

    public string Next(DateTimeOffset now)
    {
        var time = (ulong)now.ToUnixTimeMilliseconds();
        var low = Interlocked.Increment(ref _low);
        var upper = time << 16 | 0x7000u | _high;
        var lower = low & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000;
        Span<byte> id = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(id, upper);
        BinaryPrimitives.WriteUInt64BigEndian(id[8..], lower);
        return Convert.ToHexStringLower(id);
    }
}
