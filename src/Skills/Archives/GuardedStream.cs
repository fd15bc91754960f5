namespace ClawGrains.Skills.Archives;

/// <summary>What a decompressor gives, measured: refuses a bomb while it unfolds, and knows what the data ended with.</summary>
internal sealed class GuardedStream(Stream inner, long limit, string message) : Stream
{
    private long _read;

    /// <summary>How many zero bytes were read last.</summary>
    public long TrailingZeros { get; private set; }

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => _read;
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var read = inner.Read(buffer);
        Count(buffer[..read]);
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        Count(buffer.Span[..read]);
        return read;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private void Count(ReadOnlySpan<byte> data)
    {
        _read += data.Length;
        if (_read > limit) throw new ArchiveException(ArchiveRefusalReason.TooLarge, message);
        var last = data.LastIndexOfAnyExcept((byte)0);
        TrailingZeros = last < 0 ? TrailingZeros + data.Length : data.Length - 1 - last;
    }
}
