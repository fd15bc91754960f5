using Orleans.Runtime;

namespace ClawGrains.Embedded.Storage;

/// <summary>Keeps the states of grains. A version that is not the stored one is refused with <see cref="Orleans.Storage.InconsistentStateException"/>.</summary>
internal interface IStateStore
{
    /// <summary>The state as it is now, in the form the store keeps; what is done to the state afterwards does not change it.</summary>
    object Freeze<T>(T state);

    /// <summary>A state of its own for the reader, from what <see cref="Freeze"/> made.</summary>
    /// <exception cref="OrleansException">What is kept can't be read as that type.</exception>
    T Thaw<T>(object content, GrainId grain, string name);

    /// <summary>The record, or null.</summary>
    Task<StoredState?> ReadAsync(GrainId grain, string name, CancellationToken token);

    /// <summary>Writes the record over the given version (null: there should be none) and returns the new version.</summary>
    Task<string> WriteAsync(GrainId grain, string name, StoredState state, CancellationToken token);

    /// <summary>Removes the record of the given version.</summary>
    Task ClearAsync(GrainId grain, string name, string? etag, CancellationToken token);
}

/// <summary>A record: what the store keeps, and its version.</summary>
internal sealed record StoredState(object Content, string? Etag);
