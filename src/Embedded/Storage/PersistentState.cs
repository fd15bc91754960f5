using ClawGrains.Embedded.Runtime;
using Orleans.Runtime;

namespace ClawGrains.Embedded.Storage;

/// <summary>A state of one activation.</summary>
internal sealed class PersistentState<T>(Activation activation, string name, IStateStore store) : IPersistentState<T>
{
    public T State { get; set; } = StateSerializer.New<T>();

    public string? Etag { get; private set; }

    public bool RecordExists { get; private set; }

    public Task ReadStateAsync() => ReadStateAsync(CancellationToken.None);

    public Task WriteStateAsync() => WriteStateAsync(CancellationToken.None);

    public Task ClearStateAsync() => ClearStateAsync(CancellationToken.None);

    public async Task ReadStateAsync(CancellationToken cancellationToken)
    {
        var record = await store.ReadAsync(activation.GrainId, name, cancellationToken);
        State = record is null ? StateSerializer.New<T>() : store.Thaw<T>(record.Content, activation.GrainId, name);
        (Etag, RecordExists) = (record?.Etag, record is not null);
    }

    public async Task WriteStateAsync(CancellationToken cancellationToken)
    {
        // Written as it is now, whatever turns change while the store works.
        var content = store.Freeze(State);
        Etag = await store.WriteAsync(activation.GrainId, name, new(content, Etag), cancellationToken);
        RecordExists = true;
    }

    public async Task ClearStateAsync(CancellationToken cancellationToken)
    {
        await store.ClearAsync(activation.GrainId, name, Etag, cancellationToken);
        (State, Etag, RecordExists) = (StateSerializer.New<T>(), null, false);
    }
}
