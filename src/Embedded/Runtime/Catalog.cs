using System.Collections.Concurrent;
using Orleans;
using Orleans.Runtime;

namespace ClawGrains.Embedded.Runtime;

/// <summary>Which grains are active. Exactly one target per id.</summary>
internal sealed class Catalog(Silo silo)
{
    private readonly ConcurrentDictionary<GrainId, IMessageTarget> _targets = new();

    internal IEnumerable<Activation> Activations => _targets.Values.SelectMany(target => target.Activations);

    internal bool TryFind(GrainId id, out IMessageTarget? target) => _targets.TryGetValue(id, out target);

    internal IMessageTarget Find(GrainId id) =>
        _targets.TryGetValue(id, out var target) ? target : _targets.GetOrAdd(id, static (id, silo) => Create(silo, id), silo);

    internal void Add(GrainId id, IMessageTarget target) => _targets[id] = target;

    internal void Remove(Activation activation, IMessageTarget? pool)
    {
        if (pool is StatelessPool workers && !workers.Remove(activation))
            return;
        Remove(activation.GrainId, pool ?? activation);
    }

    /// <summary>Takes out a target that takes no work any more, unless another has its place already.</summary>
    internal void Remove(GrainId id, IMessageTarget ended) => _targets.TryRemove(new(id, ended));

    internal void RemoveObserver(GrainId id) => _targets.TryRemove(id, out _);

    private static IMessageTarget Create(Silo silo, GrainId id)
    {
        var grainClass = silo.Classes.Find(id.Type);
        return grainClass.MaxWorkers > 0 ? new StatelessPool(silo, grainClass, id) : new Activation(silo, grainClass, id);
    }

    internal async Task EndAllAsync(DeactivationReason reason, CancellationToken token)
    {
        // Ending grains may call others, which activates those: repeat until none is left.
        while (Activations.ToArray() is { Length: > 0 } activations)
        {
            foreach (var activation in activations)
                activation.Deactivate(reason, token);
            await Task.WhenAll(activations.Select(activation => activation.Deactivated)).WaitAsync(token).ConfigureAwait(false);
        }
    }
}
