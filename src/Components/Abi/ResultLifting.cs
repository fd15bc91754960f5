using System.Linq.Expressions;
using ClawGrains.Components.Linking;
using ClawGrains.Components.Types;

namespace ClawGrains.Components.Abi;

/// <summary>
/// Expressions that lift what a function returns through memory: results, options and tuples, nested as they may be, of
/// the types that <see cref="Marshaller"/> knows.
/// </summary>
internal static class ResultLifting
{
    private const int MaxTuple = 7;

    /// <summary>Whether the .NET type can be made of the type without value objects.</summary>
    public static bool Fits(ValType type, Type clr) => type switch
    {
        ResultType r => ClrTypes.IsResult(clr) && Side(r.Ok, clr.GetGenericArguments()[0]) && Side(r.Error, clr.GetGenericArguments()[1]),
        OptionType o when ClrTypes.IsOption(clr) => Fits(o.Type, clr.GetGenericArguments()[0]),
        OptionType { Type: OptionType } => false,
        OptionType o when Nullable.GetUnderlyingType(clr) is { } payload => Fits(o.Type, payload),
        OptionType o => !clr.IsValueType && Fits(o.Type, clr),
        TupleType t => clr.IsGenericType && clr.IsValueType && clr.Name.StartsWith("ValueTuple`", StringComparison.Ordinal) && Items(t, clr.GetGenericArguments()),
        _ => Marshaller.ClrType(type) == clr,
    };

    private static bool Side(ValType? type, Type clr) => type is null ? clr == typeof(Unit) : Fits(type, clr);

    private static bool Items(TupleType type, Type[] clr) =>
        clr.Length == type.Types.Length && clr.Length <= MaxTuple && type.Types.Zip(clr, Fits).All(fits => fits);

    /// <summary>The value at an address that was checked for the whole of the result.</summary>
    public static Expression Load(ParameterExpression call, Expression at, ValType type, Type clr)
    {
        switch (type)
        {
            case ResultType r: return Cases(call, at, (VariantType)type.Despecialized, [Case(call, at, type, clr, "Ok", r.Ok), Case(call, at, type, clr, "Fail", r.Error)]);
            case OptionType o: return Cases(call, at, (VariantType)type.Despecialized, [Expression.Default(clr), Some(call, at, o, clr)]);
            case TupleType t:
                var offsets = ((RecordType)t.Despecialized).Offsets;
                var items = clr.GetGenericArguments();
                return Expression.New(clr.GetConstructor(items)!, items.Select((item, i) => Load(call, Offset(at, offsets[i]), t.Types[i], item)));
            default: return Plain(call, at, type, clr);
        }
    }

    private static Expression Offset(Expression at, uint offset) => Expression.Add(at, Expression.Constant(offset));

    private static Expression Payload(ParameterExpression call, Expression at, ValType variant, ValType type, Type clr) =>
        Load(call, Offset(at, ((VariantType)variant.Despecialized).PayloadOffset), type, clr);

    private static ConditionalExpression Cases(ParameterExpression call, Expression at, VariantType variant, Expression[] cases)
    {
        var index = Expression.Call(call, nameof(FastCall.LoadCase), null, at, Expression.Constant((uint)variant.Cases.Length));
        return Expression.Condition(Expression.Equal(index, Expression.Constant(0u)), cases[0], cases[1]);
    }

    private static MethodCallExpression Case(ParameterExpression call, Expression at, ValType variant, Type clr, string make, ValType? side)
    {
        var parameter = clr.GetMethod(make)!.GetParameters()[0].ParameterType;
        return Expression.Call(clr, make, null, side is null ? Expression.Default(parameter) : Payload(call, at, variant, side, parameter));
    }

    private static Expression Some(ParameterExpression call, Expression at, OptionType type, Type clr)
    {
        if (ClrTypes.IsOption(clr)) return Expression.Call(clr, "Some", null, Payload(call, at, type, type.Type, clr.GetGenericArguments()[0]));
        return Expression.Convert(Payload(call, at, type, type.Type, Nullable.GetUnderlyingType(clr) ?? clr), clr);
    }

    private static Expression Plain(ParameterExpression call, Expression at, ValType type, Type clr)
    {
        if (clr == typeof(string)) return Expression.Call(call, nameof(FastCall.LiftString), null, at);
        if (clr == typeof(byte[])) return Expression.Call(call, nameof(FastCall.LiftBytes), null, at);
        var load = (type.Flat![0], type.Size) switch
        {
            (CoreValType.I32, 1) => nameof(FastCall.Load8),
            (CoreValType.I32, 2) => nameof(FastCall.Load16),
            (CoreValType.I32, _) => nameof(FastCall.Load32),
            (CoreValType.I64, _) => nameof(FastCall.Load64),
            (CoreValType.F32, _) => nameof(FastCall.LoadF32),
            _ => nameof(FastCall.LoadF64),
        };
        return Marshaller.LiftScalar(Expression.Call(call, load, null, at), clr);
    }
}
