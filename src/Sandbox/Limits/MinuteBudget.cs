using System.Collections.Concurrent;
using ClawGrains.Contracts;

namespace ClawGrains.Sandbox.Limits;

/// <summary>At most so many events in any 60 seconds, for each tenant and plugin apart. Safe for any number of threads.</summary>
public sealed class MinuteBudget(TimeProvider time)
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<(TenantId, PluginId), Ring> _rings = new();

    /// <summary>
    /// Takes one event; false where <paramref name="perMinute"/> were taken in the last minute, with
    /// <paramref name="first"/> set where this is the first refusal since an event was taken.
    /// </summary>
    public bool TryTake(TenantId tenant, PluginId plugin, int perMinute, out bool first)
    {
        var ring = _rings.GetOrAdd((tenant, plugin), static _ => new Ring());
        lock (ring)
        {
            var now = time.GetTimestamp();
            while (ring.Taken.TryPeek(out var oldest) && time.GetElapsedTime(oldest, now) >= Window) ring.Taken.Dequeue();
            first = false;
            if (ring.Taken.Count < perMinute)
            {
                ring.Taken.Enqueue(now);
                ring.Refusing = false;
                return true;
            }
            first = !ring.Refusing;
            return !(ring.Refusing = true);
        }
    }

    /// <summary>Lets go of what is known of a plugin.</summary>
    public void Forget(TenantId tenant, PluginId plugin) => _rings.TryRemove((tenant, plugin), out _);

    private sealed class Ring
    {
        public Queue<long> Taken { get; } = new();

        public bool Refusing { get; set; }
    }
}
