using ClawGrains.Components.Types;

namespace ClawGrains.Components.Abi;

/// <summary>
/// CanonicalABI.md, "Lifting and Lowering Values": a function's parameters or its result, flat or through memory.
/// The layout of what goes through memory is a tuple's.
/// </summary>
internal static class ParameterLists
{
    public static ComponentValue[] Lift(CanonicalContext cx, ReadOnlySpan<ulong> flat, Signature signature)
    {
        var values = new ComponentValue[signature.Type.Params.Length];
        if (signature.ParamsTuple is not null) return LoadParams(cx, (uint)flat[0], signature.ParamsTuple);
        var reader = new FlatReader(flat);
        for (var i = 0; i < values.Length; i++) values[i] = FlatLifting.Lift(cx, ref reader, signature.Type.Params[i]);
        return values;
    }

    private static ComponentValue[] LoadParams(CanonicalContext cx, uint pointer, TupleType tuple)
    {
        cx.CheckArea(pointer, tuple.Alignment, tuple.Size);
        return (ComponentValue[])Loading.Load(cx, pointer, tuple).Payload!;
    }

    public static ComponentValue? LiftResult(CanonicalContext cx, ReadOnlySpan<ulong> flat, Signature signature)
    {
        if (signature.Type.Result is not { } type) return null;
        if (!signature.ResultInMemory)
        {
            var reader = new FlatReader(flat);
            return FlatLifting.Lift(cx, ref reader, type);
        }
        cx.CheckArea((uint)flat[0], type.Alignment, type.Size);
        return Loading.Load(cx, (uint)flat[0], type);
    }

    /// <summary>Fills the core arguments of a lifted function.</summary>
    public static void Lower(CanonicalContext cx, ReadOnlySpan<ComponentValue> values, Signature signature, Span<ulong> flat)
    {
        if (signature.ParamsTuple is { } tuple)
        {
            var pointer = cx.Allocate(tuple.Alignment, tuple.Size);
            Storing.Store(cx, ComponentValue.Tuple(values.ToArray()), tuple, pointer);
            flat[0] = pointer;
            return;
        }
        var writer = new FlatWriter(flat);
        for (var i = 0; i < values.Length; i++) FlatLowering.Lower(cx, values[i], signature.Type.Params[i], ref writer);
    }

    /// <summary>Lowers a result to the core result, or through the pointer that came as the last core argument.</summary>
    public static void LowerResult(CanonicalContext cx, ComponentValue? value, Signature signature, ReadOnlySpan<ulong> arguments, Span<ulong> results)
    {
        if (signature.Type.Result is not { } type) return;
        var given = value ?? throw ComponentException.Value($"expected a result of type {type.Describe}, found none");
        if (!signature.ResultInMemory)
        {
            var writer = new FlatWriter(results);
            FlatLowering.Lower(cx, given, type, ref writer);
            return;
        }
        var pointer = (uint)arguments[^1];
        cx.CheckArea(pointer, type.Alignment, type.Size);
        Storing.Store(cx, given, type, pointer);
    }
}

/// <summary>A function type with what flattening decides, computed once.</summary>
internal sealed class Signature
{
    private Signature(FuncType type, bool paramsInMemory, bool resultInMemory)
    {
        Type = type;
        ParamsTuple = paramsInMemory ? new TupleType(type.Params) : null;
        ResultInMemory = resultInMemory;
    }

    public FuncType Type { get; }

    public static Signature OfLift(FuncType type) => new(type, Flattening.Params(type) is null, Flattening.Results(type) is null);

    public static Signature OfAsyncLower(FuncType type) =>
        new(type, Flattening.Params(type) is not { Length: <= Flattening.MaxAsyncParams }, resultInMemory: true);

    /// <summary>The parameters as a tuple when they go through memory, else null.</summary>
    public TupleType? ParamsTuple { get; }

    public bool ResultInMemory { get; }
}
