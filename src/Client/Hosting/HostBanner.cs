using ClawGrains.Client.Api;
using ClawGrains.Client.Diagnosis;
using ClawGrains.Client.Mcp.Http;
using ClawGrains.Client.Output;
using ClawGrains.Contracts;
using ClawGrains.Interfaces;
using Microsoft.Extensions.DependencyInjection;

namespace ClawGrains.Client.Hosting;

/// <summary>What a host prints when it is ready: where it is, what it has, how to connect.</summary>
internal static class HostBanner
{
    public static async Task WriteAsync(
        IServiceProvider services, HostOptions options, HostRecord record, CancellationToken cancellationToken)
    {
        if (options.Json)
        {
            Terminal.Json(record, ClientJson.Default.HostRecord);
            return;
        }
        var grains = services.GetRequiredService<IClusterClient>();
        var catalog = await grains.GetGrain<ICatalogGrain>(GrainKeys.Of(TenantId.Default)).GetSnapshotAsync().WaitAsync(cancellationToken);
        var plugins = await grains.GetGrain<IPluginRegistryGrain>(GrainKeys.Of(TenantId.Default)).ListAsync().WaitAsync(cancellationToken);
        Console.WriteLine($"""
            {Terminal.Bold($"ClawGrains {record.Version}")} is ready on {record.Url}
              skills   {SkillsOf(catalog)}
              plugins  {PluginFindings.Summary(plugins)}
              MCP      {record.Url}/mcp
              connect  {Connect(options, record)}
              or stdio claw mcp{(options.Paths.IsDefault ? "" : $" --data {options.Paths.DataDirectory}")}
            Ctrl-C stops it.
            """);
    }

    private static string SkillsOf(CatalogSnapshot catalog)
    {
        var layers = catalog.Layers.GroupBy(l => l.Name).Select(g => (g.Key, Count: g.Sum(l => l.ActiveSkills))).Where(l => l.Count > 0);
        var text = $"{catalog.Skills.Length}{(catalog.Skills.IsEmpty ? "" : $" ({string.Join(", ", layers.Select(l => $"{l.Key} {l.Count}"))})")}";
        return catalog.Invalid.IsEmpty ? text : $"{text}, {catalog.Invalid.Length} invalid: see `claw skill list`";
    }

    private static string Connect(HostOptions options, HostRecord record)
    {
        var command = $"claude mcp add --transport http clawgrains {record.Url}/mcp";
        return record.NeedsToken
            ? $"{command} --header \"Authorization: Bearer $(cat {BearerToken.PathOf(options.Paths.DataDirectory)})\""
            : command;
    }
}
