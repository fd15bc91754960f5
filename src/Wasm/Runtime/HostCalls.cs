using System.Buffers;

namespace ClawGrains.Wasm.Runtime;

/// <summary>What the adapters of untyped host functions call.</summary>
internal static class HostCalls
{
    public static Value[] Rent(HostTarget target) =>
        ArrayPool<Value>.Shared.Rent(target.Signature.Type.Parameters.Length + target.Signature.Type.Results.Length + 1);

    /// <summary>Calls; the results stand after the arguments.</summary>
    public static void Invoke(HostTarget target, int depth, Value[] values)
    {
        var type = target.Signature.Type;
        var results = values.AsSpan(type.Parameters.Length, type.Results.Length);
        for (var i = 0; i < results.Length; i++) results[i] = Value.Default(type.Results[i]);
        target.State.Depth = depth + 1;
        ((HostFunction)target.Implementation)(new Caller(target), values.AsSpan(0, type.Parameters.Length), results);
        Marshalling.Check(results, type.Results.AsSpan(), target.Store, "result of the host function");
    }

    public static void Return(Value[] values) => ArrayPool<Value>.Shared.Return(values, clearArray: true);
}
