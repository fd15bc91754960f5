using Orleans.Runtime;

namespace ClawGrains.Embedded.Storage;

/// <summary>Keeps the states of grains. A version that is not the stored one is refused with <see cref="Orleans.Storage.InconsistentStateException"/>.</summary>
internal interface IStateStore
{
    /// <summary>The record, or null.</summary>
    Task<StoredState?> ReadAsync(GrainId grain, string name, CancellationToken token);

    /// <summary>Writes the record over the given version (null: there should be none) and returns the new version.</summary>
    Task<string> WriteAsync(GrainId grain, string name, StoredState state, CancellationToken token);

    /// <summary>Removes the record of the given version.</summary>
    Task ClearAsync(GrainId grain, string name, string? etag, CancellationToken token);
}

/// <summary>A record: JSON text and its version.</summary>
internal sealed record StoredState(string Json, string? Etag);
