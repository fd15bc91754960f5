using ClawGrains.Contracts;
using ClawGrains.Sandbox.Audit;
using ClawGrains.Sandbox.Environment;
using ClawGrains.Sandbox.Http;
using ClawGrains.Sandbox.Limits;
using ClawGrains.Sandbox.Logging;
using ClawGrains.Sandbox.Scheduling;
using ClawGrains.Sandbox.State;
using ClawGrains.Sandbox.Tools;

namespace ClawGrains.Sandbox.Execution;

/// <summary>What plugins run with.</summary>
public sealed record PluginRuntimeOptions
{
    /// <summary>Where every host call is recorded.</summary>
    public required IAuditStore Audit { get; init; }

    /// <summary>A tenant's workspace: an existing directory.</summary>
    public required Func<TenantId, string> Workspace { get; init; }

    /// <summary>How requests are sent.</summary>
    public GuardedHttpOptions Http { get; init; } = new();

    /// <summary>Where variables come from.</summary>
    public GuardedEnvironment Environment { get; init; } = new();

    /// <summary>Where plugins' messages go. Default nowhere.</summary>
    public Action<GuestLogLine> Log { get; init; } = static _ => { };

    /// <summary>Where secrets come from. Default: there are none.</summary>
    public ISecretSource Secrets { get; init; } = new NoSecrets();

    /// <summary>Where plugins keep state; null keeps none. Default null.</summary>
    public IPluginStateStore? State { get; init; }

    /// <summary>Runs tools for plugins that are permitted to call them; null offers none. Default null.</summary>
    public HostToolCaller? Tools { get; init; }

    /// <summary>What no manifest can exceed.</summary>
    public LimitCeilings Ceilings { get; init; } = new();

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>How many guests run and wait, over all tenants and plugins.</summary>
    public SchedulerLimits Scheduling { get; init; } = new();

    /// <summary>
    /// Cleaned instances kept for the next call of the same plugin and tenant. A guest can't tell one from a new instance.
    /// Default 128; 0 makes a new one for each call.
    /// </summary>
    public int WarmInstances { get; init; } = 128;

    private sealed class NoSecrets : ISecretSource
    {
        public ValueTask<string?> GetAsync(TenantId tenant, string name, CancellationToken cancellationToken) => new((string?)null);
    }
}
