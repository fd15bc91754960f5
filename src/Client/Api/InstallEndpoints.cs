using ClawGrains.Client.Connection;
using ClawGrains.Contracts;
using ClawGrains.Interfaces;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClawGrains.Client.Api;

/// <summary>The part of the HTTP API that installs skills and decides on those that wait.</summary>
internal static class InstallEndpoints
{
    public static void MapInstalls(this IEndpointRouteBuilder api, Func<TenantId, IInstallConnection> tenants)
    {
        api.MapPost("/skills", Answer(async (c, i) => ApiResults.Json(await i.InstallAsync(await RequestAsync(c), c.RequestAborted), ClientJson.Default.InstallReply)));
        api.MapPost("/skills/review", Answer(async (c, i) => ApiResults.Json(await i.ReviewAsync(await RequestAsync(c), c.RequestAborted), ClientJson.Default.SkillReview)));
        api.MapGet("/provenance", Answer(async (c, i) => ApiResults.Json(await i.ListProvenanceAsync(c.RequestAborted), ClientJson.Default.ImmutableArraySkillProvenance)));
        api.MapGet("/skill-plugins", Answer(async (c, i) =>
            ApiResults.Json(await i.ListPluginsAsync(c.Request.Query["skill"].FirstOrDefault(), c.RequestAborted), ClientJson.Default.ImmutableArraySkillPluginStatus)));
        api.MapGet("/skills/{name}/provenance", Answer(ProvenanceAsync));
        api.MapGet("/autogen", Answer(async (c, i) => ApiResults.Json(await i.GetAutogenAsync(c.RequestAborted), ClientJson.Default.AutogenStatus)));
        foreach (var (path, on) in (ReadOnlySpan<(string, bool)>)[("/autogen/on", true), ("/autogen/off", false)])
            api.MapPost(path, Answer(async (c, i) => ApiResults.Json(await i.SetAutogenAsync(on, c.RequestAborted), ClientJson.Default.AutogenStatus)));
        api.MapGet("/approvals", Answer(async (c, i) => ApiResults.Json(await i.ListApprovalsAsync(c.Request.Query["decided"] == "true", c.RequestAborted), ClientJson.Default.ImmutableArrayApproval)));
        api.MapGet("/approvals/{id}", Answer(ShowAsync));
        api.MapPost("/approvals/{id}/approve", Answer((c, i) => DecideAsync(c, i, approve: true)));
        api.MapPost("/approvals/{id}/reject", Answer((c, i) => DecideAsync(c, i, approve: false)));

        RequestDelegate Answer(Func<HttpContext, IInstallConnection, Task<IResult>> answer) => SkillEndpoints.Answer(tenants, answer);
    }

    private static async Task<InstallRequest> RequestAsync(HttpContext context) =>
        await context.Request.ReadFromJsonAsync(ClientJson.Default.InstallRequest, context.RequestAborted) is { Path.Length: > 0 } request
            ? request
            : throw new PluginException(PluginErrorKind.InvalidArguments, "The body must be a JSON object with a path.");

    private static async Task<IResult> ProvenanceAsync(HttpContext context, IInstallConnection installs) =>
        await installs.GetProvenanceAsync(Route(context, "name"), context.RequestAborted) is { } provenance
            ? ApiResults.Json(provenance, ClientJson.Default.SkillProvenance)
            : SkillEndpoints.Failure(new PluginError(PluginErrorKind.NotFound, $"No skill '{Route(context, "name")}' was installed."));

    private static async Task<IResult> ShowAsync(HttpContext context, IInstallConnection installs) =>
        await installs.GetApprovalAsync(Route(context, "id"), context.RequestAborted) is { } approval
            ? ApiResults.Json(approval, ClientJson.Default.Approval)
            : SkillEndpoints.Failure(new PluginError(PluginErrorKind.NotFound, $"Nothing called '{Route(context, "id")}' was asked for."));

    private static async Task<IResult> DecideAsync(HttpContext context, IInstallConnection installs, bool approve)
    {
        var request = await DecisionAsync(context);
        var decision = new ApprovalDecision { Id = Route(context, "id"), Approve = approve, By = request.By, Reason = request.Reason, Kind = request.Kind };
        return ApiResults.Json(await installs.DecideAsync(decision, context.RequestAborted), ClientJson.Default.Approval);
    }

    /// <summary>Who decides and why; the body may be missing.</summary>
    internal static async Task<DecisionRequest> DecisionAsync(HttpContext context) =>
        context.Request.ContentLength is 0 or null && !context.Request.Headers.ContainsKey("Transfer-Encoding")
            ? new DecisionRequest()
            : await context.Request.ReadFromJsonAsync(ClientJson.Default.DecisionRequest, context.RequestAborted) ?? new DecisionRequest();

    private static string Route(HttpContext context, string name) => (string)context.GetRouteValue(name)!;
}
