namespace ClawGrains.Components.Wasi.Io;

/// <summary>An operation on a stream failed; the text is what <c>to-debug-string</c> gives.</summary>
internal sealed class StreamFailure : Exception
{
    /// <summary>The stream's other end is gone: <c>closed</c>.</summary>
    public StreamFailure() : base("the stream is closed") => IsClosed = true;

    public StreamFailure(string message, string? filesystemCode = null, Exception? inner = null) : base(message, inner) => FilesystemCode = filesystemCode;

    public bool IsClosed { get; }

    public string? FilesystemCode { get; }

    /// <summary>The <c>error-code</c> of <c>wasi:http</c>, where the stream is one of its bodies.</summary>
    public ComponentValue? HttpCode { get; init; }
}

/// <summary>The longest that a stream may take to give the next bytes.</summary>
internal sealed record ReadLimit(TimeSpan Time, TimeProvider Clock);

/// <summary>Something of the context's that a handle must not close.</summary>
internal sealed record Borrowed<T>(T Target);

/// <summary><c>input-stream</c>. An empty read means that nothing is there yet, null that the stream is at its end.</summary>
internal abstract class WasiInput : IDisposable
{
    /// <summary>The most one read gives, whatever is asked for.</summary>
    protected const int MaxRead = 1 << 20;

    public abstract WasiPollable Pollable { get; }

    public abstract byte[]? Read(ulong length);

    public byte[]? BlockingRead(ulong length, CancellationToken cancellationToken)
    {
        while (true)
        {
            var bytes = Read(length);
            if (length == 0 || bytes is null or { Length: > 0 }) return bytes;
            Blocking.Poll([Pollable], cancellationToken);
        }
    }

    public virtual void Dispose() { }
}

/// <summary>A .NET stream; one read is always under way when the guest waits for more.</summary>
internal sealed class StreamInput(Stream stream, bool leaveOpen) : WasiInput
{
    private readonly byte[] _buffer = new byte[16 * 1024];
    private readonly CancellationTokenSource _stop = new();
    private Task<int>? _pending;
    private int _start, _end;
    private bool _atEnd;

    /// <summary>Null for no limit.</summary>
    public ReadLimit? Limit { get; init; }

    public override WasiPollable Pollable => new TaskPollable(Fill);

    public override byte[]? Read(ulong length)
    {
        if (length == 0) return _atEnd ? null : [];
        var fill = Fill();
        if (!fill.IsCompleted) return [];
        if (fill.IsFaulted) throw new StreamFailure(fill.Exception.GetBaseException().Message, null, fill.Exception.InnerException);
        if (_start == _end) Take(fill);
        if (_atEnd) return null;
        var count = (int)Math.Min(length, (ulong)(_end - _start));
        var bytes = _buffer.AsSpan(_start, count).ToArray();
        _start += count;
        return bytes;
    }

    private void Take(Task fill)
    {
        var count = ((Task<int>)fill).IsCompletedSuccessfully ? _taken : 0;
        _pending = null;
        (_start, _end) = (0, count);
        _atEnd = count == 0;
    }

    private int _taken;

    private Task<int> Fill()
    {
        if (_atEnd || _start < _end) return Task.FromResult(0);
        return _pending ??= ReadAsync();
    }

    private async Task<int> ReadAsync()
    {
        var read = stream.ReadAsync(_buffer, _stop.Token);
        return _taken = Limit is null ? await read.ConfigureAwait(false) : await read.AsTask().WaitAsync(Limit.Time, Limit.Clock, _stop.Token).ConfigureAwait(false);
    }

    public override void Dispose()
    {
        _stop.Cancel();
        if (!leaveOpen) stream.Dispose();
    }
}

/// <summary><c>output-stream</c>.</summary>
internal abstract class WasiOutput : IDisposable
{
    /// <summary>What <c>check-write</c> permits at once.</summary>
    public const ulong Permit = 64 * 1024;

    public virtual WasiPollable Pollable => ReadyPollable.Instance;

    public virtual ulong CheckWrite() => Permit;

    public abstract void Write(ReadOnlySpan<byte> bytes);

    public abstract void Flush();

    public virtual void Dispose() { }
}

/// <summary>A .NET stream that is written at once.</summary>
internal sealed class StreamOutput(Stream stream, bool leaveOpen) : WasiOutput
{
    public override void Write(ReadOnlySpan<byte> bytes) => Try(() => { }, bytes);

    public override void Flush() => Try(stream.Flush, []);

    private void Try(Action action, ReadOnlySpan<byte> bytes)
    {
        try
        {
            if (!bytes.IsEmpty) stream.Write(bytes);
            action();
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or NotSupportedException)
        {
            throw new StreamFailure(e.Message);
        }
    }

    public override void Dispose()
    {
        if (!leaveOpen) stream.Dispose();
    }
}
