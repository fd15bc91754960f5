using Orleans.Runtime;
using Orleans.Storage;

namespace ClawGrains.Embedded.Storage;

internal static class Conflicts
{
    internal static InconsistentStateException Of(GrainId grain, string name, string? stored, string? current) =>
        new($"The state '{name}' of {grain} was changed since this activation read it.", stored ?? "none", current ?? "none");
}
