using System.Globalization;
using ClawGrains.Client.Mcp.Sessions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace ClawGrains.Client.Mcp.Http;

/// <summary>The HTTP side of server-sent events.</summary>
internal static class EventStreams
{
    /// <summary>The type of a stream.</summary>
    public const string MimeType = "text/event-stream";

    /// <summary>Whether the client takes a stream.</summary>
    public static bool IsAccepted(HttpRequest request) => Accepts(request, MimeType);

    /// <summary>Whether the client takes a type; <c>*/*</c> takes all.</summary>
    public static bool Accepts(HttpRequest request, string type) =>
        request.GetTypedHeaders().Accept.Any(a => a.MatchesMediaType(type) || new MediaTypeHeaderValue(type).IsSubsetOf(a));

    /// <summary>Sets the headers of a stream, which nothing on the way may store or hold back.</summary>
    public static void Begin(HttpResponse response)
    {
        response.Headers.ContentType = MimeType;
        response.Headers.CacheControl = "no-cache,no-store";
        response.Headers.ContentEncoding = "identity";
        response.Headers["X-Accel-Buffering"] = "no";
        response.HttpContext.Features.GetRequiredFeature<IHttpResponseBodyFeature>().DisableBuffering();
    }

    /// <summary>Turns a stream that was begun but carried nothing into 202.</summary>
    public static void Accept(HttpResponse response)
    {
        response.Headers.ContentType = default;
        response.StatusCode = StatusCodes.Status202Accepted;
    }

    /// <summary>How the client of a GET opens its stream.</summary>
    public static StreamResume ResumeOf(HttpContext context)
    {
        var last = context.Request.Headers["Last-Event-ID"].ToString();
        var primed = string.CompareOrdinal(RequestHeaders.VersionOf(context), ProtocolVersions.FirstPrimed) >= 0;
        return new(long.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null, primed);
    }
}
