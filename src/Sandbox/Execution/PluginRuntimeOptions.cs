using ClawGrains.Contracts;
using ClawGrains.Sandbox.Audit;
using ClawGrains.Sandbox.Environment;
using ClawGrains.Sandbox.Http;
using ClawGrains.Sandbox.Limits;
using ClawGrains.Sandbox.Logging;

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

    /// <summary>What no manifest can exceed.</summary>
    public LimitCeilings Ceilings { get; init; } = new();

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Guests that run at once, of all plugins together. Default 4 for each processor.</summary>
    public int MaxRunning { get; init; } = 4 * System.Environment.ProcessorCount;

    private sealed class NoSecrets : ISecretSource
    {
        public ValueTask<string?> GetAsync(TenantId tenant, string name, CancellationToken cancellationToken) => new((string?)null);
    }
}
