using System.Net;

namespace ClawGrains.Skills.Tests.Sources;

/// <summary>A web server on this machine that answers what it was told to, and records what it was asked.</summary>
internal sealed class FakeWeb : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Func<HttpListenerRequest, FakeAnswer> _answer;
    private readonly Task _loop;

    public FakeWeb(Func<HttpListenerRequest, FakeAnswer> answer)
    {
        _answer = answer;
        Uri = Listen(_listener);
        _loop = Task.Run(RunAsync);
    }

    public Uri Uri { get; }

    public List<string> Asked { get; } = [];

    public List<string?> Tokens { get; } = [];

    public List<string?> Ranges { get; } = [];

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _loop;
    }

    // A listener cannot ask for any free port; so one is found, and another where it was taken in between.
    public static Uri Listen(HttpListener listener)
    {
        for (var attempt = 0; ; attempt++)
        {
            using var socket = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
            socket.Start();
            var uri = new Uri($"http://127.0.0.1:{((IPEndPoint)socket.LocalEndpoint).Port}/");
            socket.Stop();
            listener.Prefixes.Clear();
            listener.Prefixes.Add(uri.AbsoluteUri);
            try
            {
                listener.Start();
                return uri;
            }
            catch (HttpListenerException) when (attempt < 10)
            {
                listener.Prefixes.Clear();
            }
        }
    }

    private async Task RunAsync()
    {
        while (_listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
            Answer(context);
        }
    }

    private void Answer(HttpListenerContext context)
    {
        Asked.Add(context.Request.RawUrl!);
        Ranges.Add(context.Request.Headers["Range"]);
        Tokens.Add(context.Request.Headers["Authorization"]);
        var answer = _answer(context.Request);
        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = answer.Type;
        foreach (var (name, value) in answer.Headers) context.Response.AddHeader(name, value);
        context.Response.ContentLength64 = answer.Announced ?? answer.Body.Length;
        try
        {
            context.Response.OutputStream.Write(answer.Body);
            if (answer.Announced > answer.Body.Length) context.Response.Abort();
            else context.Response.Close();
        }
        catch (Exception e) when (e is HttpListenerException or IOException or InvalidOperationException)
        {
            // The client had enough, as tests of limits want.
            context.Response.Abort();
        }
    }
}

/// <summary>An answer of <see cref="FakeWeb"/>; one that announces more than it has ends too early.</summary>
internal sealed record FakeAnswer(int Status, byte[] Body, string Type = "application/zip", long? Announced = null)
{
    public Dictionary<string, string> Headers { get; init; } = [];

    public static FakeAnswer Text(int status, string text) => new(status, System.Text.Encoding.UTF8.GetBytes(text), "text/plain; charset=utf-8");

    public static FakeAnswer Json(object value) => new(200, System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(value), "application/json");
}
