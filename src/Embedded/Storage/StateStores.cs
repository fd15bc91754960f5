using System.Collections.Concurrent;
using Orleans.Storage;

namespace ClawGrains.Embedded.Storage;

/// <summary>The storages of a silo by name. With a database, names that are not given to memory are its.</summary>
internal sealed class StateStores(StorageNames names)
{
    private readonly ConcurrentDictionary<string, IStateStore> _stores = new(StringComparer.Ordinal);

    /// <summary>The database; null when all is in memory.</summary>
    internal SqliteDatabase? Database { get; private set; }

    internal async Task OpenAsync(CancellationToken token)
    {
        if (names.Path is { } path)
            Database = await SqliteDatabase.OpenAsync(path, token).ConfigureAwait(false);
    }

    internal async Task CloseAsync()
    {
        if (Database is { } database)
            await database.DisposeAsync().ConfigureAwait(false);
    }

    internal bool Has(string name) => names.Path is not null || names.InMemory.Contains(name);

    internal IStateStore Find(string? name, Type user)
    {
        var key = name ?? StorageNames.Default;
        if (!Has(key))
        {
            throw new BadProviderConfigException(name is null
                ? $"No default storage provider found loading grain type {user.FullName}. Add one with AddMemoryGrainStorageAsDefault or UseEmbeddedStorage."
                : $"No storage provider named \"{name}\" found loading grain type {user.FullName}. Add one with AddMemoryGrainStorage(\"{name}\") or UseEmbeddedStorage.");
        }
        return _stores.GetOrAdd(key, Make);
    }

    private IStateStore Make(string name) => names.InMemory.Contains(name) || Database is null
        ? new MemoryStateStore()
        : new SqliteStateStore(Database, name);
}

/// <summary>What was configured of storages.</summary>
internal sealed class StorageNames
{
    internal const string Default = "Default";

    /// <summary>Where Orleans keeps stream subscriptions.</summary>
    internal const string PubSub = "PubSubStore";

    internal HashSet<string> InMemory { get; } = new(StringComparer.Ordinal);

    internal string? Path { get; set; }
}
