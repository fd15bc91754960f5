using System.Runtime.CompilerServices;

namespace ClawGrains.Wasm.Runtime;

/// <summary>Identity, whatever a host object's own equality says.</summary>
internal sealed class ReferenceComparer : IEqualityComparer<object?>
{
    public static readonly ReferenceComparer Instance = new();

    bool IEqualityComparer<object?>.Equals(object? left, object? right) => ReferenceEquals(left, right);

    int IEqualityComparer<object?>.GetHashCode(object? value) => RuntimeHelpers.GetHashCode(value);
}
