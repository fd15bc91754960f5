using ClawGrains.Contracts;
using ClawGrains.Grains.Catalog.Store;
using ClawGrains.Skills.Discovery;

namespace ClawGrains.Grains.Catalog;

/// <summary>What catalog grains are made with.</summary>
internal sealed record CatalogServices(
    CatalogOptions Options, CatalogRoots Roots, ContentStores Stores, WatchedTenants Watched, IEnumerable<ISkillCheck> Checks, TimeProvider Time)
{
    /// <summary>Completes when the checks can be asked of these skills.</summary>
    public async ValueTask ReadyAsync(IReadOnlyList<DiscoveredSkill> skills)
    {
        foreach (var check in Checks) await check.ReadyAsync(skills);
    }

    public CatalogBuilder BuilderFor(TenantId tenant) => new(tenant, Roots, Stores.Of(tenant), Checks, new SkillDiscoveryOptions { HashFiles = true, ForgetsFiles = Options.ReadsOnce, Time = Time });
}
