using System.IO.Pipelines;
using System.Net;
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

    public HttpContent ToContent() => new BodyContent(_pipe.Reader);

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

    /// <summary>Sends at once what is there: a server may answer the first part before the guest writes the next.</summary>
    private sealed class BodyContent(PipeReader reader) : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
        {
            ReadResult read;
            do
            {
                read = await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
                foreach (var part in read.Buffer) await stream.WriteAsync(part, cancellationToken).ConfigureAwait(false);
                reader.AdvanceTo(read.Buffer.End);
                await stream.FlushAsync(cancellationToken).ConfigureAwait(false);
            }
            while (!read.IsCompleted);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }

        /// <summary>Tells the guest's stream that nobody reads it any more.</summary>
        protected override void Dispose(bool disposing)
        {
            if (disposing) reader.Complete();
            base.Dispose(disposing);
        }
    }

    private sealed class BodyOutput(OutgoingBody body) : WasiOutput
    {
        private Task _flush = Task.CompletedTask;
        private volatile bool _ended;

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
            _flush = FlushAsync(writer);
        }

        public override void Flush() => ThrowIfEnded();

        private async Task FlushAsync(PipeWriter writer)
        {
            var result = await writer.FlushAsync().ConfigureAwait(false);
            _ended |= result.IsCompleted;
        }

        /// <summary>Whoever sent the request no longer reads its body.</summary>
        private void ThrowIfEnded()
        {
            if (_ended) throw new StreamFailure();
        }
    }
}
