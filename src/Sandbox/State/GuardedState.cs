using System.Text;
using ClawGrains.Contracts;
using ClawGrains.Sandbox.Execution;

namespace ClawGrains.Sandbox.State;

/// <summary>Holds what a plugin keeps against its permission and its quota.</summary>
/// <param name="store">Where values are kept; null where this host keeps none.</param>
public sealed class GuardedState(IPluginStateStore? store)
{
    private const int MaxKeyBytes = 256;
    private const int MaxKeys = 1_000;

    /// <summary>The value; null where there is none.</summary>
    public ValueTask<HostResult<byte[]?>> GetAsync(CallScope scope, string key, CancellationToken cancellationToken) =>
        Guarded<byte[]?>(scope, key, async s => HostResult<byte[]?>.Ok(await s.GetAsync(Owner(scope), key, cancellationToken).ConfigureAwait(false)));

    /// <summary>Replaces a value.</summary>
    public ValueTask<HostResult<bool>> SetAsync(CallScope scope, string key, byte[] value, CancellationToken cancellationToken) =>
        Guarded<bool>(scope, key, async s =>
        {
            var quota = new StateQuota(scope.Limits.StateBytes, scope.Limits.StateEntries);
            var entry = (key, new ReadOnlyMemory<byte>(value));
            return value.Length <= quota.Bytes && await s.TrySetAsync(Owner(scope), entry, quota, cancellationToken).ConfigureAwait(false)
                ? HostResult<bool>.Ok(true)
                : HostResult<bool>.Exceeded(ExhaustedResource.Size, $"at most {quota.Entries} values of {quota.Bytes} bytes together are kept");
        });

    /// <summary>Whether there was a value.</summary>
    public ValueTask<HostResult<bool>> DeleteAsync(CallScope scope, string key, CancellationToken cancellationToken) =>
        Guarded<bool>(scope, key, async s => HostResult<bool>.Ok(await s.DeleteAsync(Owner(scope), key, cancellationToken).ConfigureAwait(false)));

    /// <summary>Keys in order.</summary>
    public ValueTask<HostResult<IReadOnlyList<string>>> ListAsync(CallScope scope, (string Prefix, string? After) range, uint limit, CancellationToken cancellationToken) =>
        Guarded<IReadOnlyList<string>>(scope, null, async s =>
            HostResult<IReadOnlyList<string>>.Ok(await s.ListAsync(Owner(scope), range, (int)Math.Min(limit, MaxKeys), cancellationToken).ConfigureAwait(false)));

    private static StateOwner Owner(CallScope scope) => new(scope.Tenant, scope.Plugin);

    private async ValueTask<HostResult<T>> Guarded<T>(CallScope scope, string? key, Func<IPluginStateStore, Task<HostResult<T>>> work)
    {
        if (!scope.Permissions.State) return HostResult<T>.Deny("keeping state not permitted");
        if (store is null) return HostResult<T>.Failed(PluginErrorKind.NotFound, "this host keeps no state of plugins");
        if (key is not null && (key.Length == 0 || Encoding.UTF8.GetByteCount(key) > MaxKeyBytes))
            return HostResult<T>.Failed(PluginErrorKind.InvalidArguments, $"a key has 1 to {MaxKeyBytes} bytes");
        return await work(store).ConfigureAwait(false);
    }
}
