using ClawGrains.Wasm.Compilation;
using ClawGrains.Wasm.Runtime;

namespace ClawGrains.Wasm;

/// <summary>A host function for types known only at run time. It fills <paramref name="results"/>, whose kinds must fit the type.</summary>
public delegate void HostFunction(Caller caller, ReadOnlySpan<Value> arguments, Span<Value> results);

/// <summary>A guest or host function of one store.</summary>
public sealed unsafe class Function : Extern
{
    /// <summary>Where the address of the code is found; the code of a guest's function may be replaced once it is compiled.</summary>
    internal readonly nint* Slot;

    /// <summary>The instance, or the <see cref="HostTarget"/>, that the code takes as its last argument.</summary>
    internal readonly object Target;

    internal readonly Signature Signature;

    internal readonly StoreState State;

    /// <summary>The canonical number of the type, compared by indirect calls.</summary>
    internal readonly int TypeId;

    /// <summary>The function's index among those its module defines.</summary>
    internal readonly int Index;

    /// <summary>Fuel that the caller takes for it, since it takes none itself. 0 for all but a guest's simplest.</summary>
    internal readonly long Prepaid;

    internal Function(Store store, Signature signature, nint* slot, object target, int index, long prepaid = 0) : base(store)
    {
        Prepaid = prepaid;
        Signature = signature;
        Slot = slot;
        Target = target;
        State = store.State;
        TypeId = signature.Id;
        Index = index;
    }

    /// <summary>Parameters and results.</summary>
    public FunctionType Type => Signature.Type;

    /// <inheritdoc/>
    public override ExternType ExternType => Type;

    /// <summary>
    /// Calls without knowing the type at compile time. Throws <see cref="ArgumentException"/> when the lists don't fit
    /// the type, <see cref="TrapException"/> on a trap, and whatever a host function threw, unchanged.
    /// </summary>
    public void Call(ReadOnlySpan<Value> arguments, Span<Value> results)
    {
        if (results.Length != Type.Results.Length)
            throw new ArgumentException($"The function has {Type.Results.Length} results; room for {results.Length} was given.", nameof(results));
        Marshalling.Check(arguments, Type.Parameters.AsSpan(), Store, "argument");
        Signature.Invoker(this, ref System.Runtime.InteropServices.MemoryMarshal.GetReference(arguments), ref System.Runtime.InteropServices.MemoryMarshal.GetReference(results));
    }

    /// <summary><see cref="Call(ReadOnlySpan{Value}, Span{Value})"/> with a new array for the results.</summary>
    public Value[] Call(params ReadOnlySpan<Value> arguments)
    {
        var results = new Value[Type.Results.Length];
        Call(arguments, results);
        return results;
    }

    /// <summary>
    /// The function as a delegate whose signature fits: <c>int</c>/<c>uint</c> for i32, <c>long</c>/<c>ulong</c> for i64,
    /// <c>float</c>, <c>double</c>, <c>Vector128&lt;byte&gt;</c>, <see cref="Function"/> for funcref, <c>object</c> for
    /// externref; several results are a <c>ValueTuple</c>. No boxing; keep the delegate, making it is the slow part.
    /// Throws <see cref="ArgumentException"/> when the signature doesn't fit.
    /// </summary>
    public T ToDelegate<T>() where T : Delegate => (T)Store.Engine.Delegates.Guest(this, typeof(T));

    /// <summary>
    /// A host function from a delegate, by the type rules of <see cref="ToDelegate{T}"/>; a first parameter of type
    /// <see cref="Caller"/> gets the caller. Exceptions it throws pass through the guest's frames unchanged.
    /// </summary>
    public static Function FromDelegate(Store store, Delegate implementation) => store.Engine.Delegates.Host(store, implementation);

    /// <summary>A host function of a type known only at run time.</summary>
    public static Function FromUntyped(Store store, FunctionType type, HostFunction implementation)
    {
        var signature = store.Engine.Signatures.Get(type);
        store.State.EnsureResults(type.Results.Length);
        return HostTarget.Create(store, signature, store.Engine.CodeCells.For(signature.HostAdapter), implementation, usesCaller: true);
    }
}

/// <summary>
/// Who called a host function: the instance that imported it. Without an instance (called by the host, or through a
/// table that the host filled) the lookups find nothing.
/// </summary>
public readonly struct Caller
{
    private readonly HostTarget target;

    internal Caller(HostTarget target) => this.target = target;

    /// <summary>The store of the call.</summary>
    public Store Store => target.Store;

    /// <summary>The instance that imported the function, or null.</summary>
    public Instance? Instance => target.Importer;

    /// <summary>The caller's export of that name as a memory, or null.</summary>
    public Memory? GetMemory(string name = "memory") => Instance?.Find(name) as Memory;

    /// <summary>The caller's export of that name as a function, or null.</summary>
    public Function? GetFunction(string name) => Instance?.Find(name) as Function;
}
