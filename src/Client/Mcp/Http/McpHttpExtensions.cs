using ClawGrains.Client.Mcp.Sessions;
using ClawGrains.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ClawGrains.Client.Mcp.Http;

/// <summary>Puts the MCP endpoint into a web application.</summary>
internal static class McpHttpExtensions
{
    /// <summary>
    /// Maps Streamable HTTP at <paramref name="pattern"/>. Streams and sessions end when the application stops.
    /// </summary>
    /// <param name="endpoints">The application.</param>
    /// <param name="pattern">The path, for example <c>/mcp</c>.</param>
    /// <param name="options">Access and limits.</param>
    /// <param name="frontEnds">Finds the features of a tenant; called for every request, so it keeps them.</param>
    public static McpEndpoint MapClawGrainsMcp(
        this IEndpointRouteBuilder endpoints, string pattern, McpHttpOptions options, Func<TenantId, McpFrontEnd> frontEnds)
    {
        var services = endpoints.ServiceProvider;
        var endpoint = new McpEndpoint(options, frontEnds, services.GetRequiredService<ILoggerFactory>());
        var lifetime = services.GetRequiredService<IHostApplicationLifetime>();
        lifetime.ApplicationStopping.Register(endpoint.Stop);
        endpoints.Map(pattern, endpoint.HandleAsync).WithDisplayName("MCP");
        return endpoint;
    }
}
