using System.Collections.Concurrent;
using System.Net;
using ClawGrains.Contracts;
using ClawGrains.Sandbox.Audit;
using ClawGrains.Sandbox.Execution;
using ClawGrains.Sandbox.Http;
using ClawGrains.Sandbox.Lifecycle;
using ClawGrains.Sandbox.Logging;
using ClawGrains.Sandbox.Manifest;
using ClawGrains.Sandbox.Packages;
using ClawGrains.Sandbox.Scheduling;
using ClawGrains.Sandbox.State;
using ClawGrains.Sandbox.Tools;
using Microsoft.Extensions.Logging;

namespace ClawGrains.Grains.Plugins;

/// <summary>
/// What the grains of one silo share: the runtime that guests run on, the audit and the stores. Opened when it is first
/// used, so that a host without plugins pays nothing; disposing it writes what the audit still holds.
/// </summary>
public sealed partial class PluginHost : IAsyncDisposable
{
    private readonly PluginHostOptions _options;
    private readonly PluginPaths _paths;
    private readonly TimeProvider _time;
    private readonly ILogger<PluginHost> _logger;
    private readonly IGrainFactory? _grains;
    private readonly Lazy<SqliteAuditStore> _audit;
    private readonly Lazy<PluginRuntime> _runtime;
    private readonly Lazy<SqliteStateStore> _state;
    private readonly Lazy<Task<ManifestReader>> _manifests = new(() => ManifestReader.CreateAsync());
    private readonly ConcurrentDictionary<TenantId, string> _workspaces = new();

    /// <param name="options">What plugins run with.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Gets plugins' messages.</param>
    /// <param name="grains">Reaches the tools that plugins call; null offers none.</param>
    public PluginHost(PluginHostOptions options, TimeProvider time, ILogger<PluginHost> logger, IGrainFactory? grains = null)
    {
        (_options, _paths, _time, _logger, _grains) = (options, new PluginPaths(options), time, logger, grains);
        _audit = new(OpenAudit);
        _state = new(() => SqliteStateStore.Open(_paths.State));
        _runtime = new(OpenRuntime);
    }

    /// <summary>The settings in force.</summary>
    public PluginSettings Settings => _options.Settings();

    /// <summary>What plugins did and what was done to them, of all tenants.</summary>
    public IAuditStore Audit => _audit.Value;

    /// <summary>Runs guests.</summary>
    public PluginRuntime Runtime => _runtime.Value;

    /// <summary>Reads manifests.</summary>
    public Task<ManifestReader> ManifestsAsync() => _manifests.Value;

    /// <summary>Why plugins can't be used; null where they are turned on.</summary>
    public PluginError? WhyOff => Settings.Enabled ? null : new PluginError(PluginErrorKind.PermissionDenied,
        "plugins are turned off. Turn them on with `claw config set plugins.enabled true`, or for one run with `--enable-plugins`");

    /// <summary>Lets go of what a plugin kept between calls.</summary>
    internal async Task ForgetStateAsync(TenantId tenant, PluginId plugin)
    {
        if (File.Exists(_paths.State)) await _state.Value.ForgetAsync(new StateOwner(tenant, plugin), CancellationToken.None);
    }

    /// <summary>The lock file of a tenant.</summary>
    internal string LockFile(TenantId tenant) => _paths.LockFile(tenant);

    /// <summary>Where the tools of a tenant's packages are written down.</summary>
    internal string Tools(TenantId tenant) => _paths.Tools(tenant);

    /// <summary>The directory of a package's files.</summary>
    internal string PackageDirectory(TenantId tenant, string package) => Path.Combine(_paths.Packages(tenant), package);

    /// <summary>Sets the directory that a tenant's plugins work in; null for the usual one.</summary>
    internal void SetWorkspace(TenantId tenant, string? workspace) => _workspaces[tenant] = Made(workspace ?? _paths.Workspace(tenant));

    /// <summary>Opens a tenant's plugins.</summary>
    internal async Task<PluginRegistry> OpenRegistryAsync(TenantId tenant)
    {
        var manifests = await ManifestsAsync();
        var path = LockFile(tenant);
        var registry = await OpenHeldAsync(tenant, path, manifests);
        await registry.RecoverAsync();
        return registry;
    }

    // Opening the store clears away what a crash left unfinished, and must not see what another process is writing.
    private async Task<PluginRegistry> OpenHeldAsync(TenantId tenant, string path, ManifestReader manifests)
    {
        using var held = await new LockFile(path).HoldAsync(TimeSpan.FromSeconds(30), _time);
        return new PluginRegistry(tenant, path, new PluginRegistryOptions
        {
            Store = new PackageStore(_paths.Packages(tenant)),
            Audit = Audit,
            Manifests = manifests,
            Load = component => Runtime.Load(component),
            Admit = manifest => Settings.Capabilities.Check(manifest),
            Scanning = () => Settings.Scanning,
            Limits = Settings.Packages,
            Time = _time,
        });
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_runtime.IsValueCreated) _runtime.Value.Dispose();
        if (_state.IsValueCreated) await _state.Value.DisposeAsync();
        if (_audit.IsValueCreated) await _audit.Value.DisposeAsync();
    }

    private SqliteAuditStore OpenAudit()
    {
        Directory.CreateDirectory(_options.DataDirectory);
        return SqliteAuditStore.Open(_paths.Audit, _time);
    }

    private PluginRuntime OpenRuntime()
    {
        var settings = Settings;
        var options = new PluginRuntimeOptions
        {
            Audit = Audit,
            Workspace = WorkspaceOf,
            Http = new GuardedHttpOptions { PermittedPrivate = [.. settings.PrivateAddresses.Select(IPEndPoint.Parse)] },
            Log = _options.Log ?? Log,
            State = _state.Value,
            Secrets = _options.Secrets ?? new FileSecrets(_paths),
            Ceilings = settings.Ceilings,
            Time = _time,
            Tools = _grains is { } grains ? new HostToolCaller(new HostTools(grains).CallAsync) : null,
        };
        return new PluginRuntime(settings.MaxRunning is { } most
            ? options with { Scheduling = new SchedulerLimits { Running = most, RunningPerTenant = Math.Max(1, most * 3 / 4) } }
            : options);
    }

    // Made when it is told, which is asked for again every second: looking at the disk in each call is dear.
    private string WorkspaceOf(TenantId tenant) => _workspaces.GetOrAdd(tenant, static (t, paths) => Made(paths.Workspace(t)), _paths);

    private static string Made(string workspace)
    {
        Directory.CreateDirectory(workspace);
        return workspace;
    }

    private void Log(GuestLogLine line) => LogGuest(Level(line.Level), line.Tenant.Value, line.Plugin.Value, line.CallId, line.Message);

    private static LogLevel Level(GuestLogLevel level) => level switch
    {
        GuestLogLevel.Error => LogLevel.Error,
        GuestLogLevel.Warning => LogLevel.Warning,
        GuestLogLevel.Information => LogLevel.Information,
        GuestLogLevel.Debug => LogLevel.Debug,
        _ => LogLevel.Trace,
    };

    [LoggerMessage("[{tenant}/{plugin} {call}] {message}")]
    private partial void LogGuest(LogLevel level, string tenant, string plugin, string call, string message);
}
