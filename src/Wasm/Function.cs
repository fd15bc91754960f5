namespace ClawGrains.Wasm;

/// <summary>A host function for types known only at run time. It fills <paramref name="results"/>, whose kinds must fit the type.</summary>
public delegate void HostFunction(Caller caller, ReadOnlySpan<Value> arguments, Span<Value> results);

/// <summary>A guest or host function of one store.</summary>
public sealed class Function : Extern
{
    internal Function(Store store) : base(store) { }

    /// <summary>Parameters and results.</summary>
    public FunctionType Type => throw new NotImplementedException();

    /// <inheritdoc/>
    public override ExternType ExternType => Type;

    /// <summary>
    /// Calls without knowing the type at compile time. Throws <see cref="ArgumentException"/> when the lists don't fit
    /// the type, <see cref="TrapException"/> on a trap, and whatever a host function threw, unchanged.
    /// </summary>
    public void Call(ReadOnlySpan<Value> arguments, Span<Value> results) => throw new NotImplementedException();

    /// <summary><see cref="Call(ReadOnlySpan{Value}, Span{Value})"/> with a new array for the results.</summary>
    public Value[] Call(params ReadOnlySpan<Value> arguments) => throw new NotImplementedException();

    /// <summary>
    /// The function as a delegate whose signature fits: <c>int</c>/<c>uint</c> for i32, <c>long</c>/<c>ulong</c> for i64,
    /// <c>float</c>, <c>double</c>, <c>Vector128&lt;byte&gt;</c>, <see cref="Function"/> for funcref, <c>object</c> for
    /// externref; several results are a <c>ValueTuple</c>. No boxing; keep the delegate, making it is the slow part.
    /// Throws <see cref="ArgumentException"/> when the signature doesn't fit.
    /// </summary>
    public T ToDelegate<T>() where T : Delegate => throw new NotImplementedException();

    /// <summary>
    /// A host function from a delegate, by the type rules of <see cref="ToDelegate{T}"/>; a first parameter of type
    /// <see cref="Caller"/> gets the caller. Exceptions it throws pass through the guest's frames unchanged.
    /// </summary>
    public static Function FromDelegate(Store store, Delegate implementation) => throw new NotImplementedException();

    /// <summary>A host function of a type known only at run time.</summary>
    public static Function FromUntyped(Store store, FunctionType type, HostFunction implementation) => throw new NotImplementedException();
}

/// <summary>
/// Who called a host function: the instance that imported it. Without an instance (called by the host, or through a
/// table that the host filled) the lookups find nothing.
/// </summary>
public readonly struct Caller
{
    /// <summary>The store of the call.</summary>
    public Store Store => throw new NotImplementedException();

    /// <summary>The instance that imported the function, or null.</summary>
    public Instance? Instance => throw new NotImplementedException();

    /// <summary>The caller's export of that name as a memory, or null.</summary>
    public Memory? GetMemory(string name = "memory") => Instance?.Find(name) as Memory;

    /// <summary>The caller's export of that name as a function, or null.</summary>
    public Function? GetFunction(string name) => Instance?.Find(name) as Function;
}
