using System.Collections.Immutable;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using ClawGrains.Components.Wasi;
using ClawGrains.Contracts;
using ClawGrains.Sandbox.Execution;
using ClawGrains.Sandbox.Permissions;

namespace ClawGrains.Sandbox.Http;

/// <summary>A request as a plugin makes it.</summary>
/// <param name="Method">The method.</param>
/// <param name="Url">The URL.</param>
/// <param name="Headers">The headers.</param>
/// <param name="Body">The body in UTF-8, or null.</param>
public sealed record GuestRequest(string Method, string Url, ImmutableArray<(string Name, string Value)> Headers, byte[]? Body);

/// <summary>What came back.</summary>
/// <param name="Status">The status code.</param>
/// <param name="Body">The body as text.</param>
public sealed record GuestResponse(int Status, string Body);

/// <summary>Sends plugins' requests: every hop is checked against permissions and resolved address, and pinned to that address.</summary>
public sealed partial class GuardedHttp : IDisposable
{
    private readonly GuardedHttpOptions _options;
    private readonly HttpMessageInvoker _invoker;

    /// <param name="options">How to send.</param>
    public GuardedHttp(GuardedHttpOptions options)
    {
        _options = options;
        var connector = new PinnedConnector(options);
        _invoker = new HttpMessageInvoker(new SocketsHttpHandler
        {
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            Credentials = null,
            PreAuthenticate = false,
            ConnectTimeout = options.ConnectTimeout,
            PooledConnectionLifetime = TimeSpan.FromMinutes(1),
            MaxResponseHeadersLength = 64,
            ConnectCallback = (context, cancellation) => WasiHttpTimeouts.ConnectAsync(context.InitialRequestMessage, stop => connector.ConnectAsync(context.DnsEndPoint, stop), cancellation),
            ActivityHeadersPropagator = null,
        });
    }

    /// <summary>Performs a request for a plugin.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public Task<HostResult<GuestResponse>> SendAsync(CallScope scope, GuestRequest request, CancellationToken cancellationToken) =>
        CheckedAsync(async () => await FollowAsync(scope, request, Admit(scope, request), cancellationToken).ConfigureAwait(false), cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _invoker.Dispose();

    private static async Task<HostResult<T>> CheckedAsync<T>(Func<Task<T>> send, CancellationToken cancellationToken)
    {
        try
        {
            return HostResult<T>.Ok(await send().ConfigureAwait(false));
        }
        catch (HttpDeniedException e)
        {
            return Denial<T>(e);
        }
        catch (HttpRequestException e) when (e.InnerException is HttpDeniedException denied)
        {
            return Denial<T>(denied);
        }
        catch (HttpRequestException e) when (e.InnerException is WasiHttpException timeout)
        {
            throw timeout;
        }
        catch (Exception e) when (e is HttpRequestException or IOException or System.Net.Sockets.SocketException)
        {
            return HostResult<T>.Failed(PluginErrorKind.NotFound, $"request failed: {Reason(e)}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return HostResult<T>.Failed(PluginErrorKind.NotFound, "request failed: the connection took too long");
        }
    }

    /// <summary>Where the request goes, after everything that is known before it was checked, and one of the minute's requests taken.</summary>
    private Uri Admit(CallScope scope, GuestRequest request)
    {
        var uri = RequestUrl.Check(request.Url, scope.Permissions.Network, _options.PermittedPrivate);
        RequestHeaders.CheckMethod(request.Method);
        RequestHeaders.Check(request.Headers);
        if (request.Body?.Length > scope.Limits.RequestBytes) throw new HttpDeniedException($"request body too large: {request.Body.Length} of {scope.Limits.RequestBytes} bytes", ExhaustedResource.Size);
        return scope.HttpBudget.TryTake(scope.Tenant, scope.Plugin, scope.Limits.HttpPerMinute, out _)
            ? uri
            : throw new HttpDeniedException($"rate limit: {scope.Limits.HttpPerMinute} HTTP requests a minute", ExhaustedResource.Rate);
    }

    private static HostResult<T> Denial<T>(HttpDeniedException e) => e.Resource == ExhaustedResource.None
        ? HostResult<T>.Deny(e.Message)
        : HostResult<T>.Exceeded(e.Resource, e.Message);

    // The kind alone: texts of lower layers name addresses.
    private static string Reason(Exception e) => e is HttpRequestException h ? h.HttpRequestError.ToString() : e.GetType().Name;

    private async Task<GuestResponse> FollowAsync(CallScope scope, GuestRequest request, Uri uri, CancellationToken cancellationToken)
    {
        var first = uri;
        for (var hop = 0; ; hop++)
        {
            using var message = Message(request, uri, sameOrigin: Origin(first) == Origin(uri));
            await AddCredentialsAsync(scope, message, cancellationToken).ConfigureAwait(false);
            using var response = await _invoker.SendAsync(message, cancellationToken).ConfigureAwait(false);
            if ((int)response.StatusCode is not (301 or 302 or 303 or 307 or 308) || response.Headers.Location is not { } location)
                return new((int)response.StatusCode, scope.Secrets.Clean(await BodyAsync(response, scope.Limits.ResponseBytes, cancellationToken).ConfigureAwait(false)));
            if (hop >= _options.MaxRedirects) throw new HttpDeniedException($"more than {_options.MaxRedirects} redirects");
            if (!Uri.TryCreate(uri, location, out var target)) throw new HttpDeniedException("redirect to what is not a URL");
            var next = RequestUrl.Check(target.AbsoluteUri, scope.Permissions.Network, _options.PermittedPrivate);
            if (uri.Scheme == "https" && next.Scheme != "https") throw new HttpDeniedException("redirect from https to http");
            if ((int)response.StatusCode is 303 || ((int)response.StatusCode is 301 or 302 && request.Method.Equals("POST", StringComparison.OrdinalIgnoreCase)))
                request = request with { Method = "GET", Body = null };
            uri = next;
        }
    }

    private static HttpRequestMessage Message(GuestRequest request, Uri uri, bool sameOrigin)
    {
        var message = new HttpRequestMessage(new HttpMethod(request.Method.ToUpperInvariant()), uri);
        if (request.Body is not null) message.Content = new ByteArrayContent(request.Body);
        foreach (var (name, value) in request.Headers)
        {
            if (!sameOrigin && name.ToUpperInvariant() is "AUTHORIZATION" or "COOKIE") continue;
            if (!message.Headers.TryAddWithoutValidation(name, value)) message.Content?.Headers.TryAddWithoutValidation(name, value);
        }
        if (message.Content is { Headers.ContentType: null } content) content.Headers.ContentType = new MediaTypeHeaderValue("text/plain", "utf-8");
        return message;
    }

    private async Task AddCredentialsAsync(CallScope scope, HttpRequestMessage message, CancellationToken cancellationToken)
    {
        var uri = message.RequestUri!;
        foreach (var binding in scope.Permissions.Credentials)
        {
            if (!NetworkPattern.TryParse(binding.Host, out var pattern) || !pattern.Matches(uri)) continue;
            if (uri.Scheme != "https" && !_options.CredentialsWithoutTls) throw new HttpDeniedException($"the credential '{binding.Secret}' is sent over https only");
            var secret = await scope.SecretSource.GetAsync(scope.Tenant, binding.Secret, cancellationToken).ConfigureAwait(false)
                ?? throw new HttpDeniedException($"the secret '{binding.Secret}' is not set");
            if (secret.Any(char.IsControl)) throw new HttpDeniedException($"the secret '{binding.Secret}' holds line breaks or control characters");
            message.Headers.Remove(binding.Header);
            message.Headers.TryAddWithoutValidation(binding.Header, binding.Format.Replace("{secret}", secret, StringComparison.Ordinal));
        }
    }

    private static string Origin(Uri uri) => uri.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped);

    private static async Task<string> BodyAsync(HttpResponseMessage response, int limit, CancellationToken cancellationToken)
    {
        if (response.Content.Headers.ContentLength > limit) throw TooLarge(limit);
        using var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        using var body = new MemoryStream();
        var buffer = new byte[16_384];
        while (await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is > 0 and var read)
        {
            if (body.Length + read > limit) throw TooLarge(limit);
            body.Write(buffer, 0, read);
        }
        return Encoding.UTF8.GetString(body.GetBuffer(), 0, (int)body.Length);
    }

    private static HttpDeniedException TooLarge(int limit) => new($"response body too large: more than {limit} bytes", ExhaustedResource.Size);
}
