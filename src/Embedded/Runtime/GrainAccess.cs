using Orleans;
using Orleans.Runtime;

namespace ClawGrains.Embedded.Runtime;

/// <summary>From a grain to the runtime behind it.</summary>
internal static class GrainAccess
{
    internal static Activation Activation(this IGrainBase grain) => grain.GrainContext.AsActivation();

    internal static Silo Silo(this IGrainBase grain) => grain.Activation().Silo;

    internal static Activation AsActivation(this IGrainContext context) => context as Activation
        ?? throw new InvalidOperationException($"{context?.GetType().FullName ?? "null"} is not an activation of the embedded grain runtime.");
}
