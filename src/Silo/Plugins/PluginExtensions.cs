using ClawGrains.Grains.Plugins;
using ClawGrains.Silo.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace ClawGrains.Silo.Plugins;

/// <summary>Wires plugins.</summary>
internal static class PluginExtensions
{
    public static IServiceCollection AddPlugins(this IServiceCollection services, SiloOptions options)
    {
        var settings = new LivePluginSettings(new SettingsFile(options.DataDirectory), options.EnablePlugins, TimeProvider.System);
        services.AddSingleton(new PluginHostOptions
        {
            DataDirectory = options.DataDirectory, Workspace = options.Workspace, Settings = () => settings.Current,
        });
        return services.AddSingleton<PluginDirectories>().AddHostedService(s => s.GetRequiredService<PluginDirectories>());
    }
}
