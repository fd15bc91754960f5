using Microsoft.Extensions.Hosting;
using Orleans.Hosting;

namespace Orleans.TestingHost;

/// <summary>Puts a silo and a client together for tests. The embedded runtime has one silo: use <c>new InProcessTestClusterBuilder(1)</c>.</summary>
public sealed class InProcessTestClusterBuilder
{
    /// <summary>Two silos, as in Orleans; the embedded runtime refuses to build them.</summary>
    public InProcessTestClusterBuilder() : this(2)
    {
    }

    /// <summary>The given number of silos; the embedded runtime has one.</summary>
    public InProcessTestClusterBuilder(short initialSilosCount) => Options.InitialSilosCount = initialSilosCount;

    /// <summary>What was configured.</summary>
    public InProcessTestClusterOptions Options { get; } = new();

    /// <summary>Configures the silo.</summary>
    public InProcessTestClusterBuilder ConfigureSilo(Action<InProcessTestSiloSpecificOptions, ISiloBuilder> configureSiloDelegate)
    {
        Options.SiloHostConfigurationDelegates.Add((options, host) => host.UseOrleans(silo => configureSiloDelegate(options, silo)));
        return this;
    }

    /// <summary>Configures the silo's host.</summary>
    public InProcessTestClusterBuilder ConfigureSiloHost(Action<InProcessTestSiloSpecificOptions, IHostApplicationBuilder> configureSiloHostDelegate)
    {
        Options.SiloHostConfigurationDelegates.Add(configureSiloHostDelegate);
        return this;
    }

    /// <summary>Configures the client.</summary>
    public InProcessTestClusterBuilder ConfigureClient(Action<IClientBuilder> configureClientDelegate)
    {
        Options.ClientConfiguration.Add(configureClientDelegate);
        return this;
    }

    /// <summary>Configures the client's host.</summary>
    public InProcessTestClusterBuilder ConfigureClientHost(Action<IHostApplicationBuilder> configureHostDelegate)
    {
        Options.ClientHostConfigurationDelegates.Add(configureHostDelegate);
        return this;
    }

    /// <summary>Configures both hosts.</summary>
    public InProcessTestClusterBuilder ConfigureHost(Action<IHostApplicationBuilder> configureDelegate)
    {
        Options.SiloHostConfigurationDelegates.Add((_, host) => configureDelegate(host));
        return ConfigureClientHost(configureDelegate);
    }

    /// <summary>Makes the cluster, not yet started.</summary>
    /// <exception cref="NotSupportedException">More than one silo was asked for.</exception>
    public InProcessTestCluster Build() => Options.InitialSilosCount == 1
        ? new InProcessTestCluster(Options)
        : throw new NotSupportedException($"The embedded grain runtime has one silo, not {Options.InitialSilosCount}: use new InProcessTestClusterBuilder(1).");
}
