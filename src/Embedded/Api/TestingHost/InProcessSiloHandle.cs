using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Runtime;

namespace Orleans.TestingHost;

/// <summary>A silo of a test cluster.</summary>
public abstract class SiloHandle
{
    /// <summary>Its name.</summary>
    public string Name { get; set; } = "";

    /// <summary>Its address.</summary>
    public SiloAddress SiloAddress { get; set; } = null!;

    /// <summary>Whether it runs.</summary>
    public abstract bool IsActive { get; }
}

/// <summary>A silo of a test cluster, in this process.</summary>
public class InProcessSiloHandle : SiloHandle
{
    private bool _active = true;

    internal InProcessSiloHandle(string name, IHost host)
    {
        (Name, SiloHost) = (name, host);
        SiloAddress = host.Services.GetRequiredService<ILocalSiloDetails>().SiloAddress;
    }

    /// <summary>The host.</summary>
    public IHost SiloHost { get; init; }

    /// <summary>The host's services.</summary>
    public IServiceProvider ServiceProvider => SiloHost.Services;

    /// <inheritdoc/>
    public override bool IsActive => _active;

    internal async Task StopAsync()
    {
        if (!_active)
            return;
        _active = false;
        await SiloHost.StopAsync().ConfigureAwait(false);
        if (SiloHost is IAsyncDisposable host)
            await host.DisposeAsync().ConfigureAwait(false);
    }
}
