using ClawGrains.Components;
using ClawGrains.Components.Wasi;
using ClawGrains.Contracts;
using ClawGrains.Sandbox.Limits;
using ClawGrains.Wasm;

namespace ClawGrains.Sandbox.Execution;

/// <summary>Tells how a guest ended in the terms of <see cref="PluginError"/>.</summary>
internal static class Endings
{
    /// <summary>The error of an exception that ended a guest; null where it is no guest's or user's doing.</summary>
    public static PluginError? Of(Exception e, PluginLimits limits, bool cancelledByCaller) => e switch
    {
        ComponentTrapException { CoreKind: TrapKind.OutOfFuel } => Exhausted(ExhaustedResource.Fuel, $"fuel: all {limits.Fuel} of the call are used"),
        ComponentTrapException { CoreKind: TrapKind.GrowthRefused } => Exhausted(ExhaustedResource.Memory, $"memory: at most {limits.MemoryMegabytes} MB and {limits.TableElements} table elements"),
        ComponentTrapException { CoreKind: TrapKind.Interrupted } or OperationCanceledException => cancelledByCaller
            ? new PluginError(PluginErrorKind.Cancelled, "the caller cancelled")
            : Exhausted(ExhaustedResource.Time, $"time: at most {limits.Time.TotalSeconds:0.###} s"),
        ComponentTrapException trap => new PluginError(PluginErrorKind.Trap, $"the plugin trapped: {trap.Message}"),
        // A memory or table that is too large from its beginning is refused while linking.
        ComponentException { InnerException: LinkException inner } => Exhausted(ExhaustedResource.Memory, $"memory: {inner.Message}"),
        WasiExitException exit => new PluginError(PluginErrorKind.Trap, $"the plugin ended itself: {exit.Message}"),
        ComponentException { Kind: ComponentErrorKind.Link } link => new PluginError(PluginErrorKind.Incompatible, link.Message),
        ComponentException { Kind: ComponentErrorKind.Value } value => new PluginError(PluginErrorKind.InvalidArguments, value.Message),
        ComponentException refused => new PluginError(PluginErrorKind.Incompatible, $"not a component this host runs: {refused.Message}"),
        WasmException refused => new PluginError(PluginErrorKind.Incompatible, $"not a component this host runs: {refused.Message}"),
        _ => null,
    };

    private static PluginError Exhausted(ExhaustedResource resource, string message) =>
        new(PluginErrorKind.ResourceExhausted, $"resource exhausted: {message}", resource);
}
