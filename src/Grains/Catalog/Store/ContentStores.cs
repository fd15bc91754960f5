using System.Collections.Concurrent;
using ClawGrains.Contracts;

namespace ClawGrains.Grains.Catalog.Store;

/// <summary>The content store of each tenant, beside its managed skills: no tenant reads from another's.</summary>
internal sealed class ContentStores(CatalogOptions options, CatalogRoots roots, TimeProvider time)
{
    private readonly ConcurrentDictionary<TenantId, IContentStore> _stores = new();

    public IContentStore Of(TenantId tenant) => _stores.GetOrAdd(tenant, Create);

    private IContentStore Create(TenantId tenant) => options.KeepVersions
        ? new DiskStore(Path.Combine(Path.GetDirectoryName(roots.Managed(tenant))!, "store"), time)
        : new MemoryStore();
}
