using ClawGrains.Wasm;

namespace ClawGrains.Components;

/// <summary>
/// Running guest code ended in a trap: a core trap, a limit of the store, or a broken rule of the canonical ABI.
/// The component instance is dead afterwards: every later call traps at once. Exceptions of host functions are not
/// wrapped; they pass through the guest unchanged, and end the instance all the same.
/// </summary>
public sealed class ComponentTrapException : Exception
{
    internal ComponentTrapException(string message, TrapException? core = null) : base(message, core) => CoreKind = core?.Kind;

    /// <summary>The core engine's reason, or null when the canonical ABI trapped.</summary>
    public TrapKind? CoreKind { get; }
}
