using System.Reflection.Emit;
using System.Runtime.CompilerServices;

namespace ClawGrains.Wasm.Compilation;

/// <summary>A dynamic method and the address of its code, which lives as long as this object.</summary>
internal sealed class CompiledMethod
{
    private readonly DynamicMethod method;
    private readonly CompiledMethod? inner;

    private CompiledMethod(DynamicMethod method, nint pointer, CompiledMethod? inner)
    {
        this.method = method;
        this.inner = inner;
        Pointer = pointer;
    }

    public nint Pointer { get; }

    /// <summary>An empty method in this assembly, with access to its internals.</summary>
    public static DynamicMethod Define(string name, Type returns, Type[] parameters) =>
        new(name, returns, parameters, typeof(CompiledMethod).Module, skipVisibility: true) { InitLocals = false };

    /// <summary>Has the method compiled to machine code now.</summary>
    /// <param name="method">The method.</param>
    /// <param name="inner">A method whose address its code contains, to be kept as long.</param>
    public static CompiledMethod From(DynamicMethod method, CompiledMethod? inner = null)
    {
        var handle = Descriptor(method);
        RuntimeHelpers.PrepareMethod(handle);
        return new CompiledMethod(method, handle.GetFunctionPointer(), inner);
    }

    /// <summary>
    /// A delegate that holds the method's first argument. It calls the code itself, where the runtime would have it call a
    /// jump there; but where results travel in memory the caller provides, that jump also puts two arguments in order.
    /// </summary>
    public Delegate CreateDelegate(Type type, object first)
    {
        var made = method.CreateDelegate(type, first);
        var returns = method.ReturnType;
        if (returns == typeof(void) || returns.IsPrimitive) Code(made) = Pointer;
        return made;
    }

    public override string ToString() => inner?.ToString() ?? method.Name;

    // The only way to a dynamic method's code that needs no delegate type per signature.
    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "GetMethodDescriptor")]
    private static extern RuntimeMethodHandle Descriptor(DynamicMethod method);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_methodPtr")]
    private static extern ref nint Code(Delegate made);
}
