namespace ClawGrains.Components.Wasi.Http;

/// <summary>Failures of requests as <c>error-code</c>.</summary>
internal static class HttpErrors
{
    public static ComponentValue Of(Exception exception) => exception switch
    {
        WasiHttpException e => ComponentValue.Variant(e.ErrorCode),
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => ComponentValue.Variant("DNS-error",
            ComponentValue.Record(("rcode", ComponentValue.None), ("info-code", ComponentValue.None))),
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } => ComponentValue.Variant("connection-refused"),
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => ComponentValue.Variant("TLS-protocol-error"),
        HttpRequestException { HttpRequestError: HttpRequestError.ResponseEnded } => ComponentValue.Variant("HTTP-response-incomplete"),
        HttpRequestException => ComponentValue.Variant("HTTP-protocol-error"),
        OperationCanceledException => ComponentValue.Variant("connection-timeout"),
        _ => ComponentValue.Variant("internal-error", ComponentValue.Some(ComponentValue.String(exception.GetType().Name))),
    };
}
