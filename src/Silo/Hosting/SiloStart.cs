using Microsoft.Extensions.Hosting;
#if !REAL_ORLEANS
using ClawGrains.Embedded;
#endif

namespace ClawGrains.Silo.Hosting;

/// <summary>Starts a host that holds a silo.</summary>
public static class SiloStart
{
    /// <summary>Starts it, and words what keeps the state from being used.</summary>
    /// <exception cref="HostStartException">The state is in use by another host, damaged, or can't be written.</exception>
    public static async Task StartWithSiloAsync(this IHost host, CancellationToken cancellationToken)
    {
#if REAL_ORLEANS
        await host.StartAsync(cancellationToken);
#else
        try
        {
            await host.StartAsync(cancellationToken);
        }
        catch (EmbeddedStorageException e)
        {
            throw new HostStartException(e.Message, e);
        }
#endif
    }
}
