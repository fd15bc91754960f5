using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ClawGrains.Sandbox.Audit;

/// <summary>
/// The hash of a record: SHA-256 over the hash before it and every field, each as UTF-8 with its length before it.
/// Keeps its buffer; one thread at a time.
/// </summary>
internal sealed class AuditChain : IDisposable
{
    private readonly ArrayBufferWriter<byte> _buffer = new(1024);
    private readonly IncrementalHash _sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public static string Genesis { get; } = new('0', 64);

    public string Next(string previous, long sequence, AuditEntry e)
    {
        _buffer.ResetWrittenCount();
        Write(previous);
        Write(sequence);
        Write(e.Time.UtcTicks);
        Write(e.Tenant.Value);
        Write(e.Plugin);
        Write(e.Version);
        Write(e.Function);
        Write(e.Arguments);
        Write(e.Allowed ? 1 : 0);
        Write(e.Reason);
        Write(e.Duration.Ticks);
        Write(e.CallId);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        _sha256.AppendData(_buffer.WrittenSpan);
        _sha256.GetHashAndReset(hash);
        return Convert.ToHexStringLower(hash);
    }

    public void Dispose() => _sha256.Dispose();

    private void Write(string text)
    {
        var most = Encoding.UTF8.GetMaxByteCount(text.Length);
        var target = _buffer.GetSpan(4 + most);
        Finish(target, Encoding.UTF8.GetBytes(text, target[4..]));
    }

    private void Write(long number)
    {
        var target = _buffer.GetSpan(4 + 20);
        number.TryFormat(target[4..], out var length, default, CultureInfo.InvariantCulture);
        Finish(target, length);
    }

    private void Finish(Span<byte> target, int length)
    {
        BinaryPrimitives.WriteInt32LittleEndian(target, length);
        _buffer.Advance(4 + length);
    }
}
