using System.IO.Pipelines;
using ClawGrains.Components.Wasi.Io;

namespace ClawGrains.Components.Wasi.Http;

/// <summary><c>outgoing-body</c>: what the guest writes is sent while it writes.</summary>
/// <param name="length">What <c>content-length</c> says, or null.</param>
internal sealed class OutgoingBody(ulong? length) : IDisposable
{
    /// <summary>The bytes that may wait to be sent before the guest has to.</summary>
    private const int Waiting = 1 << 20;
    private readonly Pipe _pipe = new(new PipeOptions(pauseWriterThreshold: Waiting, resumeWriterThreshold: Waiting / 2, useSynchronizationContext: false));
    private ulong _written;
    private bool _finished;

    public bool WriteTaken { get; set; }

    public HttpContent ToContent() => new StreamContent(_pipe.Reader.AsStream());

    public WasiOutput Output => new BodyOutput(this);

    /// <summary>Ends the body; the number of bytes when it is not the announced one, and then the request fails.</summary>
    public ulong? Finish()
    {
        if (length is { } announced && announced != _written) return _written;
        _finished = true;
        _pipe.Writer.Complete();
        return null;
    }

    /// <summary>A body that was dropped without being finished must not look complete.</summary>
    public void Dispose()
    {
        if (!_finished) _pipe.Writer.Complete(new IOException("The component dropped the request's body before it was finished."));
    }

    private sealed class BodyOutput(OutgoingBody body) : WasiOutput
    {
        private Task<FlushResult> _flush = Task.FromResult(default(FlushResult));

        public override WasiPollable Pollable => new TaskPollable(() => _flush);

        public override ulong CheckWrite()
        {
            ThrowIfEnded();
            return _flush.IsCompleted ? Permit : 0;
        }

        public override void Write(ReadOnlySpan<byte> bytes)
        {
            ThrowIfEnded();
            if (body._finished) throw new StreamFailure();
            body._written += (ulong)bytes.Length;
            if (bytes.IsEmpty) return;
            var writer = body._pipe.Writer;
            bytes.CopyTo(writer.GetSpan(bytes.Length));
            writer.Advance(bytes.Length);
            _flush = writer.FlushAsync().AsTask();
        }

        public override void Flush() => ThrowIfEnded();

        /// <summary>Whoever sent the request no longer reads its body.</summary>
        private void ThrowIfEnded()
        {
            if (_flush.IsCompletedSuccessfully && _flush.Result.IsCompleted) throw new StreamFailure();
        }
    }
}
