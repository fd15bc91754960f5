using ClawGrains.Contracts;
using ClawGrains.Sandbox.Execution;

namespace ClawGrains.Sandbox.Tools;

/// <summary>A plugin's call of another tool of the host.</summary>
/// <param name="Tenant">As whom the tool runs.</param>
/// <param name="Plugin">Who calls.</param>
/// <param name="Name">The tool's name, which the plugin's permissions name.</param>
/// <param name="Arguments">A JSON object.</param>
public sealed record HostToolCall(TenantId Tenant, PluginId Plugin, string Name, string Arguments);

/// <summary>
/// Runs a tool for a plugin. The result is JSON. Errors: NotFound, InvalidArguments, ResourceExhausted, and every other
/// kind for a tool that failed. Must end when <paramref name="cancellationToken"/> is cancelled: the plugin's time is over.
/// </summary>
public delegate Task<HostResult<string>> HostToolCaller(HostToolCall call, CancellationToken cancellationToken);
