using System.Linq.Expressions;
using System.Reflection;
using ClawGrains.Components.Types;
using ClawGrains.Wasm;

namespace ClawGrains.Components.Abi;

/// <summary>The code of one compiled call of a lifted function, step by step as <c>canon lift</c> has it.</summary>
internal sealed class CallCode(ParameterExpression call, Signature signature, ParameterExpression[] parameters, Type returned)
{
    private readonly List<ParameterExpression> _variables = [];
    private readonly List<Expression> _lowering = [];
    private readonly ValueLowering _lower = new(call);

    private FuncType Type => signature.Type;

    public Expression Body(Type core, Type? postReturn)
    {
        // Before the instance is entered: a null of the host's must not end it.
        var steps = Type.Params.Zip(parameters).Where(p => p.First is not OptionType && !p.Second.Type.IsValueType)
            .Select(p => (Expression)Expression.Call(typeof(FastCall), nameof(FastCall.RequireNotNull), null, p.Second)).ToList();
        steps.Add(Invoke(nameof(FastCall.Enter)));
        var arguments = Arguments();
        if (_lowering.Count > 0) steps.Add(Type.Params.All(IsSure) ? Expression.Block(typeof(void), _lowering) : Forgiving(Expression.Block(typeof(void), _lowering)));
        Run(Expression.Invoke(Expression.Convert(Expression.Property(call, nameof(FastCall.CoreFunction)), core), arguments), postReturn, steps);
        var trap = Expression.Parameter(typeof(TrapException), "trap");
        var wrap = Expression.Throw(Expression.Call(typeof(CallCode).GetMethod(nameof(Wrap), BindingFlags.NonPublic | BindingFlags.Static)!, trap), returned);
        return Expression.Block(Expression.TryCatch(Expression.Block(_variables, steps), Expression.Catch(trap, wrap)));
    }

    private void Run(Expression core, Type? postReturn, List<Expression> steps)
    {
        var (flat, result) = (Variable(core.Type == typeof(void) ? typeof(uint) : core.Type, "flat"), Variable(returned == typeof(void) ? typeof(uint) : returned, "result"));
        steps.Add(Type.Result is null ? core : Expression.Assign(flat, core));
        if (Type.Result is { } type) Lift(type, flat, result, steps);
        if (postReturn is not null)
        {
            steps.Add(Invoke(nameof(FastCall.BeginPostReturn)));
            steps.Add(Expression.Invoke(Expression.Convert(Expression.Property(call, nameof(FastCall.PostReturn)), postReturn), Type.Result is null ? [] : [flat]));
            steps.Add(Invoke(nameof(FastCall.EndPostReturn)));
        }
        steps.Add(Invoke(nameof(FastCall.Leave)));
        if (Type.Result is not null) steps.Add(result);
    }

    private void Lift(ValType type, ParameterExpression flat, ParameterExpression result, List<Expression> steps)
    {
        if (signature.ResultInMemory) steps.Add(Invoke(nameof(FastCall.CheckArea), flat, Expression.Constant(type.Alignment), Expression.Constant(type.Size)));
        Place place = signature.ResultInMemory ? new MemoryPlace(call, flat) : new FlatPlace([flat]);
        steps.Add(Expression.Assign(result, new ValueLifting(call).Lift(place, type, returned)));
    }

    /// <summary>The core arguments, after the statements that lower them.</summary>
    private List<Expression> Arguments()
    {
        if (signature.ParamsTuple is not { } tuple) return [.. Type.Params.SelectMany((p, i) => Argument(parameters[i], p))];
        var area = Variable(typeof(uint), "area");
        _lowering.Add(Expression.Assign(area, Invoke(nameof(FastCall.Allocate), Expression.Constant(tuple.Alignment), Expression.Constant(tuple.Size))));
        var record = (RecordType)tuple.Despecialized;
        for (var i = 0; i < parameters.Length; i++) _lowering.Add(_lower.Lower(new MemoryPlace(call, area).Part(record.Offsets[i], 0), parameters[i], Type.Params[i]));
        return [area];
    }

    private Expression[] Argument(ParameterExpression value, ValType type)
    {
        if (type is PrimitiveType { Kind: not PrimitiveKind.String }) return [ValueLowering.Scalar(value)];
        Expression[] slots = [.. type.Flat!.Select((core, i) => Variable(Marshaller.CoreClrType(core), $"{value.Name}{i}"))];
        _lowering.Add(_lower.Lower(new FlatPlace(slots), value, type));
        return slots;
    }

    /// <summary>Whether every .NET value but null, which is refused before, is one of the type's.</summary>
    private static bool IsSure(ValType type) => type is PrimitiveType or ListType { Element: PrimitiveType { Kind: not PrimitiveKind.String } };

    /// <summary>A host's value that does not fit is the host's mistake: no guest code saw it, so the instance lives on.</summary>
    private TryExpression Forgiving(Expression lowering) =>
        Expression.TryCatch(lowering, Expression.Catch(typeof(ComponentException), Expression.Block(typeof(void), Invoke(nameof(FastCall.Leave)), Expression.Rethrow())));

    private ParameterExpression Variable(Type type, string name)
    {
        var variable = Expression.Variable(type, name);
        _variables.Add(variable);
        return variable;
    }

    private MethodCallExpression Invoke(string method, params Expression[] arguments) => Expression.Call(call, typeof(FastCall).GetMethod(method)!, arguments);

    private static ComponentTrapException Wrap(TrapException trap) => new(trap.Message, trap);
}
