using System.Net.Sockets;

namespace ClawGrains.Components.Wasi.Http;

/// <summary>Failures of requests as <c>error-code</c>.</summary>
internal static class HttpErrors
{
    private static readonly HashSet<string> Plain = new(StringComparer.Ordinal)
    {
        "DNS-timeout", "destination-not-found", "destination-unavailable", "destination-IP-prohibited", "destination-IP-unroutable", "connection-refused",
        "connection-terminated", "connection-timeout", "connection-read-timeout", "connection-write-timeout", "connection-limit-reached", "TLS-protocol-error",
        "TLS-certificate-error", "HTTP-request-denied", "HTTP-request-length-required", "HTTP-request-method-invalid", "HTTP-request-URI-invalid",
        "HTTP-request-URI-too-long", "HTTP-response-incomplete", "HTTP-response-timeout", "HTTP-upgrade-failed", "HTTP-protocol-error", "loop-detected", "configuration-error",
    };

    private static readonly HashSet<string> WithOption = new(StringComparer.Ordinal)
    {
        "HTTP-request-body-size", "HTTP-request-header-section-size", "HTTP-request-header-size", "HTTP-request-trailer-section-size", "HTTP-response-header-section-size",
        "HTTP-response-body-size", "HTTP-response-trailer-section-size", "HTTP-response-transfer-coding", "HTTP-response-content-coding",
    };

    public static ComponentValue Of(Exception exception) => exception switch
    {
        WasiHttpException e => Case(e.ErrorCode, e.Message),
        HttpRequestException { InnerException: WasiHttpException e } => Case(e.ErrorCode, e.Message),
        HttpRequestException e => Request(e),
        HttpIOException => Case("HTTP-response-incomplete"),
        TimeoutException => Case("connection-read-timeout"),
        OperationCanceledException => Case("connection-timeout"),
        IOException => Case("connection-terminated"),
        _ => Case("internal-error", exception.GetType().Name),
    };

    /// <summary>The request's body has another size than its <c>content-length</c> says.</summary>
    public static ComponentValue BodySize(ulong bytes) => ComponentValue.Variant("HTTP-request-body-size", ComponentValue.Some(ComponentValue.U64(bytes)));

    private static ComponentValue Request(HttpRequestException e) => e.HttpRequestError switch
    {
        HttpRequestError.NameResolutionError => ComponentValue.Variant("DNS-error", ComponentValue.Record(("rcode", ComponentValue.None), ("info-code", ComponentValue.None))),
        HttpRequestError.ConnectionError => Case(Connection((e.InnerException as SocketException)?.SocketErrorCode)),
        HttpRequestError.SecureConnectionError => Case("TLS-protocol-error"),
        HttpRequestError.ResponseEnded => Case("HTTP-response-incomplete"),
        HttpRequestError.ConfigurationLimitExceeded => Case("HTTP-response-header-section-size"),
        _ => e.InnerException is IOException ? Case("connection-terminated") : Case("HTTP-protocol-error"),
    };

    private static string Connection(SocketError? error) => error switch
    {
        SocketError.TimedOut => "connection-timeout",
        SocketError.HostUnreachable or SocketError.NetworkUnreachable => "destination-IP-unroutable",
        SocketError.ConnectionReset or SocketError.ConnectionAborted => "connection-terminated",
        _ => "connection-refused",
    };

    private static ComponentValue Case(string code, string? message = null)
    {
        if (Plain.Contains(code)) return ComponentValue.Variant(code);
        return WithOption.Contains(code)
            ? ComponentValue.Variant(code, ComponentValue.None)
            : ComponentValue.Variant("internal-error", message is null ? ComponentValue.None : ComponentValue.Some(ComponentValue.String(message)));
    }
}
