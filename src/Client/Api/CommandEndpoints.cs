using ClawGrains.Client.Connection;
using ClawGrains.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClawGrains.Client.Api;

/// <summary>Asks for a slash command to be run.</summary>
/// <param name="Line">The whole line, for example <c>/weather Paris</c>.</param>
/// <param name="By">Who asks, as it is recorded; default <c>api</c>.</param>
internal sealed record CommandRequest(string Line, string By = "api");

/// <summary>The HTTP API of slash commands. Who shows the host's token is an operator.</summary>
internal static class CommandEndpoints
{
    public static void MapCommands(this IEndpointRouteBuilder routes, Func<TenantId, string, ICommandConnection> commands)
    {
        var api = routes.MapGroup("/api/v1");
        api.MapGet("/commands", SkillEndpoints.Answer(t => commands(t, "api"), async (c, a) => ApiResults.Json(await a.ListAsync(c.RequestAborted), ClientJson.Default.SlashCommandTable)));
        api.MapPost("/commands", SkillEndpoints.Answer(t => t, (c, t) => RunAsync(c, by => commands(t, by))));
    }

    private static async Task<IResult> RunAsync(HttpContext context, Func<string, ICommandConnection> commands)
    {
        var request = await context.Request.ReadFromJsonAsync(ClientJson.Default.CommandRequest, context.RequestAborted);
        if (request?.Line is null) throw new PluginException(PluginErrorKind.InvalidArguments, "The body must be a JSON object with a line, for example {\"line\": \"/help\"}.");
        return ApiResults.Json(await commands(request.By).RunAsync(request.Line, context.RequestAborted), ClientJson.Default.SlashCommandReply);
    }
}
