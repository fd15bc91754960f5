using System.Collections.Immutable;
using ClawGrains.Contracts;
using ClawGrains.Sandbox.Http;
using ClawGrains.Sandbox.Limits;
using ClawGrains.Sandbox.Permissions;

namespace ClawGrains.Sandbox.Execution;

/// <summary>The secrets that a host keeps for tenants.</summary>
public interface ISecretSource
{
    /// <summary>The value of a secret, or null where there is none.</summary>
    ValueTask<string?> GetAsync(TenantId tenant, string name, CancellationToken cancellationToken);
}

/// <summary>Whose call it is and what it may use.</summary>
public sealed record CallScope
{
    /// <summary>The tenant.</summary>
    public required TenantId Tenant { get; init; }

    /// <summary>The plugin.</summary>
    public required PluginId Plugin { get; init; }

    /// <summary>Its version.</summary>
    public required PluginVersion Version { get; init; }

    /// <summary>An id of the call.</summary>
    public required string CallId { get; init; }

    /// <summary>What was approved.</summary>
    public required PluginPermissions Permissions { get; init; }

    /// <summary>Within the host's ceilings.</summary>
    public required PluginLimits Limits { get; init; }

    /// <summary>The tenant's workspace, an existing directory.</summary>
    public required string Workspace { get; init; }

    /// <summary>HTTP requests taken by tenant and plugin.</summary>
    public required MinuteBudget HttpBudget { get; init; }

    /// <summary>Log messages taken by tenant and plugin.</summary>
    public required MinuteBudget LogBudget { get; init; }

    /// <summary>Where credentials come from.</summary>
    public required ISecretSource SecretSource { get; init; }

    /// <summary>The plugins that wait for this call, the innermost first.</summary>
    public ImmutableStack<PluginId> Chain { get; init; } = [];

    /// <summary>Blots out the values of the secrets that are bound to the plugin.</summary>
    public SecretScanner Secrets { get; init; } = SecretScanner.None;
}
