using System.Net.Http.Headers;
using System.Text;

namespace ClawGrains.Client.Bench;

/// <summary>The least Streamable HTTP client: a session, and one POST for each call.</summary>
internal sealed class BenchClient : IAsyncDisposable
{
    private readonly HttpClient _http = new();
    private readonly Uri _url;
    private int _id;

    private BenchClient(Uri url) => _url = url;

    public static async Task<BenchClient> ConnectAsync(Uri url)
    {
        var client = new BenchClient(url);
        using var response = await client.PostAsync("""{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"bench","version":"1"}}}""");
        response.EnsureSuccessStatusCode();
        client._http.DefaultRequestHeaders.Add("Mcp-Session-Id", response.Headers.GetValues("Mcp-Session-Id").Single());
        client._http.DefaultRequestHeaders.Add("MCP-Protocol-Version", "2025-06-18");
        using var ready = await client.PostAsync("""{"jsonrpc":"2.0","method":"notifications/initialized"}""");
        ready.EnsureSuccessStatusCode();
        return client;
    }

    public async Task CallAsync(string tool)
    {
        if (!(await AskAsync(tool, Interlocked.Increment(ref _id))).Contains("structuredContent", StringComparison.Ordinal)) throw new InvalidOperationException($"{tool} gave no structure");
    }

    /// <summary>The body of an answer.</summary>
    public async Task<string> AskAsync(string tool, int id)
    {
        using var response = await PostAsync($$"""{"jsonrpc":"2.0","id":{{id}},"method":"tools/call","params":{"name":"{{tool}}","arguments":{"text":"one two three"} } }""");
        var body = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode ? body : throw new InvalidOperationException($"{response.StatusCode}: {body}");
    }

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<HttpResponseMessage> PostAsync(string json)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _url) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        return await _http.SendAsync(request);
    }
}
