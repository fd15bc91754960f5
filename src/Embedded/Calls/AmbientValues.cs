using ClawGrains.Embedded.Copying;

namespace ClawGrains.Embedded.Calls;

/// <summary>Where <see cref="Orleans.Runtime.RequestContext"/> keeps its values. A set is never changed once it is here.</summary>
internal static class AmbientValues
{
    private static readonly AsyncLocal<Dictionary<string, object>?> Slot = new();

    internal static Dictionary<string, object>? Current { get => Slot.Value; set => Slot.Value = value; }

    /// <summary>A copy of the values, for a call.</summary>
    internal static Dictionary<string, object>? Export()
    {
        if (Slot.Value is not { Count: > 0 } values)
            return null;
        var copy = new Dictionary<string, object>(values.Count);
        foreach (var (key, value) in values)
            copy[key] = DeepCopy.Of(value)!;
        return copy;
    }
}
