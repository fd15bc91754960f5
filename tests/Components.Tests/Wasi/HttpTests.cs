using System.Net;
using System.Net.Sockets;
using System.Text;
using ClawGrains.Components.Wasi;

namespace ClawGrains.Components.Tests.Wasi;

/// <summary><c>wasi:http/outgoing-handler</c> against servers on loopback.</summary>
public sealed class HttpTests : IDisposable
{
    private const string Types = "http/types#";
    private static readonly HttpClient Client = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.Zero });
    private readonly List<string> _asked = [];
    private readonly WasiDriver _wasi;

    public HttpTests() => _wasi = new WasiDriver(new WasiOptions { Http = SendAsync });

    public void Dispose() => _wasi.Dispose();

    private Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        _asked.Add($"{request.Method} {request.RequestUri!.AbsolutePath}");
        if (request.RequestUri.AbsolutePath.StartsWith("/forbidden", StringComparison.Ordinal)) throw new WasiHttpException("HTTP-request-denied", "not this one");
        if (request.RequestUri.AbsolutePath.StartsWith("/large", StringComparison.Ordinal)) throw new WasiHttpException("HTTP-request-body-size", "too much");
        if (request.RequestUri.AbsolutePath.StartsWith("/odd", StringComparison.Ordinal)) throw new WasiHttpException("no-such-case", "odd");
        return Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
    }

    private static ComponentValue Text(string text) => ComponentValue.String(text);

    private ComponentValue Request(string authority, string path = "/", params (string Name, string Value)[] headers)
    {
        var fields = _wasi.Ok($"{Types}[static]fields.from-list", ComponentValue.List(
            [.. headers.Select(h => ComponentValue.Tuple(Text(h.Name), ComponentValue.Bytes(Encoding.Latin1.GetBytes(h.Value))))]));
        var request = _wasi.Call($"{Types}[constructor]outgoing-request", fields);
        _wasi.Ok($"{Types}[method]outgoing-request.set-scheme", request, ComponentValue.Some(ComponentValue.Variant("HTTP")));
        _wasi.Ok($"{Types}[method]outgoing-request.set-authority", request, ComponentValue.Some(Text(authority)));
        _wasi.Ok($"{Types}[method]outgoing-request.set-path-with-query", request, ComponentValue.Some(Text(path)));
        return request;
    }

    private ComponentValue Options(string? timeout = null)
    {
        if (timeout is null) return ComponentValue.None;
        var options = _wasi.Call($"{Types}[constructor]request-options");
        _wasi.Ok($"{Types}[method]request-options.set-{timeout}", options, ComponentValue.Some(ComponentValue.U64(1_000_000)));
        return ComponentValue.Some(options);
    }

    private ComponentValue Handle(ComponentValue request, string? timeout = null) => _wasi.Ok("http/outgoing-handler#handle", request, Options(timeout));

    /// <summary>Waits for the response, or gives the error it came to.</summary>
    private ComponentValue Await(ComponentValue future)
    {
        _wasi.Call("io/poll#[method]pollable.block", _wasi.Call($"{Types}[method]future-incoming-response.subscribe", future));
        return _wasi.Call($"{Types}[method]future-incoming-response.get", future).CasePayload!.Value.CasePayload!.Value;
    }

    private ComponentValue Body(ComponentValue response) => _wasi.Ok($"{Types}[method]incoming-response.consume", response.CasePayload!.Value);

    /// <summary>Everything up to the end of the stream.</summary>
    private string ReadAll(ComponentValue body)
    {
        var text = new StringBuilder();
        var stream = _wasi.Ok($"{Types}[method]incoming-body.stream", body);
        while (_wasi.Call("io/streams#[method]input-stream.blocking-read", stream, ComponentValue.U64(1000)) is { IsOk: true } read)
            text.Append(Encoding.Latin1.GetString(read.CasePayload!.Value.AsBytes()));
        stream.AsResource().Dispose();
        return text.ToString();
    }

    private static Func<NetworkStream, CancellationToken, Task> Answer(string response) => async (stream, stop) =>
    {
        await LoopbackServer.HeadAsync(stream, stop);
        await LoopbackServer.WriteAsync(stream, response, stop);
    };

    private static async Task Silence(NetworkStream stream, CancellationToken stop) => await stream.ReadExactlyAsync(new byte[1 << 20], stop);

    [Fact]
    public void Handle_PlainRequest_GivesStatusHeadersAndBody()
    {
        using var server = new LoopbackServer(Answer("HTTP/1.1 203 X\r\nX-One: a\r\nX-One: b\r\nContent-Length: 5\r\n\r\nhello"));
        var response = Await(Handle(Request(server.Authority, "/some?q=1")));
        response.IsOk.ShouldBeTrue(response.ToString());
        var it = response.CasePayload!.Value;
        _wasi.Call($"{Types}[method]incoming-response.status", it).AsU16().ShouldBe((ushort)203);
        var headers = _wasi.Call($"{Types}[method]incoming-response.headers", it);
        _wasi.Call($"{Types}[method]fields.get", headers, Text("x-ONE")).AsList().Select(v => Encoding.Latin1.GetString(v.AsBytes())).ShouldBe(["a", "b"]);
        _wasi.Error($"{Types}[method]fields.delete", headers, Text("x-one")).Case.ShouldBe("immutable");
        ReadAll(Body(response)).ShouldBe("hello");
        _asked.ShouldBe(["GET /some"]);
        _wasi.Call($"{Types}[method]incoming-response.consume", it).IsOk.ShouldBeFalse();
    }

    [Fact]
    public async Task Handle_StreamedBody_IsSentWhileItIsWritten()
    {
        var first = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var server = new LoopbackServer(async (stream, stop) =>
        {
            var head = await LoopbackServer.HeadAsync(stream, stop);
            var chunk = new byte[8];
            await stream.ReadExactlyAsync(chunk, stop);
            first.TrySetResult(head + Encoding.Latin1.GetString(chunk));
            var rest = new StringBuilder();
            while (!rest.ToString().EndsWith("0\r\n\r\n", StringComparison.Ordinal))
            {
                await stream.ReadExactlyAsync(chunk.AsMemory(0, 1), stop);
                rest.Append((char)chunk[0]);
            }
            await LoopbackServer.WriteAsync(stream, $"HTTP/1.1 200 OK\r\nContent-Length: {rest.Length}\r\n\r\n{rest}", stop);
        });
        var request = Request(server.Authority, "/up", ("x-mine", "1"));
        _wasi.Ok($"{Types}[method]outgoing-request.set-method", request, ComponentValue.Variant("post"));
        var body = _wasi.Ok($"{Types}[method]outgoing-request.body", request);
        var future = Handle(request);
        var stream = _wasi.Ok($"{Types}[method]outgoing-body.write", body);
        _wasi.Ok("io/streams#[method]output-stream.blocking-write-and-flush", stream, ComponentValue.Bytes("abc"u8.ToArray()));
        var seen = await first.Task;
        seen.ShouldStartWith("POST /up HTTP/1.1\r\n");
        seen.ShouldContain("x-mine: 1\r\n");
        seen.ShouldEndWith("3\r\nabc\r\n");
        _wasi.Ok("io/streams#[method]output-stream.blocking-write-and-flush", stream, ComponentValue.Bytes("defg"u8.ToArray()));
        stream.AsResource().Dispose();
        _wasi.Ok($"{Types}[static]outgoing-body.finish", body, ComponentValue.None);
        ReadAll(Body(Await(future))).ShouldBe("4\r\ndefg\r\n0\r\n\r\n");
    }

    [Fact]
    public void OutgoingBody_NobodyReads_MakesTheGuestWait()
    {
        using var server = new LoopbackServer(Silence);
        var request = Request(server.Authority);
        var stream = _wasi.Ok($"{Types}[method]outgoing-body.write", _wasi.Ok($"{Types}[method]outgoing-request.body", request));
        var written = 0UL;
        while (_wasi.Ok("io/streams#[method]output-stream.check-write", stream).AsU64() is > 0 and var permit)
        {
            _wasi.Ok("io/streams#[method]output-stream.write", stream, ComponentValue.Bytes(new byte[permit]));
            (written += permit).ShouldBeLessThan(16UL << 20);
        }
        _wasi.Call("io/poll#[method]pollable.ready", _wasi.Call("io/streams#[method]output-stream.subscribe", stream)).AsBool().ShouldBeFalse();
    }

    [Fact]
    public void OutgoingBody_OtherThanItsLength_FailsToFinish()
    {
        var request = Request("127.0.0.1:1", "/", ("content-length", "10"));
        var body = _wasi.Ok($"{Types}[method]outgoing-request.body", request);
        var stream = _wasi.Ok($"{Types}[method]outgoing-body.write", body);
        _wasi.Ok("io/streams#[method]output-stream.blocking-write-and-flush", stream, ComponentValue.Bytes(new byte[4]));
        _wasi.Error($"{Types}[static]outgoing-body.finish", body, ComponentValue.None).ToString().ShouldContain("HTTP-request-body-size(some(4))");
    }

    [Fact]
    public void IncomingBody_ChunkedWithTrailers_GivesThem()
    {
        using var server = new LoopbackServer(Answer("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\nX-Sum: 42\r\n\r\n"));
        var body = Body(Await(Handle(Request(server.Authority))));
        ReadAll(body).ShouldBe("abcde");
        var future = _wasi.Call($"{Types}[static]incoming-body.finish", body);
        var trailers = _wasi.Call($"{Types}[method]future-trailers.get", future).CasePayload!.Value.CasePayload!.Value.CasePayload!.Value.CasePayload!.Value;
        _wasi.Call($"{Types}[method]fields.get", trailers, Text("x-sum")).AsList().ShouldHaveSingleItem().AsBytes().ShouldBe("42"u8.ToArray());
        _wasi.Call($"{Types}[method]future-trailers.get", future).CasePayload!.Value.IsOk.ShouldBeFalse();
    }

    [Theory]
    [InlineData("/forbidden", "HTTP-request-denied")]
    [InlineData("/large", "HTTP-request-body-size(none)")]
    [InlineData("/odd", "internal-error(some(\"odd\"))")]
    public void Handle_PolicyRefuses_ErrorSaysSo(string path, string expected) =>
        Await(Handle(Request("127.0.0.1:1", path))).ToString().ShouldContain(expected);

    [Fact]
    public void Handle_WithoutAHook_IsDenied()
    {
        using var closed = new WasiDriver(new WasiOptions());
        var request = closed.Call($"{Types}[constructor]outgoing-request", closed.Call($"{Types}[constructor]fields"));
        closed.Error("http/outgoing-handler#handle", request, ComponentValue.None).Case.ShouldBe("HTTP-request-denied");
    }

    [Fact]
    public void Handle_NobodyListens_IsRefused()
    {
        using var port = new TcpListener(IPAddress.Loopback, 0);
        port.Start();
        var authority = port.LocalEndpoint.ToString()!;
        port.Stop();
        Await(Handle(Request(authority))).CasePayload!.Value.Case.ShouldBe("connection-refused");
    }

    [Theory]
    [InlineData("", "HTTP-response-incomplete")]
    [InlineData("gibberish\r\n\r\n", "HTTP-protocol-error")]
    public void Handle_BadAnswer_HasItsCode(string answer, string expected)
    {
        using var server = new LoopbackServer(Answer(answer));
        Await(Handle(Request(server.Authority))).CasePayload!.Value.Case.ShouldBe(expected);
    }

    [Fact]
    public void Handle_NoAnswerInTime_IsAReadTimeout()
    {
        using var server = new LoopbackServer(Silence);
        Await(Handle(Request(server.Authority), "first-byte-timeout")).CasePayload!.Value.Case.ShouldBe("connection-read-timeout");
    }

    [Fact]
    public void Handle_NoConnectionInTime_IsAConnectionTimeout()
    {
        using var client = new HttpClient(new SocketsHttpHandler
        {
            UseProxy = false,
            ConnectCallback = (context, stop) => WasiHttpTimeouts.ConnectAsync(context.InitialRequestMessage, NeverAsync, stop),
        });
        using var wasi = new WasiDriver(new WasiOptions { Http = client.SendAsync });
        var request = wasi.Call($"{Types}[constructor]outgoing-request", wasi.Call($"{Types}[constructor]fields"));
        wasi.Ok($"{Types}[method]outgoing-request.set-authority", request, ComponentValue.Some(Text("example.test")));
        var options = wasi.Call($"{Types}[constructor]request-options");
        wasi.Ok($"{Types}[method]request-options.set-connect-timeout", options, ComponentValue.Some(ComponentValue.U64(1_000_000)));
        var future = wasi.Ok("http/outgoing-handler#handle", request, ComponentValue.Some(options));
        wasi.Call("io/poll#[method]pollable.block", wasi.Call($"{Types}[method]future-incoming-response.subscribe", future));
        var result = wasi.Call($"{Types}[method]future-incoming-response.get", future).CasePayload!.Value.CasePayload!.Value;
        result.ToString().ShouldBe("err(connection-timeout)");
    }

    private static async ValueTask<Stream> NeverAsync(CancellationToken stop)
    {
        await new TaskCompletionSource().Task.WaitAsync(stop);
        return Stream.Null;
    }

    [Theory]
    [InlineData(null, "HTTP-response-incomplete")]
    [InlineData("between-bytes-timeout", "connection-read-timeout")]
    public void IncomingBody_ThatStops_FailsWithTheCode(string? timeout, string expected)
    {
        using var server = new LoopbackServer(async (stream, stop) =>
        {
            await Answer("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf")(stream, stop);
            if (timeout is not null) await Silence(stream, stop);
        });
        var stream = _wasi.Ok($"{Types}[method]incoming-body.stream", Body(Await(Handle(Request(server.Authority), timeout))));
        ComponentValue read;
        do read = _wasi.Call("io/streams#[method]input-stream.blocking-read", stream, ComponentValue.U64(100));
        while (read.IsOk);
        read.CasePayload!.Value.Case.ShouldBe("last-operation-failed");
        var error = read.CasePayload!.Value.CasePayload!.Value;
        _wasi.Call($"{Types}http-error-code", error).CasePayload!.Value.Case.ShouldBe(expected);
        _wasi.Call("io/error#[method]error.to-debug-string", error).AsString().ShouldNotBeEmpty();
    }

    [Fact]
    public async Task FutureResponse_Dropped_GivesTheRequestUp()
    {
        var gone = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var server = new LoopbackServer(async (stream, stop) =>
        {
            await LoopbackServer.HeadAsync(stream, stop);
            asked.SetResult();
            gone.SetResult(await stream.ReadAsync(new byte[1], stop));
        });
        var future = Handle(Request(server.Authority));
        await asked.Task;
        future.AsResource().Dispose();
        (await gone.Task).ShouldBe(0);
    }

    [Theory]
    [InlineData("method", "bad method")]
    [InlineData("scheme", "no scheme")]
    [InlineData("authority", "a/b")]
    [InlineData("authority", "")]
    [InlineData("path-with-query", "no slash")]
    [InlineData("path-with-query", "/a#b")]
    public void OutgoingRequest_BadPart_IsRefused(string part, string value)
    {
        var request = Request("127.0.0.1:1");
        var argument = part switch
        {
            "method" => ComponentValue.Variant("other", Text(value)),
            "scheme" => ComponentValue.Some(ComponentValue.Variant("other", Text(value))),
            _ => ComponentValue.Some(Text(value)),
        };
        _wasi.Call($"{Types}[method]outgoing-request.set-{part}", request, argument).IsOk.ShouldBeFalse();
    }

    [Theory]
    [InlineData("Host", "x", "forbidden")]
    [InlineData("transfer-encoding", "x", "forbidden")]
    [InlineData("bad name", "x", "invalid-syntax")]
    [InlineData("ok", "a\r\nb", "invalid-syntax")]
    public void Fields_BadHeader_IsRefused(string name, string value, string expected)
    {
        var fields = _wasi.Call($"{Types}[constructor]fields");
        _wasi.Error($"{Types}[method]fields.append", fields, Text(name), ComponentValue.Bytes(Encoding.Latin1.GetBytes(value))).Case.ShouldBe(expected);
    }
}
