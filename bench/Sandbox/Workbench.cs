using ClawGrains.Contracts;
using ClawGrains.Sandbox.Audit;
using ClawGrains.Sandbox.Execution;
using ClawGrains.Sandbox.Limits;
using ClawGrains.Sandbox.Manifest;
using ClawGrains.Sandbox.Permissions;

namespace ClawGrains.Sandbox.Bench;

/// <summary>A runtime with its audit on disk, and plugins of the repository's guests.</summary>
internal sealed class Workbench : IAsyncDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("clawgrains-bench-").FullName;

    public Workbench(PluginRuntimeOptions? options = null)
    {
        Audit = SqliteAuditStore.Open(Path.Combine(_directory, "audit.db"), TimeProvider.System);
        Runtime = new PluginRuntime((options ?? new PluginRuntimeOptions { Audit = Audit, Workspace = _ => _directory }) with { Audit = Audit, Workspace = _ => _directory });
    }

    public SqliteAuditStore Audit { get; }

    public PluginRuntime Runtime { get; }

    public static string Root { get; } = FindRoot();

    public static RunnablePlugin Plugin(string path, PluginLimits? limits = null, string id = "bench") => RunnablePlugin.Of(
        new PluginManifest { Id = new PluginId(id), Name = id, Version = new PluginVersion(1, 0, 0), Limits = limits ?? PluginLimits.Default },
        File.ReadAllBytes(Path.Combine(Root, path)), PluginPermissions.None);

    public async ValueTask DisposeAsync()
    {
        Runtime.Dispose();
        await Audit.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    private static string FindRoot()
    {
        var at = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(at, "ClawGrains.sln"))) at = Path.GetDirectoryName(at) ?? throw new DirectoryNotFoundException("no ClawGrains.sln above");
        return at;
    }
}
