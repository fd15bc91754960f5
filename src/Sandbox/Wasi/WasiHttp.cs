using ClawGrains.Components.Wasi;
using ClawGrains.Contracts;
using ClawGrains.Sandbox.Execution;
using ClawGrains.Sandbox.Http;

namespace ClawGrains.Sandbox.Wasi;

/// <summary><c>wasi:http/outgoing-handler</c> by the rules of <c>http-request</c>, and in the same records.</summary>
internal static class WasiHttp
{
    public static async Task<HttpResponseMessage> SendAsync(HostSession session, GuardedHttp http, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var result = await session.GuardAsync(("http-request", $"{request.Method} {request.RequestUri}"),
            () => http.ForwardAsync(session.Scope, request, cancellationToken)).ConfigureAwait(false);
        if (result.Error is null) return result.Value!;
        throw new WasiHttpException(Code(result.Error, result.Denied), result.Error.Message);
    }

    private static string Code(PluginError error, bool denied) => error switch
    {
        { Resource: ExhaustedResource.Size } => error.Message.StartsWith("request", StringComparison.Ordinal) ? "HTTP-request-body-size" : "HTTP-response-body-size",
        { Kind: PluginErrorKind.Internal } => "internal-error",
        _ => denied ? "HTTP-request-denied" : "connection-refused",
    };
}
