using ClawGrains.Client.Mcp.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace ClawGrains.Client.Api;

/// <summary>Holds the HTTP API to the same rules as the MCP endpoint: where a request comes from, and its token.</summary>
internal static class ApiAccess
{
    public static void UseApiAccess(this IApplicationBuilder app, McpHttpOptions options)
    {
        var access = new HttpAccess(options);
        app.UseWhen(c => c.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal), api => api.Use((context, next) =>
            Check(context, access) is { } refusal ? RefuseAsync(context, refusal) : next(context)));
    }

    private static HttpAccess.Refusal? Check(HttpContext context, HttpAccess access)
    {
        if (access.CheckOrigin(context) is { } foreign) return foreign;
        return access.Authenticate(context, out var refusal) is null ? refusal : null;
    }

    private static Task RefuseAsync(HttpContext context, HttpAccess.Refusal refusal)
    {
        var code = refusal.Status == StatusCodes.Status401Unauthorized ? "unauthorized" : "forbidden";
        return ApiResults.Json(new ApiError(code, refusal.Message), ClientJson.Default.ApiError, statusCode: refusal.Status).ExecuteAsync(context);
    }
}
