using ClawGrains.Client.Connection;
using ClawGrains.Contracts;
using ClawGrains.Interfaces;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClawGrains.Client.Api;

/// <summary>The HTTP API of plugins and the audit. <c>?tenant=</c> names the tenant; without it the default one is meant.</summary>
internal static class PluginEndpoints
{
    private const int MaxArguments = 8 << 20;

    public static void MapPlugins(this IEndpointRouteBuilder routes, Func<TenantId, IPluginConnection> plugins)
    {
        var api = routes.MapGroup("/api/v1");
        api.MapGet("/plugins", SkillEndpoints.Answer(plugins, async (c, p) => ApiResults.Json(await p.ListAsync(c.RequestAborted), ClientJson.Default.PluginListing)));
        api.MapGet("/plugins/{id}", SkillEndpoints.Answer(plugins, ShowAsync));
        api.MapPost("/plugins", SkillEndpoints.Answer(plugins, InstallAsync));
        api.MapPost("/plugins/{id}/steps/{step}", SkillEndpoints.Answer(plugins, StepAsync));
        api.MapPost("/plugins/{id}/tools/{tool}", SkillEndpoints.Answer(plugins, CallAsync));
        api.MapPost("/audit/query", SkillEndpoints.Answer(plugins, QueryAsync));
        api.MapPost("/audit/verify", SkillEndpoints.Answer(plugins, async (c, p) => ApiResults.Json(await p.VerifyAuditAsync(c.Request.Query["head"].FirstOrDefault(), c.RequestAborted), ClientJson.Default.AuditCheck)));
    }

    private static async Task<IResult> ShowAsync(HttpContext context, IPluginConnection plugins) =>
        await plugins.GetAsync(Value(context, "id"), context.RequestAborted) is { } plugin
            ? ApiResults.Json(plugin, ClientJson.Default.PluginInfo)
            : throw new PluginException(PluginErrorKind.NotFound, $"There is no plugin '{Value(context, "id")}'.");

    private static async Task<IResult> InstallAsync(HttpContext context, IPluginConnection plugins)
    {
        var request = await context.Request.ReadFromJsonAsync(ClientJson.Default.PluginInstallRequest, context.RequestAborted);
        return request?.Path is null
            ? throw Bad("The body must be a JSON object with a path.")
            : ApiResults.Json(await plugins.InstallAsync(request, context.RequestAborted), ClientJson.Default.PluginReply);
    }

    private static async Task<IResult> StepAsync(HttpContext context, IPluginConnection plugins) =>
        Enum.TryParse<PluginStep>(Value(context, "step"), ignoreCase: true, out var step) && Enum.IsDefined(step)
            ? ApiResults.Json(await plugins.ApplyAsync(Value(context, "id"), step, await InstallEndpoints.DecisionAsync(context), context.RequestAborted), ClientJson.Default.PluginReply)
            : throw Bad($"'{Value(context, "step")}' is not a step; steps are {string.Join(", ", Enum.GetNames<PluginStep>()).ToLowerInvariant()}.");

    private static async Task<IResult> CallAsync(HttpContext context, IPluginConnection plugins)
    {
        using var reader = new StreamReader(context.Request.Body);
        if (context.Request.ContentLength > MaxArguments) throw new PluginException(new PluginError(PluginErrorKind.ResourceExhausted, $"The arguments are larger than {MaxArguments} bytes.", ExhaustedResource.Size));
        var json = await reader.ReadToEndAsync(context.RequestAborted);
        var result = await plugins.CallAsync(Value(context, "id"), (Value(context, "tool"), json.Length == 0 ? "{}" : json), context.RequestAborted);
        return ApiResults.Json(result, ClientJson.Default.PluginCallResult);
    }

    private static async Task<IResult> QueryAsync(HttpContext context, IPluginConnection plugins)
    {
        var query = await context.Request.ReadFromJsonAsync(ClientJson.Default.AuditQuery, context.RequestAborted) ?? new AuditQuery();
        if (query.Tenant is not null && !TenantId.TryParse(query.Tenant, out _)) throw Bad($"'{query.Tenant}' is not a tenant id.");
        return ApiResults.Json([.. await plugins.AuditAsync(query, context.RequestAborted)], ClientJson.Default.AuditRowArray);
    }

    private static string Value(HttpContext context, string name) => Uri.UnescapeDataString((string)context.GetRouteValue(name)!);

    private static PluginException Bad(string message) => new(PluginErrorKind.InvalidArguments, message);
}
