using System.Text;
using ClawGrains.Contracts;
using ClawGrains.Sandbox.Lifecycle;
using ClawGrains.Sandbox.Manifest;
using ClawGrains.Sandbox.Packages;

namespace ClawGrains.Sandbox.Tests.Support;

/// <summary>A registry over a host, and packages of the probe guest.</summary>
internal sealed class Installs(Host host, ManifestReader manifests)
{
    public static PluginId Id { get; } = new("com.example.probe");

    public PackageStore Store { get; } = new(Path.Combine(host.Outside, "packages"));

    public string LockPath => Path.Combine(host.Outside, "plugins.lock.json");

    public static async Task<Installs> OnAsync(Host host) => new(host, await ManifestReader.CreateAsync());

    public PluginRegistry Open() => new(TenantId.Default, LockPath, new PluginRegistryOptions
    {
        Store = Store, Audit = host.Audit, Manifests = manifests, Load = host.Runtime.Load,
    });

    public static PluginPackage Package(string version, string permissions = "{}", byte[]? component = null, string extra = "")
    {
        var manifest = $$"""{"id":"com.example.probe","name":"Probe","version":"{{version}}","wit_package":"clawft:plugin@0.1.0","permissions":{{permissions}}}""";
        return PluginPackage.Of(
        [
            new("clawgrains.plugin.json", Encoding.UTF8.GetBytes(manifest)),
            new("plugin.wasm", component ?? Host.Guest("probe")),
            new("README.md", Encoding.UTF8.GetBytes(extra)),
        ], new PackageLimits());
    }
}
