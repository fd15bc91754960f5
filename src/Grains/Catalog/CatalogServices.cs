using ClawGrains.Contracts;
using ClawGrains.Grains.Catalog.Store;

namespace ClawGrains.Grains.Catalog;

/// <summary>What catalog grains are made with.</summary>
internal sealed record CatalogServices(
    CatalogOptions Options, CatalogRoots Roots, ContentStores Stores, WatchedTenants Watched, IEnumerable<ISkillCheck> Checks, TimeProvider Time)
{
    /// <summary>Completes when the checks can be asked.</summary>
    public async ValueTask ReadyAsync()
    {
        foreach (var check in Checks) await check.ReadyAsync();
    }

    public CatalogBuilder BuilderFor(TenantId tenant) => new(tenant, Roots, Stores.Of(tenant), Checks, Time);
}
