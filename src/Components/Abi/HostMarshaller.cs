using System.Collections.Concurrent;
using System.Linq.Expressions;
using ClawGrains.Components.Linking;
using ClawGrains.Components.Types;

namespace ClawGrains.Components.Abi;

/// <summary>
/// <see cref="Marshaller"/>'s counterpart: compiles a guest's calls of .NET delegates over the types of
/// <see cref="ClrShape"/> into one core function. Compiled once per delegate type and shape; other functions take the general path.
/// </summary>
internal static class HostMarshaller
{
    /// <summary>Delegates of .NET's own have no more parameters.</summary>
    private const int MaxParameters = 16;
    private static readonly ConcurrentDictionary<(Type, string), Func<HostFastCall, Delegate>> Compiled = new();

    /// <summary>The core function as a delegate, or null when the general path is needed.</summary>
    public static Delegate? TryCompile(FuncInst callee, CanonicalOptions options, Signature signature, ComponentFrame caller)
    {
        if (callee is not HostFunc { Clr: { } clr } host || options.IsAsync) return null;
        var (type, core) = (signature.Type, Flattening.Lower(signature.Type));
        if (core.Params.Length > MaxParameters || !Fits(type, clr)) return null;
        var key = string.Join(',', type.Params.Append(type.Result).Select(ClrShape.Key));
        var delegateType = clr.Implementation.GetType();
        var factory = Compiled.GetOrAdd((delegateType, key), _ => Compile(signature, core, clr));
        return factory(new HostFastCall(caller, new CanonicalContext(options, caller.State, caller.Resource), host));
    }

    private static bool Fits(FuncType type, ClrFunction clr) =>
        type.Params.Length == clr.Parameters.Count() && type.Params.Zip(clr.Parameters, ClrShape.Fits).All(fits => fits)
        && (type.Result is null || ClrShape.Fits(type.Result, clr.ReturnType));

    private static Func<HostFastCall, Delegate> Compile(Signature signature, CoreFuncType core, ClrFunction clr)
    {
        var call = Expression.Parameter(typeof(HostFastCall), "call");
        var flat = core.Params.Select((p, i) => Expression.Parameter(Marshaller.CoreClrType(p), $"p{i}")).ToArray();
        var steps = new List<Expression> { Expression.Call(call, nameof(HostFastCall.Enter), null) };
        var arguments = Arguments(call, flat, signature, clr, steps);
        if (clr.TakesCall) arguments = arguments.Prepend(Expression.Property(call, nameof(HostFastCall.HostCall)));
        // Arguments of a call are evaluated after its target, which is why entering is a statement of its own.
        var result = Expression.Invoke(Expression.Convert(Expression.Property(call, nameof(HostFastCall.Implementation)), clr.Implementation.GetType()), arguments);
        var variables = new List<ParameterExpression>();
        Lower(call, (signature, result), flat, variables, steps);
        var types = core.Params.Concat(core.Results).Select(Marshaller.CoreClrType).ToArray();
        var inner = Expression.Lambda(core.Results.Length == 0 ? Expression.GetActionType(types) : Expression.GetFuncType(types), Expression.Block(variables, steps), flat);
        return Expression.Lambda<Func<HostFastCall, Delegate>>(Expression.Convert(inner, typeof(Delegate)), call).Compile();
    }

    private static IEnumerable<Expression> Arguments(ParameterExpression call, ParameterExpression[] flat, Signature signature, ClrFunction clr, List<Expression> steps)
    {
        var lifting = new ValueLifting(call);
        var (type, targets) = (signature.Type, clr.Parameters.ToArray());
        if (signature.ParamsTuple is null)
        {
            var starts = type.Params.Select((_, i) => type.Params.Take(i).Sum(p => p.Flat!.Length)).ToArray();
            return type.Params.Select((p, i) => lifting.Lift(new FlatPlace(flat, starts[i]), p, targets[i]));
        }
        var tuple = (RecordType)signature.ParamsTuple.Despecialized;
        steps.Add(CheckArea(call, flat[0], signature.ParamsTuple));
        return type.Params.Select((p, i) => lifting.Lift(new MemoryPlace(call, flat[0]).Part(tuple.Offsets[i], 0), p, targets[i]));
    }

    private static MethodCallExpression CheckArea(ParameterExpression call, Expression at, ValType type) =>
        Expression.Call(call, nameof(HostFastCall.CheckArea), null, at, Expression.Constant(type.Alignment), Expression.Constant(type.Size));

    private static void Lower(ParameterExpression call, (Signature Signature, Expression Value) result, ParameterExpression[] flat, List<ParameterExpression> variables, List<Expression> steps)
    {
        if (result.Signature.Type.Result is not { } type)
        {
            steps.Add(result.Value.Type == typeof(void) ? result.Value : Expression.Block(typeof(void), result.Value));
            return;
        }
        var value = Expression.Variable(result.Value.Type, "value");
        variables.Add(value);
        steps.Add(Expression.Assign(value, result.Value));
        if (result.Signature.ResultInMemory)
        {
            steps.Add(CheckArea(call, flat[^1], type));
            steps.Add(new ValueLowering(call).Lower(new MemoryPlace(call, flat[^1]), value, type));
            return;
        }
        var slot = Expression.Variable(Marshaller.CoreClrType(type.Flat![0]), "slot");
        variables.Add(slot);
        steps.Add(new ValueLowering(call).Lower(new FlatPlace([slot]), value, type));
        steps.Add(slot);
    }
}
