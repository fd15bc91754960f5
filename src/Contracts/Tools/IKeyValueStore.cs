namespace ClawGrains.Contracts;

/// <summary>
/// Small state kept for one tenant and one plugin. Keys are 1 to 256 characters; sizes and the number of keys are
/// bounded by the tenant's quota.
/// </summary>
public interface IKeyValueStore
{
    /// <summary>The value of <paramref name="key"/>, or null where there is none.</summary>
    ValueTask<ReadOnlyMemory<byte>?> GetAsync(string key, CancellationToken cancellationToken);

    /// <summary>Sets <paramref name="key"/>.</summary>
    /// <exception cref="PluginException">The quota is used up (<see cref="PluginErrorKind.ResourceExhausted"/>).</exception>
    ValueTask SetAsync(string key, ReadOnlyMemory<byte> value, CancellationToken cancellationToken);

    /// <summary>Removes <paramref name="key"/>; false where it was not there.</summary>
    ValueTask<bool> RemoveAsync(string key, CancellationToken cancellationToken);

    /// <summary>The keys that begin with <paramref name="prefix"/>, in ordinal order.</summary>
    IAsyncEnumerable<string> ListAsync(string prefix, CancellationToken cancellationToken);
}
