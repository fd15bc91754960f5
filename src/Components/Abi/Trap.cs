using System.Diagnostics.CodeAnalysis;

namespace ClawGrains.Components.Abi;

/// <summary>The one way in which the canonical ABI fails: CanonicalABI.md's <c>trap_if</c>.</summary>
internal static class Trap
{
    public static void If([DoesNotReturnIf(true)] bool condition, string message)
    {
        if (condition) throw new ComponentTrapException(message);
    }

    public static ComponentTrapException Because(string message) => new(message);
}
