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
        else Check(type, wanted, path, errors);
        return (call, arguments) =>
        {
            var values = new object?[parameters.Length];
            if (takesCall) values[0] = call;
            for (var i = 0; i < wanted.Length; i++) values[i + (takesCall ? 1 : 0)] = ClrObjects.ToClr(arguments[i], type.Params[i], wanted[i]);
            var result = Invoke(values);
            return type.Result is null ? null : ClrValues.ToComponent(result, type.Result);
        };
    }

    private void Check(FuncType type, Type[] wanted, string path, List<string> errors)
    {
        for (var i = 0; i < wanted.Length; i++)
            if (ClrTypes.Mismatch(type.Params[i], wanted[i]) is { } error) errors.Add($"import `{path}`, parameter `{type.Names[i]}`: {error}");
        var returned = implementation.GetType().GetMethod("Invoke")!.ReturnType;
        if (type.Result is not null && ClrTypes.Mismatch(type.Result, returned) is { } wrong) errors.Add($"import `{path}`, result: {wrong}");
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
        Check(invoke, function);
        var parameters = invoke.GetParameters().Select(p => Expression.Parameter(p.ParameterType, p.Name)).ToArray();
        var boxed = Expression.NewArrayInit(typeof(object), parameters.Select(p => Expression.Convert(p, typeof(object))));
        var call = Expression.Call(typeof(GeneralDelegate).GetMethod(nameof(Call))!, Expression.Constant(function), boxed, Expression.Constant(invoke.ReturnType));
        Expression body = invoke.ReturnType == typeof(void) ? call : Expression.Convert(call, invoke.ReturnType);
        return Expression.Lambda(delegateType, body, parameters).Compile();
    }

    private static void Check(MethodInfo invoke, ComponentFunction function)
    {
        var type = function.Type;
        var errors = invoke.GetParameters().Select((p, i) => ClrTypes.Mismatch(type.Params[i], p.ParameterType) is { } error ? $"parameter `{type.Names[i]}`: {error}" : null);
        var result = type.Result is null || invoke.ReturnType == typeof(void) ? null : ClrTypes.Mismatch(type.Result, invoke.ReturnType);
        if (errors.Append(result is null ? null : $"result: {result}").FirstOrDefault(e => e is not null) is { } first)
            throw new ArgumentException($"`{function.Name}`, {first}.");
    }

    public static object? Call(ComponentFunction function, object?[] arguments, Type returnType)
    {
        var result = function.Call([.. arguments.Select((a, i) => ClrValues.ToComponent(a, function.Type.Params[i]))]);
        return result is { } value && returnType != typeof(void) ? ClrObjects.ToClr(value, function.Type.Result!, returnType) : null;
    }
}
