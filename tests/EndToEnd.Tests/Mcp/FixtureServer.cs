using ClawGrains.Client.Mcp;
using ClawGrains.Client.Mcp.Features;
using ClawGrains.Client.Mcp.Http;
using ClawGrains.Client.Mcp.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClawGrains.EndToEnd.Tests.Mcp;

/// <summary>The product's HTTP endpoint in this process, over the sources of a test.</summary>
internal sealed class FixtureServer(WebApplication app, McpEndpoint endpoint, McpFrontEnd frontEnd) : IAsyncDisposable
{
    public string Url => app.Urls.Single() + "/mcp";

    public static async Task<FixtureServer> StartAsync(params IMcpFeatureSource[] sources)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var frontEnd = new McpFrontEnd(sources, new McpOptions(), NullLoggerFactory.Instance);
        var endpoint = app.MapClawGrainsMcp("/mcp", new McpHttpOptions(), _ => frontEnd);
        await app.StartAsync();
        return new FixtureServer(app, endpoint, frontEnd);
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await endpoint.DisposeAsync();
        await frontEnd.DisposeAsync();
        await app.DisposeAsync();
    }
}
