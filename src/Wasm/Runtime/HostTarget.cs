using ClawGrains.Wasm.Compilation;

namespace ClawGrains.Wasm.Runtime;

/// <summary>What a host function's code takes in place of an instance.</summary>
internal sealed unsafe class HostTarget(Store store, Signature signature, Delegate implementation, bool usesCaller, Instance? importer)
{
    public readonly Store Store = store;
    public readonly StoreState State = store.State;
    public readonly Signature Signature = signature;
    public readonly Delegate Implementation = implementation;
    public readonly bool UsesCaller = usesCaller;
    public readonly Instance? Importer = importer;

    public static Function Create(Store store, Signature signature, nint* slot, Delegate implementation, bool usesCaller) =>
        new(store, signature, slot, new HostTarget(store, signature, implementation, usesCaller, null), 0);

    /// <summary>The function as <paramref name="importer"/> gets it: itself, or knowing its caller.</summary>
    public static Function Bind(Function function, Instance importer)
    {
        if (function.Target is not HostTarget { UsesCaller: true } target) return function;
        var bound = new HostTarget(target.Store, target.Signature, target.Implementation, true, importer);
        return new Function(function.Store, function.Signature, function.Slot, bound, 0);
    }
}
