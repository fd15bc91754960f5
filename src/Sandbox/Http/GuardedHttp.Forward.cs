using System.Net;
using System.Text;
using ClawGrains.Components.Wasi;
using ClawGrains.Contracts;
using ClawGrains.Sandbox.Execution;

namespace ClawGrains.Sandbox.Http;

public sealed partial class GuardedHttp
{
    /// <summary>
    /// Performs one request as it is, for components that speak HTTP themselves: redirects come back to them. The whole
    /// body is read within the limit, and secrets are blotted out of headers and body.
    /// </summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public Task<HostResult<HttpResponseMessage>> ForwardAsync(CallScope scope, HttpRequestMessage request, CancellationToken cancellationToken) =>
        CheckedAsync(async () => await OnceAsync(scope, request, cancellationToken).ConfigureAwait(false), cancellationToken);

    private static async Task<GuestRequest> ReadAsync(CallScope scope, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        byte[]? body = null;
        if (request.Content is { } content)
        {
            using var stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            body = await AllAsync(stream, scope.Limits.RequestBytes, "request body", cancellationToken).ConfigureAwait(false);
        }
        var headers = request.Headers.Concat(request.Content?.Headers ?? Enumerable.Empty<KeyValuePair<string, IEnumerable<string>>>());
        return new GuestRequest(request.Method.Method, request.RequestUri?.AbsoluteUri ?? "",
            [.. headers.Where(h => !Kept(h.Key)).SelectMany(h => h.Value.Select(v => (h.Key, v)))], body);
    }

    // The host says these itself; a guest's HTTP library sets them too.
    private static bool Kept(string name) => name.Equals("Host", StringComparison.OrdinalIgnoreCase) || name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase);

    private async Task<HttpResponseMessage> OnceAsync(CallScope scope, HttpRequestMessage original, CancellationToken cancellationToken)
    {
        var request = await ReadAsync(scope, original, cancellationToken).ConfigureAwait(false);
        var uri = Admit(scope, request);
        using var message = Message(request, uri, sameOrigin: true);
        WasiHttpTimeouts.CopyTo(original, message);
        await AddCredentialsAsync(scope, message, cancellationToken).ConfigureAwait(false);
        using var response = await _invoker.SendAsync(message, cancellationToken).ConfigureAwait(false);
        using var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        var body = await AllAsync(stream, scope.Limits.ResponseBytes, "response body", cancellationToken).ConfigureAwait(false);
        return Answer(scope, response, body);
    }

    private static HttpResponseMessage Answer(CallScope scope, HttpResponseMessage response, byte[] body)
    {
        // Latin-1 has a character for each byte: secrets are found in any body, and all else stays as it was.
        var clean = scope.Secrets == SecretScanner.None ? body : Encoding.Latin1.GetBytes(scope.Secrets.Clean(Encoding.Latin1.GetString(body)));
        var answer = new HttpResponseMessage((HttpStatusCode)(int)response.StatusCode) { Content = new ByteArrayContent(clean) };
        foreach (var (name, values) in response.Headers.Where(h => !h.Key.Equals("Transfer-Encoding", StringComparison.OrdinalIgnoreCase)))
            answer.Headers.TryAddWithoutValidation(name, values.Select(scope.Secrets.Clean));
        foreach (var (name, values) in response.Content.Headers.Where(h => !h.Key.Equals("Content-Length", StringComparison.OrdinalIgnoreCase)))
            answer.Content.Headers.TryAddWithoutValidation(name, values.Select(scope.Secrets.Clean));
        return answer;
    }

    private static async Task<byte[]> AllAsync(Stream stream, int limit, string what, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        var buffer = new byte[16_384];
        while (await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is > 0 and var read)
        {
            if (body.Length + read > limit) throw new HttpDeniedException($"{what} too large: more than {limit} bytes", ExhaustedResource.Size);
            body.Write(buffer, 0, read);
        }
        return body.ToArray();
    }
}
