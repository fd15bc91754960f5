using System.Runtime.CompilerServices;
using ClawGrains.Contracts;

namespace ClawGrains.Sandbox.Execution;

/// <summary>For whom an instance was made: it is never given to another tenant, plugin or version.</summary>
internal readonly record struct WarmKey(TenantId Tenant, PluginId Plugin, LoadedPlugin Loaded, int MemoryMegabytes, int TableElements)
{
    // The code and the tenant tell nearly all apart; hashing every name took longer than the rest.
    public override int GetHashCode() => HashCode.Combine(RuntimeHelpers.GetHashCode(Loaded), Tenant);
}

/// <summary>Cleaned instances that wait for the next call of their plugin; beyond a number the least recently used go.</summary>
internal sealed class WarmGuests(int capacity) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<WarmKey, Stack<LinkedListNode<Warm>>> _byKey = [];
    private readonly LinkedList<Warm> _byAge = new();
    private bool _closed;

    public LiveGuest? Take(in WarmKey key)
    {
        lock (_gate)
        {
            if (!_byKey.TryGetValue(key, out var stack)) return null;
            var node = stack.Pop();
            if (stack.Count == 0) _byKey.Remove(key);
            _byAge.Remove(node);
            return node.Value.Guest;
        }
    }

    public void Return(in WarmKey key, LiveGuest guest)
    {
        LiveGuest? surplus = guest;
        lock (_gate)
        {
            if (!_closed && capacity > 0)
            {
                surplus = _byAge.Count >= capacity ? Oldest() : null;
                if (!_byKey.TryGetValue(key, out var stack)) _byKey[key] = stack = new();
                stack.Push(_byAge.AddLast(new Warm(key, guest)));
            }
        }
        surplus?.Dispose();
    }

    /// <summary>Lets go of the instances of a component.</summary>
    public void Forget(LoadedPlugin plugin)
    {
        List<LiveGuest> gone = [];
        lock (_gate)
        {
            foreach (var key in _byKey.Keys.Where(k => k.Loaded == plugin).ToArray())
            {
                _byKey.Remove(key, out var stack);
                foreach (var node in stack!)
                {
                    _byAge.Remove(node);
                    gone.Add(node.Value.Guest);
                }
            }
        }
        foreach (var guest in gone) guest.Dispose();
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _closed = true;
            foreach (var warm in _byAge) warm.Guest.Dispose();
            _byAge.Clear();
            _byKey.Clear();
        }
    }

    private LiveGuest Oldest()
    {
        var node = _byAge.First!;
        var stack = _byKey[node.Value.Key];
        var kept = stack.Where(n => n != node).Reverse().ToArray();
        if (kept.Length == 0) _byKey.Remove(node.Value.Key);
        else _byKey[node.Value.Key] = new(kept);
        _byAge.RemoveFirst();
        return node.Value.Guest;
    }

    private sealed record Warm(WarmKey Key, LiveGuest Guest);
}
