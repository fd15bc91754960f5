using ClawGrains.Contracts;
using ClawGrains.Sandbox.Execution;

namespace ClawGrains.Grains.Plugins;

/// <summary>A tenant's secrets, a file each, without the line break at its end.</summary>
internal sealed class FileSecrets(PluginPaths paths) : ISecretSource
{
    public async ValueTask<string?> GetAsync(TenantId tenant, string name, CancellationToken cancellationToken)
    {
        if (!PluginId.IsValid(name)) return null;
        var file = paths.Secret(tenant, name);
        return File.Exists(file) ? (await File.ReadAllTextAsync(file, cancellationToken)).TrimEnd('\r', '\n') : null;
    }
}
