using System.Collections.Concurrent;
using System.Linq.Expressions;
using ClawGrains.Components.Linking;
using ClawGrains.Components.Types;

namespace ClawGrains.Components.Abi;

/// <summary>
/// <see cref="Marshaller"/>'s counterpart: compiles a guest's calls of .NET delegates over scalars, strings and byte
/// lists into one core function. Compiled once per delegate type and shape; other functions take the general path.
/// </summary>
internal static class HostMarshaller
{
    /// <summary>Delegates of .NET's own have no more parameters.</summary>
    private const int MaxParameters = 16;
    private static readonly ConcurrentDictionary<(Type, string), Func<HostFastCall, Delegate>> Compiled = new();

    /// <summary>The core function as a delegate, or null when the general path is needed.</summary>
    public static Delegate? TryCompile(FuncInst callee, CanonicalOptions options, Signature signature, ComponentFrame caller)
    {
        if (callee is not HostFunc { Clr: { } clr } host || options.IsAsync || signature.ParamsTuple is not null) return null;
        var (type, core) = (signature.Type, Flattening.Lower(signature.Type));
        if (core.Params.Length > MaxParameters || !Fits(type, clr)) return null;
        var key = string.Join(',', type.Params.Append(type.Result).Select(t => t?.Describe));
        var delegateType = clr.Implementation.GetType();
        var factory = Compiled.GetOrAdd((delegateType, key), _ => Compile(type, core, delegateType, clr.TakesCall));
        return factory(new HostFastCall(caller, new CanonicalContext(options, caller.State, caller.Resource), host));
    }

    private static bool Fits(FuncType type, ClrFunction clr) =>
        type.Params.Select(Marshaller.ClrType).SequenceEqual(clr.Parameters) && (type.Result is null || Marshaller.ClrType(type.Result) == clr.ReturnType);

    private static Func<HostFastCall, Delegate> Compile(FuncType type, CoreFuncType core, Type delegateType, bool takesCall)
    {
        var call = Expression.Parameter(typeof(HostFastCall), "call");
        var flat = core.Params.Select((p, i) => Expression.Parameter(Marshaller.CoreClrType(p), $"p{i}")).ToArray();
        var arguments = new List<Expression>();
        if (takesCall) arguments.Add(Expression.Property(call, nameof(HostFastCall.HostCall)));
        var at = 0;
        foreach (var parameter in type.Params)
        {
            arguments.Add(Lift(call, flat.AsSpan(at), Marshaller.ClrType(parameter)!));
            at += parameter.Flat!.Length;
        }
        // Arguments of a call are evaluated after its target, which is why entering is a statement of its own.
        var result = Expression.Invoke(Expression.Convert(Expression.Property(call, nameof(HostFastCall.Implementation)), delegateType), arguments);
        var body = Expression.Block(Expression.Call(call, nameof(HostFastCall.Enter), null), Lower(call, type.Result, result, flat));
        var types = core.Params.Concat(core.Results).Select(Marshaller.CoreClrType).ToArray();
        var inner = Expression.Lambda(core.Results.Length == 0 ? Expression.GetActionType(types) : Expression.GetFuncType(types), body, flat);
        return Expression.Lambda<Func<HostFastCall, Delegate>>(Expression.Convert(inner, typeof(Delegate)), call).Compile();
    }

    private static Expression Lift(ParameterExpression call, ReadOnlySpan<ParameterExpression> flat, Type target)
    {
        if (target == typeof(string)) return Expression.Call(call, nameof(HostFastCall.LiftString), null, flat[0], flat[1]);
        if (target == typeof(byte[])) return Expression.Call(call, nameof(HostFastCall.LiftBytes), null, flat[0], flat[1]);
        return Marshaller.LiftScalar(flat[0], target);
    }

    private static Expression Lower(ParameterExpression call, ValType? type, Expression result, ParameterExpression[] flat)
    {
        if (type is null) return result.Type == typeof(void) ? result : Expression.Block(typeof(void), result);
        if (result.Type == typeof(string)) return Expression.Call(call, nameof(HostFastCall.StoreString), null, flat[^1], result);
        if (result.Type == typeof(byte[])) return Expression.Call(call, nameof(HostFastCall.StoreBytes), null, flat[^1], result);
        var value = Expression.Variable(result.Type, "value");
        return Expression.Block([value], Expression.Assign(value, result), Marshaller.LowerScalar(value));
    }
}
