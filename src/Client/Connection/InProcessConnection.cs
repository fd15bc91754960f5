using System.Collections.Immutable;
using ClawGrains.Client.Api;
using ClawGrains.Client.Hosting;
using ClawGrains.Contracts;
using ClawGrains.Grains.Plugins;
using ClawGrains.Interfaces;
using ClawGrains.Silo.Hosting;
using ClawGrains.Silo.Packages;
using ClawGrains.Silo.Reloading;
using ClawGrains.Skills.Parsing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ClawGrains.Client.Connection;

/// <summary>A host of its own for one command: keeps its state in memory, and ends with the command.</summary>
internal sealed class InProcessConnection : IHostConnection
{
    private readonly IHost _host;
    private readonly GrainConnection _grains;

    private InProcessConnection(IHost host, TenantId tenant)
    {
        _host = host;
        _grains = new GrainConnection(Grains, host.Services.GetRequiredService<SkillStore>(), host.Services.GetRequiredService<PluginHost>(), tenant);
    }

    public string? Url => null;

    /// <summary>The grains of this process.</summary>
    public IClusterClient Grains => _host.Services.GetRequiredService<IClusterClient>();

    /// <summary>Starts it.</summary>
    /// <param name="paths">Where it finds its things.</param>
    /// <param name="watch">Whether files that change while it runs are taken in.</param>
    /// <param name="cancellationToken">Gives up starting.</param>
    /// <param name="enablePlugins">Whether plugins are on whatever the settings say.</param>
    public static async Task<InProcessConnection> StartAsync(HostPaths paths, bool watch, CancellationToken cancellationToken, bool enablePlugins = false)
    {
        // The other core's work while this one starts the silo: the first skill that is read waits for none of it.
        var parser = Task.Run(() => SkillParser.Parse("---\nname: first\ndescription: Read before any.\n---\n"u8.ToArray(), "SKILL.md").ContentHash, CancellationToken.None);
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.AddClawGrainsSilo(new SiloOptions { DataDirectory = paths.DataDirectory, Workspace = paths.Workspace, Ephemeral = true, ReadsOnce = !watch, EnablePlugins = enablePlugins });
        if (watch) builder.Services.AddSkillReloading();
        var host = builder.Build();
        await host.StartWithSiloAsync(cancellationToken);
        await parser;
        return new InProcessConnection(host, TenantId.Default);
    }

    /// <summary>The same host asked as another tenant; one of the two is to be disposed.</summary>
    public InProcessConnection As(TenantId tenant) => new(_host, tenant);

    public Task<CatalogSnapshot> GetCatalogAsync(CancellationToken cancellationToken) => _grains.GetCatalogAsync(cancellationToken);

    public Task<SkillVersion?> GetSkillAsync(string name, CancellationToken cancellationToken) =>
        _grains.GetSkillAsync(name, cancellationToken);

    public IInstallConnection Installs => _grains.Installs;

    public ICommandConnection Commands => _grains.Commands;

    public Task<RemoveReply> RemoveSkillAsync(string name, CancellationToken cancellationToken) =>
        _grains.RemoveSkillAsync(name, cancellationToken);

    public IPluginConnection Plugins(TenantId tenant) => _grains.Plugins(tenant);

    public Task<ReloadReport> ReloadAsync(CancellationToken cancellationToken) => _grains.ReloadAsync(cancellationToken);

    public Task<ImmutableArray<SnapshotInfo>> GetSnapshotsAsync(CancellationToken cancellationToken) => throw NeedsHost();

    public Task<ReloadReport> RollbackAsync(RollbackRequest request, CancellationToken cancellationToken) => throw NeedsHost();

    // Nothing was called here before the command, so nothing drains.
    public Task<ImmutableArray<DrainingVersion>> GetDrainingAsync(CancellationToken cancellationToken) => Task.FromResult(ImmutableArray<DrainingVersion>.Empty);

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        // Writes what the audit still holds, among others.
        if (_host is IAsyncDisposable disposable) await disposable.DisposeAsync();
        else _host.Dispose();
    }

    // Numbers are given by the host that keeps the state; this one forgets them with the command.
    private static CommandException NeedsHost() =>
        new("Snapshots are kept by a running host, and none runs on this data directory. Start one with `claw serve`.", "no_host");
}
