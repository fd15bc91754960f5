using System.Collections.Concurrent;
using ClawGrains.Client.Mcp.Sessions;
using ClawGrains.Client.Mcp.PluginFeatures;
using ClawGrains.Client.Mcp.SkillFeatures;
using ClawGrains.Contracts;
using Microsoft.Extensions.Logging;

namespace ClawGrains.Client.Mcp;

/// <summary>The MCP front ends of a host, one for each tenant that was asked for.</summary>
internal sealed class TenantFrontEnds(IClusterClient client, ILoggerFactory loggers) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<TenantId, Lazy<McpFrontEnd>> _byTenant = new();

    public McpFrontEnd Of(TenantId tenant) => _byTenant.GetOrAdd(tenant, id => new Lazy<McpFrontEnd>(() => Create(id))).Value;

    public async ValueTask DisposeAsync()
    {
        foreach (var frontEnd in _byTenant.Values) await frontEnd.Value.DisposeAsync();
    }

    private McpFrontEnd Create(TenantId tenant) => new([SkillFeatureSource.Of(client, tenant), PluginFeatureSource.Of(client, tenant)], new McpOptions { Observers = l => McpObservers.Of(client, tenant, l) }, loggers);
}
