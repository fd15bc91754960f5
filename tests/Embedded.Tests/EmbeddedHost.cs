using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ClawGrains.Embedded.Tests;

/// <summary>A host with the embedded runtime, as a program has it.</summary>
internal static class EmbeddedHost
{
    internal static async Task<IHost> StartAsync(Action<ISiloBuilder> configure, TimeProvider? time = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        if (time is not null)
            builder.Services.AddSingleton(time);
        builder.UseOrleans(configure);
        var host = builder.Build();
        try
        {
            await host.StartAsync();
        }
        catch
        {
            host.Dispose();
            throw;
        }
        return host;
    }

    internal static T Grain<T>(this IHost host, string key) where T : IGrainWithStringKey => host.Services.GetRequiredService<IGrainFactory>().GetGrain<T>(key);
}

/// <summary>A directory of the test's own.</summary>
public abstract class InDirectory : IDisposable
{
    protected string Directory { get; } = System.IO.Directory.CreateTempSubdirectory("clawgrains-embedded-").FullName;

    protected string Database => Path.Combine(Directory, "grains.db");

    public void Dispose()
    {
        System.IO.Directory.Delete(Directory, recursive: true);
        GC.SuppressFinalize(this);
    }
}
