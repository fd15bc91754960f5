using System.Collections.Immutable;
using System.Net;
using ClawGrains.Client.Connection;
using ClawGrains.Client.Hosting;
using ClawGrains.Contracts;
using ClawGrains.Interfaces;
using ClawGrains.Sandbox.Audit;
using ClawGrains.Sandbox.Execution;
using ClawGrains.Sandbox.Http;
using ClawGrains.Sandbox.Limits;
using ClawGrains.Sandbox.Manifest;
using ClawGrains.Sandbox.Permissions;
using ClawGrains.Sandbox.Tools;

namespace ClawGrains.Client.Plugins;

/// <summary>What the person at the terminal lets a component do.</summary>
internal sealed record FilePermissions(string[] Network, string[] Read, string[] Write, string[] Environment, string[] PrivateAddresses);

/// <summary>
/// Runs a component from its file, without a manifest and without installing it: in the same sandbox, with the same
/// limits and the same audit, in this process.
/// </summary>
internal sealed class FileRunner : IAsyncDisposable
{
    private readonly Refusals _audit;
    private readonly PluginRuntime _runtime;
    private readonly RunnablePlugin _plugin;

    private FileRunner(Refusals audit, PluginRuntime runtime, RunnablePlugin plugin) =>
        (_audit, _runtime, _plugin) = (audit, runtime, plugin);

    public static async Task<FileRunner> OpenAsync(HostPaths paths, string file, FilePermissions permissions, CancellationToken cancellationToken)
    {
        if (!File.Exists(file)) throw new CommandException($"There is no file {file}.", "not_found");
        var workspace = Workspace(paths.Workspace, [.. permissions.Read, .. permissions.Write]);
        var plugin = RunnablePlugin.Of(Manifest(file), await File.ReadAllBytesAsync(file, cancellationToken), Approved(permissions, workspace));
        Directory.CreateDirectory(paths.DataDirectory);
        var audit = new Refusals(SqliteAuditStore.Open(SqliteAuditStore.PathIn(paths.DataDirectory), TimeProvider.System));
        return new FileRunner(audit, Runtime(audit, workspace, permissions), plugin);
    }

    /// <summary>What was refused and could be allowed.</summary>
    public IEnumerable<string> Advice => _audit.Advice;

    public Task<ImmutableArray<ToolDefinition>> GetToolsAsync(CancellationToken cancellationToken) =>
        _runtime.GetToolsAsync(_plugin, TenantId.Default, cancellationToken);

    /// <exception cref="PluginException">The host ended or refused the call.</exception>
    public async Task<PluginCallResult> CallAsync((string Tool, string Json) call, CancellationToken cancellationToken)
    {
        var outcome = await _runtime.ExecuteToolAsync(_plugin, TenantId.Default, call, cancellationToken);
        if (outcome.Error is { } error) throw new PluginException(error);
        return new PluginCallResult { Result = outcome.Result, ToolError = outcome.ToolError, FuelUsed = outcome.FuelUsed, Duration = outcome.Duration };
    }

    public ValueTask DisposeAsync()
    {
        _runtime.Dispose();
        return _audit.DisposeAsync();
    }

    private static PluginRuntime Runtime(Refusals audit, string workspace, FilePermissions permissions) => new(new PluginRuntimeOptions
    {
        Audit = audit,
        Workspace = _ => workspace,
        Http = new GuardedHttpOptions { PermittedPrivate = [.. permissions.PrivateAddresses.Select(Address)] },
        Log = line => Console.Error.WriteLine($"{line.Level.ToString().ToLowerInvariant()}: {line.Message}"),
    });

    private static IPEndPoint Address(string text) => IPEndPoint.TryParse(text, out var point) && point.Port != 0
        ? point
        : throw new CommandException($"--allow-private {text}: give IP:PORT, for example 127.0.0.1:8080.", "invalid_arguments");

    private static PluginManifest Manifest(string file)
    {
        var name = string.Concat(Path.GetFileNameWithoutExtension(file).Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-' ? c : '-')).TrimStart('.', '_', '-');
        return new PluginManifest
        {
            Id = new PluginId(name.Length is 0 ? "file" : name[..Math.Min(name.Length, 128)]), Name = name, Version = new PluginVersion(0, 0, 0), Limits = PluginLimits.Default,
        };
    }

    private static PluginPermissions Approved(FilePermissions permissions, string workspace)
    {
        foreach (var host in permissions.Network)
            if (!NetworkPattern.TryParse(host, out _)) throw new CommandException($"--allow-net {host}: give a host such as api.example.com, *.example.com or api.example.com:8443.", "invalid_arguments");
        foreach (var name in permissions.Environment)
            if (name.Length == 0 || name.Any(c => c == '=' || char.IsControl(c))) throw new CommandException($"--allow-env {name}: give the name of a variable, such as LANG, without a value.", "invalid_arguments");
        return new PluginPermissions
        {
            Network = [.. permissions.Network],
            Filesystem = [.. permissions.Write.Select(p => Inside(workspace, p)), .. permissions.Read.Except(permissions.Write).Select(p => Inside(workspace, p) + ":ro")],
            Environment = [.. permissions.Environment],
        };
    }

    // Paths of a component are those of the workspace; where one was allowed that lies elsewhere, of the whole machine.
    private static string Workspace(string workspace, string[] paths) =>
        paths.All(p => (Path.GetFullPath(p, workspace) + "/").StartsWith(workspace.TrimEnd('/') + "/", StringComparison.Ordinal)) ? workspace : "/";

    private static string Inside(string workspace, string path) => Path.GetRelativePath(workspace, Path.GetFullPath(path, Environment.CurrentDirectory));
}
