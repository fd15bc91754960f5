using System.Reflection;
using ClawGrains.Embedded.Runtime;
using Orleans.Runtime;

namespace ClawGrains.Embedded.Storage;

/// <summary>Makes the states that a grain class asks for.</summary>
internal static class PersistentStates
{
    private static readonly MethodInfo CreateDefinition = typeof(PersistentStates).GetMethod(nameof(Create), BindingFlags.Static | BindingFlags.NonPublic)!;

    internal static Func<Activation, object?> Injector(Type grain, ParameterInfo parameter, PersistentStateAttribute facet)
    {
        if (parameter.ParameterType is not { IsGenericType: true } type || type.GetGenericTypeDefinition() != typeof(IPersistentState<>))
            throw new InvalidOperationException($"{grain}: the parameter {parameter.Name} has [PersistentState] and should be of type IPersistentState<T>, not {parameter.ParameterType}.");
        var create = CreateDefinition.MakeGenericMethod(type.GetGenericArguments());
        return activation => create.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [activation, facet.StateName, facet.StorageName], null);
    }

    internal static PersistentState<T> Create<T>(Activation activation, string name, string? storage)
    {
        var state = new PersistentState<T>(activation, name, activation.Silo.Storages.Find(storage, activation.Class.Type));
        activation.AddSetup(state.ReadStateAsync);
        return state;
    }
}
