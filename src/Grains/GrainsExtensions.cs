using ClawGrains.Grains.Approvals;
using ClawGrains.Grains.Catalog;
using ClawGrains.Grains.Catalog.Store;
using ClawGrains.Grains.Plugins;
using ClawGrains.Grains.SkillPlugins;
using ClawGrains.Grains.Skills;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ClawGrains.Grains;

/// <summary>Wires the services that grains are made with.</summary>
public static class GrainsExtensions
{
    /// <summary>Adds them; doing so twice is harmless.</summary>
    public static IServiceCollection AddClawGrains(this IServiceCollection services, CatalogOptions options)
    {
        services.TryAddSingleton(options);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<CatalogRoots>();
        services.TryAddSingleton(new PluginHostOptions { DataDirectory = options.DataDirectory, Workspace = options.Workspace });
        services.TryAddSingleton<PluginHost>();
        services.TryAddSingleton<PluginPrograms>();
        services.TryAddSingleton<PluginResolver>();
        services.TryAddSingleton<ContentStores>();
        services.TryAddSingleton<WatchedTenants>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ISkillCheck, ComponentCheck>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ISkillCheck, CarriedPluginCheck>());
        services.TryAddSingleton<CatalogServices>();
        services.TryAddSingleton<SkillContents>();
        services.TryAddSingleton<SkillComponents>();
        services.TryAddSingleton<SkillReviewer>();
        services.TryAddSingleton<ApprovalAudit>();
        services.TryAddSingleton<SkillPluginReader>();
        return services;
    }
}
