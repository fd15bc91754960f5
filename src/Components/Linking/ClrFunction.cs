using System.Linq.Expressions;
using System.Reflection;
using System.Runtime.CompilerServices;
using ClawGrains.Components.Types;

namespace ClawGrains.Components.Linking;

/// <summary>A .NET delegate that is offered as a host function.</summary>
internal sealed class ClrFunction
{
    private readonly MethodInvoker _invoker;
    private readonly Type[] _parameters;
    private readonly ConditionalWeakTable<FuncType, string[]> _mistakes = [];

    public ClrFunction(Delegate implementation)
    {
        var invoke = implementation.GetType().GetMethod("Invoke")!;
        Implementation = implementation;
        ReturnType = invoke.ReturnType;
        _invoker = MethodInvoker.Create(invoke);
        _parameters = [.. invoke.GetParameters().Select(p => p.ParameterType)];
    }

    public Delegate Implementation { get; }

    /// <summary>Whether the call itself comes before the arguments.</summary>
    public bool TakesCall => _parameters.FirstOrDefault() == typeof(HostCall);

    /// <summary>The types of the arguments.</summary>
    public IEnumerable<Type> Parameters => TakesCall ? _parameters.Skip(1) : _parameters;

    public Type ReturnType { get; }

    public static Delegate Bind(MethodInfo method, object target)
    {
        var types = method.GetParameters().Select(p => p.ParameterType).Append(method.ReturnType).ToArray();
        return method.CreateDelegate(Expression.GetDelegateType(types), target);
    }

    /// <summary>The host function for the type that an import asks for; types that cannot stand for it are errors of linking.</summary>
    public HostFunction For(FuncType type, string path, List<string> errors)
    {
        errors.AddRange(_mistakes.GetValue(type, t => [.. Mistakes(t)]).Select(m => $"import `{path}`{m}"));
        var skipped = TakesCall ? 1 : 0;
        return (call, arguments) =>
        {
            var values = new object?[_parameters.Length];
            if (skipped > 0) values[0] = call;
            for (var i = skipped; i < values.Length; i++) values[i] = ClrObjects.ToClr(arguments[i - skipped], type.Params[i - skipped], _parameters[i]);
            var result = _invoker.Invoke(Implementation, values.AsSpan());
            return type.Result is null ? null : ClrValues.ToComponent(result, type.Result);
        };
    }

    private IEnumerable<string> Mistakes(FuncType type)
    {
        var wanted = Parameters.ToArray();
        if (wanted.Length != type.Params.Length) return [$" takes {type.Params.Length} parameters, the host's function {wanted.Length}"];
        var parameters = type.Params.Select((p, i) => ClrTypes.Mismatch(p, wanted[i]) is { } error ? $", parameter `{type.Names[i]}`: {error}" : null);
        var result = type.Result is null ? null : ClrTypes.Mismatch(type.Result, ReturnType);
        return parameters.Append(result is null ? null : $", result: {result}").OfType<string>();
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
