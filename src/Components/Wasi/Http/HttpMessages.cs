using System.IO.Pipelines;
using System.Text;
using ClawGrains.Components.Wasi.Io;

namespace ClawGrains.Components.Wasi.Http;

/// <summary><c>outgoing-request</c>.</summary>
internal sealed class OutgoingRequest(HttpFields headers)
{
    public HttpFields Headers => headers;
    public ComponentValue Method { get; set; } = ComponentValue.Variant("get");
    public ComponentValue Scheme { get; set; } = ComponentValue.None;
    public string? Path { get; set; }
    public string? Authority { get; set; }
    public OutgoingBody? Body { get; set; }

    /// <summary>The request to send. Throws <see cref="WasiHttpException"/> for one that cannot be sent.</summary>
    public HttpRequestMessage ToMessage()
    {
        var scheme = Scheme.CasePayload is { } s ? (s.Case == "other" ? s.CasePayload!.Value.AsString() : s.Case.ToLowerInvariant()) : "https";
        if (Authority is null || !Uri.TryCreate($"{scheme}://{Authority}{Path ?? "/"}", UriKind.Absolute, out var uri))
            throw new WasiHttpException("HTTP-request-URI-invalid", "the request has no valid URI");
        var message = new HttpRequestMessage(new HttpMethod(MethodName), uri) { Content = Body?.ToContent() };
        foreach (var (name, value) in headers.Entries)
        {
            var text = Encoding.Latin1.GetString(value);
            if (!message.Headers.TryAddWithoutValidation(name, text)) message.Content?.Headers.TryAddWithoutValidation(name, text);
        }
        return message;
    }

    private string MethodName => Method.Case == "other" ? Method.CasePayload!.Value.AsString() : Method.Case.ToUpperInvariant();
}

/// <summary><c>request-options</c>: timeouts in nanoseconds, null for none.</summary>
internal sealed class RequestOptions
{
    public ulong? Connect { get; set; }
    public ulong? FirstByte { get; set; }
    public ulong? BetweenBytes { get; set; }
}

/// <summary><c>outgoing-body</c>: what the guest writes is sent while it writes.</summary>
internal sealed class OutgoingBody : IDisposable
{
    private readonly Pipe _pipe = new(new PipeOptions(pauseWriterThreshold: 0));
    private bool _finished;

    public bool WriteTaken { get; set; }

    public HttpContent ToContent() => new StreamContent(_pipe.Reader.AsStream());

    public WasiOutput Output => new BodyOutput(_pipe.Writer);

    public void Finish()
    {
        _finished = true;
        _pipe.Writer.Complete();
    }

    /// <summary>A body that was dropped without being finished must not look complete.</summary>
    public void Dispose()
    {
        if (!_finished) _pipe.Writer.Complete(new IOException("The component dropped the request's body before it was finished."));
    }

    private sealed class BodyOutput(PipeWriter writer) : WasiOutput
    {
        /// <summary>The most that may wait to be sent.</summary>
        private const long Limit = 64 << 20;

        public override ulong CheckWrite() => writer.UnflushedBytes < Limit ? Permit : 0;

        public override void Write(ReadOnlySpan<byte> bytes)
        {
            if (writer.UnflushedBytes > Limit) throw new StreamFailure("the request's body is not being read");
            bytes.CopyTo(writer.GetSpan(bytes.Length));
            writer.Advance(bytes.Length);
            Flush();
        }

        /// <summary>The pipe never makes its writer wait, so flushing is done when it returns.</summary>
        public override void Flush() => _ = writer.FlushAsync().AsTask();
    }
}

/// <summary><c>future-incoming-response</c>.</summary>
internal sealed class FutureResponse : IDisposable
{
    public FutureResponse(Task<HttpResponseMessage> response) => Task = KeepAsync(response);

    public Task Task { get; }

    /// <summary>The response; null until the task has succeeded.</summary>
    public HttpResponseMessage? Message { get; private set; }

    public bool Taken { get; set; }

    private async Task KeepAsync(Task<HttpResponseMessage> response) => Message = await response.ConfigureAwait(false);

    public void Dispose()
    {
        if (!Taken) Message?.Dispose();
    }
}

/// <summary><c>incoming-response</c>, <c>incoming-body</c>.</summary>
internal sealed class IncomingResponse(HttpResponseMessage message) : IDisposable
{
    public HttpResponseMessage Message => message;

    public bool Consumed { get; set; }

    public void Dispose()
    {
        if (!Consumed) message.Dispose();
    }
}

internal sealed class IncomingBody(HttpResponseMessage message) : IDisposable
{
    private int _users = 1;

    public bool StreamTaken { get; set; }

    public WasiInput Open()
    {
        _users++;
        return new BodyInput(this, new StreamInput(message.Content.ReadAsStream(), leaveOpen: false));
    }

    public void Dispose()
    {
        if (--_users == 0) message.Dispose();
    }

    /// <summary>The stream may outlive the body's handle.</summary>
    private sealed class BodyInput(IncomingBody body, StreamInput stream) : WasiInput
    {
        public override WasiPollable Pollable => stream.Pollable;

        public override byte[]? Read(ulong length) => stream.Read(length);

        public override void Dispose()
        {
            stream.Dispose();
            body.Dispose();
        }
    }
}
