using System.Globalization;
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

    /// <summary>What the headers announce as the body's length, or null.</summary>
    public ulong? ContentLength =>
        headers.Get("content-length").Select(v => ulong.TryParse(Encoding.Latin1.GetString(v), CultureInfo.InvariantCulture, out var n) ? n : (ulong?)null).FirstOrDefault();

    /// <summary>Sets one part; false, and nothing set, for a value that no request can have.</summary>
    public bool TrySet(string part, ComponentValue value)
    {
        switch (part)
        {
            case "method" when value.Case != "other" || HttpFields.IsToken(value.CasePayload!.Value.AsString()): Method = value; break;
            case "scheme" when value.CasePayload is not { Case: "other" } s || Uri.CheckSchemeName(s.CasePayload!.Value.AsString()): Scheme = value; break;
            case "authority" when value.CasePayload is not { } a || IsAuthority(a.AsString()): Authority = value.CasePayload?.AsString(); break;
            case "path-with-query" when value.CasePayload is not { } q || IsPath(q.AsString()): Path = value.CasePayload?.AsString(); break;
            default: return false;
        }
        return true;
    }

    private static bool IsAuthority(string text) =>
        text.Length > 0 && !text.Any(c => c is '/' or '?' or '#' or '\\' || c <= ' ' || c > '~') && Uri.TryCreate($"http://{text}/", UriKind.Absolute, out _);

    private static bool IsPath(string text) => !text.Any(c => c is '#' || c <= ' ' || c == '\u007f') && (text.Length == 0 || text[0] is '/' or '?' || text == "*");

    private string MethodName => Method.Case == "other" ? Method.CasePayload!.Value.AsString() : Method.Case.ToUpperInvariant();
}

/// <summary><c>request-options</c>: timeouts in nanoseconds, null for none.</summary>
internal sealed class RequestOptions
{
    public ulong? Connect { get; set; }
    public ulong? FirstByte { get; set; }
    public ulong? BetweenBytes { get; set; }
}

/// <summary><c>future-incoming-response</c>.</summary>
internal sealed class FutureResponse : IDisposable
{
    private readonly CancellationTokenSource _stop;
    private bool _dropped;

    public FutureResponse(Func<CancellationToken, Task<HttpResponseMessage>> send, RequestOptions options, CancellationToken cancellation)
    {
        Options = options;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Task = KeepAsync(send);
    }

    public Task Task { get; }

    /// <summary>Those that the request was sent with.</summary>
    public RequestOptions Options { get; }

    /// <summary>The response; null until the task has succeeded.</summary>
    public HttpResponseMessage? Message { get; private set; }

    public bool Taken { get; set; }

    private async Task KeepAsync(Func<CancellationToken, Task<HttpResponseMessage>> send)
    {
        Message = await send(_stop.Token).ConfigureAwait(false);
        if (_dropped) Message.Dispose();
    }

    /// <summary>A request whose response nobody wants any more is given up.</summary>
    public void Dispose()
    {
        if (Taken) return;
        _dropped = true;
        _stop.Cancel();
        Message?.Dispose();
    }
}

/// <summary><c>incoming-response</c>, <c>incoming-body</c>.</summary>
internal sealed class IncomingResponse(HttpResponseMessage message, ReadLimit? limit) : IDisposable
{
    public HttpResponseMessage Message => message;

    public bool Consumed { get; set; }

    public IncomingBody Open() => new(message, limit);

    public void Dispose()
    {
        if (!Consumed) message.Dispose();
    }
}

internal sealed class IncomingBody(HttpResponseMessage message, ReadLimit? limit) : IDisposable
{
    private int _users = 1;

    public bool StreamTaken { get; set; }

    /// <summary>Known once the stream has been read to its end.</summary>
    public HttpFields? Trailers => message.TrailingHeaders.Any() ? HttpFields.Of(message.TrailingHeaders) : null;

    public WasiInput Open()
    {
        _users++;
        return new BodyInput(this, new StreamInput(message.Content.ReadAsStream(), leaveOpen: false) { Limit = limit });
    }

    public void Dispose()
    {
        if (--_users == 0) message.Dispose();
    }

    /// <summary>The stream may outlive the body's handle.</summary>
    private sealed class BodyInput(IncomingBody body, StreamInput stream) : WasiInput
    {
        public override WasiPollable Pollable => stream.Pollable;

        public override byte[]? Read(ulong length)
        {
            try
            {
                return stream.Read(length);
            }
            catch (StreamFailure e) when (e.InnerException is { } inner)
            {
                throw new StreamFailure(e.Message) { HttpCode = HttpErrors.Of(inner) };
            }
        }

        public override void Dispose()
        {
            stream.Dispose();
            body.Dispose();
        }
    }
}
