using ClawGrains.Client.Hosting;
using ClawGrains.Client.Mcp.Http;
using ClawGrains.Contracts;

namespace ClawGrains.Client.Connection;

/// <summary>Finds the host a command speaks to.</summary>
internal static class HostConnections
{
    /// <summary>The running host of the data directory if there is one, else one in this process.</summary>
    public static async Task<IHostConnection> OpenAsync(HostPaths paths, TenantId tenant, CancellationToken cancellationToken, bool enablePlugins = false) =>
        HostRecord.Read(paths) is { } record
            ? new HttpConnection(record, record.NeedsToken ? BearerToken.Read(paths.DataDirectory) : null, tenant)
            : (await InProcessConnection.StartAsync(paths, watch: false, cancellationToken, enablePlugins)).As(tenant);
}
