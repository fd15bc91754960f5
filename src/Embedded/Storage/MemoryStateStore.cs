using System.Globalization;
using ClawGrains.Embedded.Copying;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace ClawGrains.Embedded.Storage;

/// <summary>Keeps states for as long as the silo runs: copies of them, and JSON of types that don't travel in calls.</summary>
internal sealed class MemoryStateStore : IStateStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(GrainId, string), StoredState> _records = [];
    private long _version;

    public object Freeze<T>(T state) => Travels<T>() ? DeepCopy.Of(state)! : StateSerializer.Write(state);

    public T Thaw<T>(object content, GrainId grain, string name) =>
        Travels<T>() ? DeepCopy.Of((T)content) : StateSerializer.Read<T>((string)content, grain, name);

    public Task<StoredState?> ReadAsync(GrainId grain, string name, CancellationToken token)
    {
        lock (_gate)
            return Task.FromResult(_records.GetValueOrDefault((grain, name)));
    }

    public Task<string> WriteAsync(GrainId grain, string name, StoredState state, CancellationToken token)
    {
        lock (_gate)
        {
            if (Conflict(grain, name, state.Etag) is { } conflict)
                return Task.FromException<string>(conflict);
            var etag = (++_version).ToString(CultureInfo.InvariantCulture);
            _records[(grain, name)] = state with { Etag = etag };
            return Task.FromResult(etag);
        }
    }

    public Task ClearAsync(GrainId grain, string name, string? etag, CancellationToken token)
    {
        lock (_gate)
        {
            if (Conflict(grain, name, etag) is { } conflict)
                return Task.FromException(conflict);
            _records.Remove((grain, name));
            return Task.CompletedTask;
        }
    }

    private static bool Travels<T>() => typeof(T).IsDefined(typeof(GenerateSerializerAttribute), inherit: false);

    private InconsistentStateException? Conflict(GrainId grain, string name, string? etag)
    {
        var stored = _records.GetValueOrDefault((grain, name))?.Etag;
        return stored == etag ? null : Conflicts.Of(grain, name, stored, etag);
    }
}
