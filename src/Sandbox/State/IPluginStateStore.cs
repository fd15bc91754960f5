using ClawGrains.Contracts;

namespace ClawGrains.Sandbox.State;

/// <summary>Whose values.</summary>
public readonly record struct StateOwner(TenantId Tenant, PluginId Plugin);

/// <summary>How much an owner may keep.</summary>
/// <param name="Bytes">Bytes of all keys and values together.</param>
/// <param name="Entries">Values.</param>
public readonly record struct StateQuota(long Bytes, int Entries);

/// <summary>What plugins keep between calls. Safe for any number of threads.</summary>
public interface IPluginStateStore : IAsyncDisposable
{
    /// <summary>The value; null where there is none.</summary>
    ValueTask<byte[]?> GetAsync(StateOwner owner, string key, CancellationToken cancellationToken);

    /// <summary>Replaces a value; false, with nothing changed, where the quota does not permit it. On disk when it returns.</summary>
    ValueTask<bool> TrySetAsync(StateOwner owner, (string Key, ReadOnlyMemory<byte> Value) entry, StateQuota quota, CancellationToken cancellationToken);

    /// <summary>Whether there was a value.</summary>
    ValueTask<bool> DeleteAsync(StateOwner owner, string key, CancellationToken cancellationToken);

    /// <summary>At most <paramref name="limit"/> keys that begin with a prefix, in ordinal order of UTF-8, after another.</summary>
    ValueTask<IReadOnlyList<string>> ListAsync(StateOwner owner, (string Prefix, string? After) range, int limit, CancellationToken cancellationToken);

    /// <summary>Lets go of all that a plugin kept for a tenant.</summary>
    ValueTask ForgetAsync(StateOwner owner, CancellationToken cancellationToken);
}
