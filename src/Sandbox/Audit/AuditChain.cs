using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ClawGrains.Sandbox.Audit;

/// <summary>The hash of a record: SHA-256 over the hash before it and every field, each with its length before it.</summary>
internal static class AuditChain
{
    public static string Genesis { get; } = new('0', 64);

    public static string Next(string previous, long sequence, AuditEntry e)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        Write(buffer, previous);
        Write(buffer, sequence.ToString(CultureInfo.InvariantCulture));
        Write(buffer, e.Time.UtcTicks.ToString(CultureInfo.InvariantCulture));
        foreach (var text in (ReadOnlySpan<string>)[e.Tenant.Value, e.Plugin, e.Version, e.Function, e.Arguments, e.Allowed ? "1" : "0", e.Reason])
            Write(buffer, text);
        Write(buffer, e.Duration.Ticks.ToString(CultureInfo.InvariantCulture));
        Write(buffer, e.CallId);
        return Convert.ToHexStringLower(SHA256.HashData(buffer.WrittenSpan));
    }

    private static void Write(ArrayBufferWriter<byte> buffer, string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        BitConverter.TryWriteBytes(buffer.GetSpan(4), length);
        buffer.Advance(4);
        buffer.Advance(Encoding.UTF8.GetBytes(text, buffer.GetSpan(length)));
    }
}
