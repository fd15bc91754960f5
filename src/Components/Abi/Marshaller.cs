using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Reflection;
using ClawGrains.Components.Linking;
using ClawGrains.Components.Types;
using ClawGrains.Wasm;

namespace ClawGrains.Components.Abi;

/// <summary>
/// Compiles the calls of functions whose parameters are scalars, strings and byte lists, and whose result is one of them
/// or made of them by results, options and tuples, into one delegate: no boxing, no value objects. Compiled once per delegate type and flat shape; other functions take the general path.
/// </summary>
internal static class Marshaller
{
    private static readonly ConcurrentDictionary<(Type, string), Func<FastCall, Delegate>> Compiled = new();

    /// <summary>The compiled delegate, or null when the function's or the delegate's types need the general path.</summary>
    public static Delegate? TryCompile(LiftedFunc func, Type delegateType)
    {
        var invoke = delegateType.GetMethod("Invoke")!;
        var (type, parameters) = (func.Signature.Type, invoke.GetParameters());
        if (func.Options.IsAsync || func.Signature.ParamsTuple is not null || parameters.Length != type.Params.Length) return null;
        for (var i = 0; i < parameters.Length; i++)
            if (parameters[i].ParameterType != ClrType(type.Params[i])) return null;
        if (type.Result is null ? invoke.ReturnType != typeof(void) : !FitsResult(func.Signature, invoke.ReturnType)) return null;
        var key = string.Join(',', type.Params.Append(type.Result).Select(t => t is null ? "" : Wit.WitTypes.Of(t, []))) + (func.Options.PostReturn is null ? "" : ",post");
        var factory = Compiled.GetOrAdd((delegateType, key), _ => Compile(delegateType, type, func.Options.PostReturn is not null));
        return factory(Call(func));
    }

    private static bool FitsResult(Signature signature, Type clr) =>
        ClrType(signature.Type.Result!) == clr || (signature.ResultInMemory && ResultLifting.Fits(signature.Type.Result!, clr));

    private static FastCall Call(LiftedFunc func)
    {
        var task = new BorrowScope { Type = func.Signature.Type };
        var context = new CanonicalContext(func.Options, func.Frame.State, func.Frame.Resource) { Borrows = task };
        var core = ((Core.WasmFunc)func.Core).Delegate(CoreDelegateType(func.Signature.Type));
        var post = func.Options.PostReturn is Core.WasmFunc p ? p.Delegate(PostDelegateType(func.Signature.Type)) : null;
        return new FastCall(func.Frame, context, task, core, post);
    }

    public static Type? ClrType(ValType type) => type switch
    {
        PrimitiveType p => ClrTypes.Scalar(p.Kind),
        ListType { Length: null, Element: PrimitiveType { Kind: PrimitiveKind.U8 } } => typeof(byte[]),
        _ => null,
    };

    public static Type CoreClrType(CoreValType type) => type switch
    {
        CoreValType.I32 => typeof(uint),
        CoreValType.I64 => typeof(ulong),
        CoreValType.F32 => typeof(float),
        _ => typeof(double),
    };

    private static Type CoreDelegateType(FuncType type)
    {
        var core = Flattening.Lift(type);
        var types = core.Params.Concat(core.Results).Select(CoreClrType).ToArray();
        return core.Results.Length == 0 ? Expression.GetActionType(types) : Expression.GetFuncType(types);
    }

    private static Type PostDelegateType(FuncType type) => Expression.GetActionType([.. Flattening.Lift(type).Results.Select(CoreClrType)]);

    private static Func<FastCall, Delegate> Compile(Type delegateType, FuncType type, bool hasPostReturn)
    {
        var call = Expression.Parameter(typeof(FastCall), "call");
        var parameters = type.Params.Select((p, i) => Expression.Parameter(ClrType(p)!, $"p{i}")).ToArray();
        var body = Body(call, parameters, (type, delegateType.GetMethod("Invoke")!.ReturnType), hasPostReturn);
        var inner = Expression.Lambda(delegateType, body, parameters);
        return Expression.Lambda<Func<FastCall, Delegate>>(Expression.Convert(inner, typeof(Delegate)), call).Compile();
    }

    private static BlockExpression Body(ParameterExpression call, ParameterExpression[] parameters, (FuncType Type, Type Return) function, bool hasPostReturn)
    {
        var type = function.Type;
        var variables = new List<ParameterExpression>();
        // Before the instance is entered: a null of the host's must not end it.
        var steps = parameters.Where(p => !p.Type.IsValueType).Select(p => (Expression)Static(nameof(FastCall.RequireNotNull), p, typeof(object))).ToList();
        steps.Add(Invoke(call, nameof(FastCall.Enter)));
        var arguments = new List<Expression>();
        for (var i = 0; i < parameters.Length; i++) Lower(call, parameters[i], variables, steps, arguments);
        var core = Expression.Invoke(Expression.Convert(Expression.Property(call, nameof(FastCall.CoreFunction)), CoreDelegateType(type)), arguments);
        if (type.Result is null) steps.Add(core);
        else Result(call, function, core, variables, steps);
        if (type.Result is not null && hasPostReturn) Post(call, type, variables.Single(v => v.Name == "flat"), steps);
        if (type.Result is null && hasPostReturn) Post(call, type, null, steps);
        steps.Add(Invoke(call, nameof(FastCall.Leave)));
        if (type.Result is not null) steps.Add(variables.Single(v => v.Name == "result"));
        var trap = Expression.Parameter(typeof(TrapException), "trap");
        var wrap = Expression.Throw(Expression.Call(typeof(Marshaller).GetMethod(nameof(Wrap), BindingFlags.NonPublic | BindingFlags.Static)!, trap), function.Return);
        return Expression.Block(Expression.TryCatch(Expression.Block(variables, steps), Expression.Catch(trap, wrap)));
    }

    private static ComponentTrapException Wrap(TrapException trap) => new(trap.Message, trap);

    private static MethodCallExpression Invoke(Expression call, string method, params Expression[] arguments) =>
        Expression.Call(call, typeof(FastCall).GetMethod(method)!, arguments);

    private static void Lower(ParameterExpression call, ParameterExpression parameter, List<ParameterExpression> variables, List<Expression> steps, List<Expression> arguments)
    {
        if (parameter.Type != typeof(string) && parameter.Type != typeof(byte[]))
        {
            arguments.Add(LowerScalar(parameter));
            return;
        }
        var pair = Expression.Variable(typeof(ulong), $"{parameter.Name}Pair");
        variables.Add(pair);
        steps.Add(Expression.Assign(pair, Invoke(call, parameter.Type == typeof(string) ? nameof(FastCall.LowerString) : nameof(FastCall.LowerBytes), parameter)));
        arguments.Add(Expression.Convert(pair, typeof(uint)));
        arguments.Add(Expression.Convert(Expression.RightShift(pair, Expression.Constant(32)), typeof(uint)));
    }

    public static Expression LowerScalar(Expression value) => Type.GetTypeCode(value.Type) switch
    {
        TypeCode.Boolean => Expression.Condition(value, Expression.Constant(1u), Expression.Constant(0u)),
        TypeCode.SByte or TypeCode.Int16 or TypeCode.Int32 => Expression.Convert(Expression.Convert(value, typeof(int)), typeof(uint)),
        TypeCode.Byte or TypeCode.UInt16 => Expression.Convert(value, typeof(uint)),
        TypeCode.Int64 => Expression.Convert(value, typeof(ulong)),
        TypeCode.Single or TypeCode.Double => Static(nameof(FastCall.Canonical), value),
        TypeCode.Object => Static(nameof(FastCall.LowerChar), value),
        _ => value,
    };

    private static void Result(ParameterExpression call, (FuncType Type, Type Return) function, Expression core, List<ParameterExpression> variables, List<Expression> steps)
    {
        var (type, flat, result) = (function.Type.Result!, Expression.Variable(core.Type, "flat"), Expression.Variable(function.Return, "result"));
        variables.AddRange([flat, result]);
        steps.Add(Expression.Assign(flat, core));
        var plain = ClrType(type) == function.Return;
        if (!plain) steps.Add(Invoke(call, nameof(FastCall.CheckArea), flat, Expression.Constant(type.Alignment), Expression.Constant(type.Size)));
        steps.Add(Expression.Assign(result, plain ? Lift(call, flat, result.Type) : ResultLifting.Load(call, flat, type, result.Type)));
    }

    private static void Post(ParameterExpression call, FuncType type, Expression? flat, List<Expression> steps)
    {
        steps.Add(Invoke(call, nameof(FastCall.BeginPostReturn)));
        steps.Add(Expression.Invoke(Expression.Convert(Expression.Property(call, nameof(FastCall.PostReturn)), PostDelegateType(type)), flat is null ? [] : [flat]));
        steps.Add(Invoke(call, nameof(FastCall.EndPostReturn)));
    }

    private static Expression Lift(ParameterExpression call, Expression flat, Type target)
    {
        if (target == typeof(string)) return Invoke(call, nameof(FastCall.LiftString), flat);
        return target == typeof(byte[]) ? Invoke(call, nameof(FastCall.LiftBytes), flat) : LiftScalar(flat, target);
    }

    public static Expression LiftScalar(Expression flat, Type target) => Type.GetTypeCode(target) switch
    {
        TypeCode.Boolean => Expression.NotEqual(flat, Expression.Constant(0u)),
        TypeCode.Single or TypeCode.Double => Static(nameof(FastCall.Canonical), flat),
        TypeCode.Object => Static(nameof(FastCall.LiftChar), flat),
        _ => Expression.Convert(flat, target),
    };

    private static MethodCallExpression Static(string method, Expression value, Type? type = null) =>
        Expression.Call(typeof(FastCall).GetMethod(method, [type ?? value.Type])!, value);
}
