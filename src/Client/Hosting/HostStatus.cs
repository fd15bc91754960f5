using ClawGrains.Client.Api;
using ClawGrains.Interfaces;

namespace ClawGrains.Client.Hosting;

/// <summary>What a host tells of itself.</summary>
internal sealed record HostStatus(HostPaths Paths, DateTimeOffset StartedAt)
{
    public StatusReply Of(CatalogSnapshot catalog) => new()
    {
        Version = ProductVersion.Text,
        Workspace = Paths.Workspace,
        DataDirectory = Paths.DataDirectory,
        StartedAt = StartedAt,
        Snapshot = catalog.Number,
        Skills = catalog.Skills.Length,
        Invalid = catalog.Invalid.Length,
    };
}
