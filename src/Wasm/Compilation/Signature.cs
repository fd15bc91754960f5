using System.Runtime.Intrinsics;

namespace ClawGrains.Wasm.Compilation;

/// <summary>
/// A function type made canonical within an engine: equal types have one signature and one number, which is what an
/// indirect call compares. Compiled functions take the parameters, then the depth, then the instance (or host target).
/// </summary>
internal sealed class Signature
{
    private readonly Lock gate = new();
    private CompiledMethod? stub;
    private CompiledMethod? hostAdapter;
    private Invoker? invoker;

    public Signature(int id, FunctionType type, bool metered)
    {
        Id = id;
        Metered = metered;
        Type = type;
        Arguments = [.. type.Parameters.Select(Clr), typeof(int), typeof(object)];
        Return = type.Results.Length == 0 ? typeof(void) : Clr(type.Results[0]);
    }

    public int Id { get; }

    public FunctionType Type { get; }

    /// <summary>Whether functions of the engine count fuel.</summary>
    public bool Metered { get; }

    public Type[] Arguments { get; }

    public Type Return { get; }

    public int DepthArgument => Type.Parameters.Length;

    public int TargetArgument => Type.Parameters.Length + 1;

    /// <summary>Compiles the function it is called for, then calls it.</summary>
    public nint Stub
    {
        get
        {
            lock (gate) return (stub ??= Stubs.Lazy(this)).Pointer;
        }
    }

    /// <summary>Calls an untyped host function.</summary>
    public nint HostAdapter
    {
        get
        {
            lock (gate) return (hostAdapter ??= Stubs.Untyped(this)).Pointer;
        }
    }

    /// <summary>Calls a function with untyped values.</summary>
    public Invoker Invoker
    {
        get
        {
            if (invoker is not null) return invoker;
            lock (gate) return invoker ??= Stubs.Invoker(this);
        }
    }

    public static Type Clr(ValueKind kind) => kind switch
    {
        ValueKind.I32 => typeof(int),
        ValueKind.I64 => typeof(long),
        ValueKind.F32 => typeof(float),
        ValueKind.F64 => typeof(double),
        ValueKind.V128 => typeof(Vector128<byte>),
        _ => typeof(object),
    };
}

/// <summary>Calls a function with <paramref name="arguments"/> and <paramref name="results"/> pointing to the first of each.</summary>
internal delegate void Invoker(Function function, ref Value arguments, ref Value results);
