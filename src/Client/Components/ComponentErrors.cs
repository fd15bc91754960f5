using ClawGrains.Client.Wasm;
using ClawGrains.Components;

namespace ClawGrains.Client.Components;

/// <summary>Why a component was refused, in the words of a report.</summary>
internal static class ComponentErrors
{
    public static RunError Describe(ComponentException e) => e.Kind switch
    {
        ComponentErrorKind.Malformed => new("malformed", $"not a component: {e.Message}"),
        ComponentErrorKind.Invalid => new("invalid", $"not valid: {e.Message}"),
        ComponentErrorKind.Unsupported => new("unsupported", e.Message),
        ComponentErrorKind.Link => new("unlinkable", $"can't be instantiated: {e.Message}"),
        _ => new("usage", e.Message),
    };
}
