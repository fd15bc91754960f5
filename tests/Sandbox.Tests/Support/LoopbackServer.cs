using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ClawGrains.Sandbox.Tests.Support;

/// <summary>A real HTTP server on loopback that answers what a function of the request says; null never answers.</summary>
internal sealed class LoopbackServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentBag<TcpClient> _held = [];
    private readonly Func<string, string?> _answer;
    private int _requests;

    public LoopbackServer(Func<string, string?> answer)
    {
        _answer = answer;
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public IPEndPoint EndPoint => new(IPAddress.Loopback, Port);

    public int Requests => Volatile.Read(ref _requests);

    public static string Ok(string body, string headers = "") => $"HTTP/1.1 200 OK\r\n{headers}Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\nConnection: close\r\n\r\n{body}";

    public static string Redirect(string to) => $"HTTP/1.1 302 Found\r\nLocation: {to}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

    /// <summary>An answer in pieces of one character each.</summary>
    public static string Chunked(string body) =>
        $"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n{string.Concat(body.Select(c => $"1\r\n{c}\r\n"))}0\r\n\r\n";

    public void Dispose()
    {
        _listener.Dispose();
        foreach (var client in _held) client.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            TcpClient client;
            try
            {
                client = await _listener.AcceptTcpClientAsync();
            }
            catch (Exception e) when (e is ObjectDisposedException or SocketException)
            {
                return;
            }
            _ = ServeAsync(client);
        }
    }

    // A connection that gets no answer stays open until the server goes.
    private async Task ServeAsync(TcpClient client)
    {
        _held.Add(client);
        var stream = client.GetStream();
        var request = await ReadHeadAsync(stream);
        Interlocked.Increment(ref _requests);
        if (_answer(request) is not { } answer) return;
        try
        {
            await stream.WriteAsync(Encoding.UTF8.GetBytes(answer));
        }
        catch (IOException)
        {
            // The guest's host has hung up on an answer that was too large for it.
        }
        client.Dispose();
    }

    private static async Task<string> ReadHeadAsync(NetworkStream stream)
    {
        var text = new StringBuilder();
        var buffer = new byte[4096];
        while (!text.ToString().Contains("\r\n\r\n", StringComparison.Ordinal) && await stream.ReadAsync(buffer) is > 0 and var read)
            text.Append(Encoding.UTF8.GetString(buffer, 0, read));
        return text.ToString();
    }
}
