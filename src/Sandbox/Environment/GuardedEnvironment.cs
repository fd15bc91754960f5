using ClawGrains.Sandbox.Execution;
using ClawGrains.Sandbox.Permissions;

namespace ClawGrains.Sandbox.Environment;

/// <summary>Gives plugins the variables that were approved, and none for all others: a plugin can't tell the two apart.</summary>
/// <param name="read">The value of a variable, or null; default the process's.</param>
public sealed class GuardedEnvironment(Func<string, string?>? read = null)
{
    private readonly Func<string, string?> _read = read ?? System.Environment.GetEnvironmentVariable;

    /// <summary>The value, null where it is unset; an error, for the audit alone, where it is not permitted.</summary>
    public HostResult<string?> Get(CallScope scope, string name) =>
        scope.Permissions.Environment.IsEmpty ? HostResult<string?>.Deny(Denials.NoEnvironment)
        : EnvironmentRules.Permits(scope.Permissions.Environment, name) ? HostResult<string?>.Ok(_read(name))
        : HostResult<string?>.Deny(Denials.Variable);
}
