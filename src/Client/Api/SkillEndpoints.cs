using System.Text.Json;
using ClawGrains.Client.Connection;
using ClawGrains.Client.Hosting;
using ClawGrains.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClawGrains.Client.Api;

/// <summary>The HTTP API behind the commands. Every answer is JSON; an error has a stable code.</summary>
internal static class SkillEndpoints
{
    /// <param name="routes">Where.</param>
    /// <param name="hosts">Answers as a tenant: the one that <c>?tenant=</c> names, else the default one.</param>
    /// <param name="status">What is told of the host.</param>
    public static void MapClawGrainsApi(this IEndpointRouteBuilder routes, Func<TenantId, IHostConnection> hosts, HostStatus status)
    {
        var api = routes.MapGroup("/api/v1");
        api.MapGet("/status", Answer(hosts, async (c, h) => ApiResults.Json(status.Of(await h.GetCatalogAsync(c.RequestAborted)), ClientJson.Default.StatusReply)));
        api.MapGet("/skills", Answer(hosts, async (c, h) => ApiResults.Json(await h.GetCatalogAsync(c.RequestAborted), ClientJson.Default.CatalogSnapshot)));
        api.MapGet("/skills/{name}", Answer(hosts, ShowAsync));
        api.MapInstalls(t => hosts(t).Installs);
        api.MapDelete("/skills/{name}", Answer(hosts, async (c, h) => ApiResults.Json(await h.RemoveSkillAsync(NameOf(c), c.RequestAborted), ClientJson.Default.RemoveReply)));
        api.MapPost("/reload", Answer(hosts, async (c, h) => ApiResults.Json(await h.ReloadAsync(c.RequestAborted), ClientJson.Default.ReloadReport)));
        api.MapGet("/snapshots", Answer(hosts, async (c, h) => ApiResults.Json(new SnapshotListing(await h.GetSnapshotsAsync(c.RequestAborted)), ClientJson.Default.SnapshotListing)));
        api.MapPost("/rollback", Answer(hosts, RollbackAsync));
        api.MapGet("/draining", Answer(hosts, async (c, h) => ApiResults.Json(new DrainingListing(await h.GetDrainingAsync(c.RequestAborted)), ClientJson.Default.DrainingListing)));
    }

    /// <summary>Answers as the tenant of the request.</summary>
    internal static RequestDelegate Answer<T>(Func<TenantId, T> tenants, Func<HttpContext, T, Task<IResult>> answer)
    {
        Task<IResult> Ask(HttpContext context) => answer(context, tenants(TenantOf(context)));
        return context => AnswerAsync(context, Ask);
    }

    private static TenantId TenantOf(HttpContext context)
    {
        var text = context.Request.Query["tenant"].FirstOrDefault();
        if (text is null) return TenantId.Default;
        return TenantId.TryParse(text, out var tenant) ? tenant
            : throw new PluginException(PluginErrorKind.InvalidArguments, $"'{text}' is not a tenant id: use 1 to 63 of a-z, 0-9 and '-', not at the ends.");
    }

    private static async Task<IResult> ShowAsync(HttpContext context, IHostConnection host) =>
        await host.GetSkillAsync(NameOf(context), context.RequestAborted) is { } skill
            ? ApiResults.Json(skill, ClientJson.Default.SkillVersion)
            : Failure(new PluginError(PluginErrorKind.NotFound, $"There is no skill '{NameOf(context)}'."));

    private static async Task<IResult> RollbackAsync(HttpContext context, IHostConnection host)
    {
        var request = await context.Request.ReadFromJsonAsync(ClientJson.Default.RollbackRequest, context.RequestAborted) ?? new RollbackRequest();
        return ApiResults.Json(await host.RollbackAsync(request, context.RequestAborted), ClientJson.Default.ReloadReport);
    }

    private static string NameOf(HttpContext context) => (string)context.GetRouteValue("name")!;

    /// <summary>Answers, or says what was wrong with a stable code.</summary>
    internal static async Task AnswerAsync(HttpContext context, Func<HttpContext, Task<IResult>> answer)
    {
        IResult result;
        try
        {
            result = await answer(context);
        }
        catch (PluginException e)
        {
            result = Failure(e.Error);
        }
        catch (InvalidDataException e)
        {
            result = Failure(new PluginError(PluginErrorKind.Internal, e.Message));
        }
        catch (JsonException e)
        {
            result = Failure(new PluginError(PluginErrorKind.InvalidArguments, $"The body is not the JSON that is wanted: {e.Message}"));
        }
        await result.ExecuteAsync(context);
    }

    public static IResult Failure(PluginError error) => ApiResults.Json(
        new ApiError(error.Code, error.Message), ClientJson.Default.ApiError, statusCode: PluginErrorCodes.HttpStatus(error.Kind));
}
