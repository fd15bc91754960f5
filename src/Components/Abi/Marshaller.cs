using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Reflection;
using ClawGrains.Components.Linking;
using ClawGrains.Components.Types;

namespace ClawGrains.Components.Abi;

/// <summary>
/// Compiles the calls of functions over the types of <see cref="ClrShape"/> into one delegate: no value objects, no boxing.
/// Compiled once per delegate type and function type; other functions take the general path.
/// </summary>
internal static class Marshaller
{
    private static readonly ConcurrentDictionary<(Type, string), Func<FastCall, Delegate>> Compiled = new();

    /// <summary>The compiled delegate, or null when the function's or the delegate's types need the general path.</summary>
    public static Delegate? TryCompile(LiftedFunc func, Type delegateType)
    {
        var invoke = delegateType.GetMethod("Invoke")!;
        var type = func.Signature.Type;
        if (func.Options.IsAsync || !Fits(type, invoke)) return null;
        var key = string.Join(',', type.Params.Append(type.Result).Select(ClrShape.Key)) + (func.Options.PostReturn is null ? "" : ",post");
        var factory = Compiled.GetOrAdd((delegateType, key), _ => Compile(delegateType, func.Signature, func.Options.PostReturn is not null));
        return factory(Call(func));
    }

    private static bool Fits(FuncType type, MethodInfo invoke) =>
        invoke.GetParameters() is var parameters && parameters.Length == type.Params.Length
        && type.Params.Zip(parameters, (t, p) => ClrShape.Fits(t, p.ParameterType)).All(fits => fits)
        && (type.Result is null ? invoke.ReturnType == typeof(void) : ClrShape.Fits(type.Result, invoke.ReturnType));

    private static FastCall Call(LiftedFunc func)
    {
        var task = new BorrowScope { Type = func.Signature.Type };
        var context = new CanonicalContext(func.Options, func.Frame.State, func.Frame.Resource) { Borrows = task };
        var core = ((Core.WasmFunc)func.Core).Delegate(CoreDelegateType(func.Signature.Type));
        var post = func.Options.PostReturn is Core.WasmFunc p ? p.Delegate(PostDelegateType(func.Signature.Type)) : null;
        return new FastCall(func.Frame, context, task, core, post);
    }

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

    private static Func<FastCall, Delegate> Compile(Type delegateType, Signature signature, bool hasPostReturn)
    {
        var call = Expression.Parameter(typeof(FastCall), "call");
        var invoke = delegateType.GetMethod("Invoke")!;
        var parameters = invoke.GetParameters().Select(p => Expression.Parameter(p.ParameterType, p.Name)).ToArray();
        var code = new CallCode(call, signature, parameters, invoke.ReturnType);
        var inner = Expression.Lambda(delegateType, code.Body(CoreDelegateType(signature.Type), hasPostReturn ? PostDelegateType(signature.Type) : null), parameters);
        return Expression.Lambda<Func<FastCall, Delegate>>(Expression.Convert(inner, typeof(Delegate)), call).Compile();
    }
}
