using Orleans.Runtime;

namespace ClawGrains.Embedded.Runtime;

/// <summary>The activations of one stateless worker: grows to its limit while all are busy.</summary>
internal sealed class StatelessPool(Silo silo, GrainClass grainClass, GrainId id) : IMessageTarget
{
    private readonly Lock _gate = new();
    private readonly List<Activation> _workers = [];
    private bool _closed;

    public IReadOnlyList<Activation> Activations
    {
        get
        {
            lock (_gate)
                return [.. _workers];
        }
    }

    public bool Receive(Work work)
    {
        lock (_gate)
        {
            if (_closed)
                return false;
            return Pick().Receive(work) || Add().Receive(work);
        }
    }

    /// <summary>Takes out an ended worker; says whether it was the last, after which the pool takes no work.</summary>
    internal bool Remove(Activation worker)
    {
        lock (_gate)
        {
            _workers.Remove(worker);
            return _closed = _workers.Count == 0;
        }
    }

    private Activation Pick()
    {
        Activation? best = null;
        foreach (var worker in _workers)
        {
            if (worker.Load == 0)
                return worker;
            if (best is null || worker.Load < best.Load)
                best = worker;
        }
        return best is null || _workers.Count < grainClass.MaxWorkers ? Add() : best;
    }

    private Activation Add()
    {
        var worker = new Activation(silo, grainClass, id, this);
        _workers.Add(worker);
        return worker;
    }
}
