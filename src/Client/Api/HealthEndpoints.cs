using ClawGrains.Client.Connection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClawGrains.Client.Api;

/// <summary><c>/healthz</c>: the process lives. <c>/readyz</c>: the silo answers and has a snapshot.</summary>
internal static class HealthEndpoints
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(5);

    public static void MapHealth(this IEndpointRouteBuilder routes, IHostConnection host)
    {
        routes.MapGet("/healthz", (RequestDelegate)(c => c.Response.WriteAsync("ok\n")));
        routes.MapGet("/readyz", (RequestDelegate)(c => ReadyAsync(c, host)));
    }

    private static async Task ReadyAsync(HttpContext context, IHostConnection host)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        limit.CancelAfter(_patience);
        try
        {
            var catalog = await host.GetCatalogAsync(limit.Token);
            await context.Response.WriteAsync($"ready: {catalog.Skills.Length} skills, snapshot {catalog.Number}\n", context.RequestAborted);
        }
        catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            await context.Response.WriteAsync($"not ready: the catalog did not answer within {_patience.TotalSeconds:0} s\n", context.RequestAborted);
        }
    }
}
