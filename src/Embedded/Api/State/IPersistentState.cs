using Orleans.Core;

namespace Orleans.Runtime;

/// <summary>State injected through a constructor parameter with <see cref="PersistentStateAttribute"/>; loaded before <c>OnActivateAsync</c>.</summary>
/// <typeparam name="TState">The type of the state; needs a parameterless constructor.</typeparam>
public interface IPersistentState<TState> : IStorage<TState>;

/// <summary>Which record a state is.</summary>
public interface IPersistentStateConfiguration
{
    /// <summary>The name of the record within the grain.</summary>
    string StateName { get; }

    /// <summary>The name of the storage; null for the default one.</summary>
    string? StorageName { get; }
}

/// <summary>Injects a state into a constructor parameter of type <see cref="IPersistentState{TState}"/>.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public class PersistentStateAttribute : Attribute, IPersistentStateConfiguration, IFacetMetadata
{
    /// <summary>Names record and storage.</summary>
    public PersistentStateAttribute(string stateName, string? storageName = null) => (StateName, StorageName) = (stateName, storageName);

    /// <inheritdoc/>
    public string StateName { get; }

    /// <inheritdoc/>
    public string? StorageName { get; }
}
