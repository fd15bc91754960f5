using System.Net;
using ClawGrains.Contracts;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace ClawGrains.Client.Mcp.Http;

/// <summary>
/// Decides who may talk to the endpoint: <c>Host</c> and <c>Origin</c> first, against DNS rebinding and web pages that
/// call local servers (MCP, "Transports", security warning), then the bearer token.
/// </summary>
internal sealed class HttpAccess(McpHttpOptions options)
{
    /// <summary>What a request without right is answered.</summary>
    /// <param name="Status">The HTTP status.</param>
    /// <param name="Message">The reason.</param>
    public readonly record struct Refusal(int Status, string Message);

    /// <summary>Checks where a request comes from; null where it may go on.</summary>
    public Refusal? CheckOrigin(HttpContext context)
    {
        var host = context.Request.Host.Host;
        if (!IsAllowedHost(context, host))
            return new(StatusCodes.Status403Forbidden, $"The Host '{Short(host)}' is not one this server answers to. Use localhost, or allow it.");
        var origin = context.Request.Headers.Origin.ToString();
        if (origin.Length > 0 && !IsAllowedOrigin(context, origin))
            return new(StatusCodes.Status403Forbidden, $"Pages of '{Short(origin)}' may not use this server. Allow that origin if they should.");
        return null;
    }

    /// <summary>Finds the tenant of a request; null, with the refusal written to the response, where it has none.</summary>
    public TenantId? Authenticate(HttpContext context, out Refusal refusal)
    {
        refusal = default;
        if (options.Credentials.Count == 0) return Anonymous(context, out refusal);
        var token = BearerOf(context.Request.Headers.Authorization.ToString());
        TenantId? tenant = null;
        // Every credential is compared, so that the time does not tell which one matched.
        if (token is not null)
            foreach (var credential in options.Credentials)
                if (credential.Matches(token)) tenant = credential.Tenant;
        if (tenant is not null) return tenant;
        context.Response.Headers.WWWAuthenticate = token is null
            ? "Bearer realm=\"clawgrains\""
            : "Bearer realm=\"clawgrains\", error=\"invalid_token\", error_description=\"The token is not one of this host\"";
        refusal = new(StatusCodes.Status401Unauthorized, token is null
            ? "This server needs a token: send 'Authorization: Bearer TOKEN'. The host printed where its token is kept."
            : "The token is not one of this host.");
        return null;
    }

    /// <summary>Lets a page of an allowed origin read the response (CORS).</summary>
    public static void AllowOrigin(HttpContext context)
    {
        var origin = context.Request.Headers.Origin.ToString();
        if (origin.Length == 0) return;
        var headers = context.Response.Headers;
        headers.AccessControlAllowOrigin = origin;
        headers.AccessControlExposeHeaders = "Mcp-Session-Id, WWW-Authenticate";
        headers.Vary = HeaderNames.Origin;
    }

    private static TenantId? Anonymous(HttpContext context, out Refusal refusal)
    {
        refusal = default;
        if (IsOverLoopback(context)) return TenantId.Default;
        refusal = new(StatusCodes.Status403Forbidden, "Without tokens this server answers over the loopback interface alone.");
        return null;
    }

    // A request that came over another interface than loopback can carry any name; there the token is what counts,
    // unless names were configured.
    private bool IsAllowedHost(HttpContext context, string host) =>
        IsLoopbackName(host) || options.AllowedHosts.Contains(host, StringComparer.OrdinalIgnoreCase)
        || (!IsOverLoopback(context) && options.AllowedHosts.Count == 0 && options.Credentials.Count > 0);

    private bool IsAllowedOrigin(HttpContext context, string origin)
    {
        if (options.AllowedOrigins.Contains(origin, StringComparer.OrdinalIgnoreCase)) return true;
        if (!Uri.TryCreate(origin, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https")) return false;
        return IsLoopbackName(uri.Host) || $"{uri.Scheme}://{uri.Authority}" == $"{context.Request.Scheme}://{context.Request.Host}";
    }

    private static bool IsOverLoopback(HttpContext context) =>
        context.Connection.LocalIpAddress is not { } local || IPAddress.IsLoopback(local);

    private static bool IsLoopbackName(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    private static string? BearerOf(string authorization) =>
        authorization.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? authorization[7..].Trim() : null;

    private static string Short(string value) => value.Length > 100 ? value[..100] + "…" : value;
}
