namespace ClawGrains.Client.Mcp.Stdio;

/// <summary>An input to whose end something is added, and which then ends only when something else is done.</summary>
/// <param name="inner">The input.</param>
/// <param name="marker">What is added; at most as long as any read's buffer.</param>
/// <param name="beforeEnd">What the end waits for.</param>
internal sealed class HeldInput(Stream inner, ReadOnlyMemory<byte> marker, Func<CancellationToken, Task> beforeEnd) : Stream
{
    private bool _marked;

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        // A read of standard input does not see its token, so it is left behind.
        var read = _marked ? 0 : await inner.ReadAsync(buffer, cancellationToken).AsTask().WaitAsync(cancellationToken);
        if (read > 0 || buffer.Length == 0) return read;
        if (!_marked)
        {
            _marked = true;
            marker.CopyTo(buffer);
            return marker.Length;
        }
        await beforeEnd(cancellationToken);
        return 0;
    }

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Read it asynchronously.");

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }
}
