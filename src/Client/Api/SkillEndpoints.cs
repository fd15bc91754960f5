using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
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
    public static void MapClawGrainsApi(this IEndpointRouteBuilder routes, IHostConnection host, HostStatus status)
    {
        var api = routes.MapGroup("/api/v1");
        api.MapGet("/status", Answer(async c => Json(status.Of(await host.GetCatalogAsync(c.RequestAborted)), ClientJson.Default.StatusReply)));
        api.MapGet("/skills", Answer(async c => Json(await host.GetCatalogAsync(c.RequestAborted), ClientJson.Default.CatalogSnapshot)));
        api.MapGet("/skills/{name}", Answer(c => ShowAsync(c, host)));
        api.MapInstalls(host.Installs);
        api.MapDelete("/skills/{name}", Answer(async c => Json(await host.RemoveSkillAsync(NameOf(c), c.RequestAborted), ClientJson.Default.RemoveReply)));
        api.MapPost("/reload", Answer(async c => Json(await host.ReloadAsync(c.RequestAborted), ClientJson.Default.ReloadReport)));
        api.MapGet("/snapshots", Answer(async c => Json(new SnapshotListing(await host.GetSnapshotsAsync(c.RequestAborted)), ClientJson.Default.SnapshotListing)));
        api.MapPost("/rollback", Answer(c => RollbackAsync(c, host)));
        api.MapGet("/draining", Answer(async c => Json(new DrainingListing(await host.GetDrainingAsync(c.RequestAborted)), ClientJson.Default.DrainingListing)));
    }

    public static RequestDelegate Answer(Func<HttpContext, Task<IResult>> answer) => c => AnswerAsync(c, answer);

    public static IResult Json<T>(T value, JsonTypeInfo<T> type) => Results.Json(value, type);

    private static async Task<IResult> ShowAsync(HttpContext context, IHostConnection host) =>
        await host.GetSkillAsync(NameOf(context), context.RequestAborted) is { } skill
            ? Results.Json(skill, ClientJson.Default.SkillVersion)
            : Failure(new PluginError(PluginErrorKind.NotFound, $"There is no skill '{NameOf(context)}'."));

    private static async Task<IResult> RollbackAsync(HttpContext context, IHostConnection host)
    {
        var request = await context.Request.ReadFromJsonAsync(ClientJson.Default.RollbackRequest, context.RequestAborted) ?? new RollbackRequest();
        return Results.Json(await host.RollbackAsync(request, context.RequestAborted), ClientJson.Default.ReloadReport);
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

    public static IResult Failure(PluginError error) => Results.Json(
        new ApiError(error.Code, error.Message), ClientJson.Default.ApiError, statusCode: PluginErrorCodes.HttpStatus(error.Kind));
}
