using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace ClawGrains.Silo.Reloading;

/// <summary>Wires hot reload.</summary>
public static class ReloadingExtensions
{
    /// <summary>
    /// Adds the services that watch the directories of skills and plugins and take in what changes. To be added after the silo, which is to
    /// start first; doing so twice is harmless.
    /// </summary>
    public static IServiceCollection AddSkillReloading(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, CatalogReloader>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, SkillPluginStart>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, CheckWatch>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, PluginDirectoryWatch>());
        return services;
    }
}
