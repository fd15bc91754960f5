using ClawGrains.Embedded.Runtime;
using ClawGrains.Embedded.Storage;
using Orleans.Core;

namespace Orleans;

/// <summary>A grain with one state object in the default storage, loaded before <see cref="Grain.OnActivateAsync"/>.</summary>
/// <typeparam name="TGrainState">The type of the state; needs a parameterless constructor.</typeparam>
public class Grain<TGrainState> : Grain
{
    private readonly IStorage<TGrainState> _storage;

    /// <summary>Uses the default storage.</summary>
    protected Grain()
    {
        var activation = this.Activation();
        _storage = PersistentStates.Create<TGrainState>(activation, "state", null);
    }

    /// <summary>Uses the given storage, for unit tests.</summary>
    protected Grain(IStorage<TGrainState> storage) => _storage = storage;

    /// <summary>The state.</summary>
    protected TGrainState State { get => _storage.State; set => _storage.State = value; }

    /// <summary>Removes the stored state and resets <see cref="State"/>.</summary>
    protected virtual Task ClearStateAsync() => _storage.ClearStateAsync();

    /// <summary>Writes the state.</summary>
    protected virtual Task WriteStateAsync() => _storage.WriteStateAsync();

    /// <summary>Reads the state again, losing what was not written.</summary>
    protected virtual Task ReadStateAsync() => _storage.ReadStateAsync();
}
