using System.Collections.Immutable;
using ClawGrains.Contracts;

namespace ClawGrains.Grains.Catalog;

/// <summary>
/// The tenants whose catalogs are in memory in this process, with the directories these were read from: what a watcher is to look
/// at. Others need none, as their catalogs are read when they are asked for.
/// </summary>
public sealed class WatchedTenants
{
    private readonly Lock _lock = new();
    private ImmutableDictionary<TenantId, ImmutableArray<string>> _current = ImmutableDictionary<TenantId, ImmutableArray<string>>.Empty;
    private TaskCompletionSource _changed = NewSignal();

    /// <summary>The tenants and their directories, and what completes when that is no longer so.</summary>
    public (ImmutableDictionary<TenantId, ImmutableArray<string>> Roots, Task Changed) Look()
    {
        lock (_lock) return (_current, _changed.Task);
    }

    internal void Set(TenantId tenant, IEnumerable<string> directories)
    {
        ImmutableArray<string> roots = [.. directories.Select(Path.GetFullPath).Distinct(StringComparer.Ordinal)];
        lock (_lock)
            if (!_current.TryGetValue(tenant, out var known) || !known.SequenceEqual(roots)) Replace(_current.SetItem(tenant, roots));
    }

    internal void Remove(TenantId tenant)
    {
        lock (_lock)
            if (_current.ContainsKey(tenant)) Replace(_current.Remove(tenant));
    }

    private void Replace(ImmutableDictionary<TenantId, ImmutableArray<string>> next)
    {
        var changed = _changed;
        (_current, _changed) = (next, NewSignal());
        changed.SetResult();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
