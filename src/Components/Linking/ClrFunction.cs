using System.Linq.Expressions;
using System.Reflection;
using ClawGrains.Components.Types;

namespace ClawGrains.Components.Linking;

/// <summary>A .NET delegate that is offered as a host function.</summary>
internal sealed class ClrFunction(Delegate implementation)
{
    public static Delegate Bind(MethodInfo method, object target)
    {
        var types = method.GetParameters().Select(p => p.ParameterType).Append(method.ReturnType).ToArray();
        return method.CreateDelegate(Expression.GetDelegateType(types), target);
    }

    /// <summary>The host function for the type that an import asks for; a wrong number of parameters is an error of linking.</summary>
    public HostFunction For(FuncType type, string path, List<string> errors)
    {
        var parameters = implementation.GetType().GetMethod("Invoke")!.GetParameters();
        var takesCall = parameters.FirstOrDefault()?.ParameterType == typeof(HostCall);
        var wanted = parameters.Skip(takesCall ? 1 : 0).Select(p => p.ParameterType).ToArray();
        if (wanted.Length != type.Params.Length) errors.Add($"import `{path}` takes {type.Params.Length} parameters, the host's function {wanted.Length}");
        return (call, arguments) =>
        {
            var values = new object?[parameters.Length];
            if (takesCall) values[0] = call;
            for (var i = 0; i < wanted.Length; i++) values[i + (takesCall ? 1 : 0)] = ClrValues.ToClr(arguments[i], wanted[i]);
            var result = Invoke(values);
            return type.Result is null ? null : ClrValues.ToComponent(result, type.Result);
        };
    }

    private object? Invoke(object?[] values)
    {
        try
        {
            return implementation.DynamicInvoke(values);
        }
        catch (TargetInvocationException e) when (e.InnerException is { } inner)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(inner);
            throw;
        }
    }
}

/// <summary>A delegate of any type over a component function, through value objects.</summary>
internal static class GeneralDelegate
{
    public static Delegate Make(Type delegateType, ComponentFunction function)
    {
        var invoke = delegateType.GetMethod("Invoke")!;
        var parameters = invoke.GetParameters().Select(p => Expression.Parameter(p.ParameterType, p.Name)).ToArray();
        var boxed = Expression.NewArrayInit(typeof(object), parameters.Select(p => Expression.Convert(p, typeof(object))));
        var call = Expression.Call(typeof(GeneralDelegate).GetMethod(nameof(Call))!, Expression.Constant(function), boxed, Expression.Constant(invoke.ReturnType));
        Expression body = invoke.ReturnType == typeof(void) ? call : Expression.Convert(call, invoke.ReturnType);
        return Expression.Lambda(delegateType, body, parameters).Compile();
    }

    public static object? Call(ComponentFunction function, object?[] arguments, Type returnType)
    {
        var result = function.Call([.. arguments.Select((a, i) => ClrValues.ToComponent(a, function.Type.Params[i]))]);
        return result is { } value && returnType != typeof(void) ? ClrValues.ToClr(value, returnType) : null;
    }
}
