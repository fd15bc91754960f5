using ClawGrains.Contracts;
using ClawGrains.Interfaces;
using ClawGrains.Sandbox.Execution;
using Orleans.Concurrency;

namespace ClawGrains.Grains.Plugins;

/// <summary>Hands calls to the silo's runtime. Keeps nothing, so there can be any number of it.</summary>
[StatelessWorker, Reentrant]
internal sealed class PluginGrain(PluginHost host, PluginResolver resolver) : Grain, IPluginGrain
{
    private TenantId _tenant;
    private PluginId _id;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var key = this.GetPrimaryKeyString();
        (_tenant, _id) = (GrainKeys.TenantOf(key), new PluginId(GrainKeys.NameOf(key)));
        return Task.CompletedTask;
    }

    public async Task<PluginCallResult> CallToolAsync(string tool, string argumentsJson, CancellationToken cancellationToken)
    {
        if (host.WhyOff is { } off) return Failed(PluginFailure.Of(off));
        var plugin = await resolver.GetAsync(_tenant, _id);
        if (plugin.Program is not { } program) return Failed(plugin.Failure!);
        return Answer(await host.Runtime.ExecuteToolAsync(program, _tenant, (tool, argumentsJson), cancellationToken));
    }

    private static PluginCallResult Answer(PluginOutcome outcome) => new()
    {
        Result = outcome.Result,
        ToolError = outcome.ToolError,
        Failure = outcome.Error is { } error ? PluginFailure.Of(error) : null,
        FuelUsed = outcome.FuelUsed,
        Duration = outcome.Duration,
    };

    private static PluginCallResult Failed(PluginFailure failure) => new() { Failure = failure };
}
