using ClawGrains.Embedded.Calls;
using Microsoft.Extensions.DependencyInjection;

namespace ClawGrains.Embedded.Tests.Lifetime;

public sealed class EndedActivationTests
{
    // As when the thread that ends it has been stopped before it took it out.
    [Fact]
    public async Task Call_WhileTheEndedActivationIsInTheCatalogStill_ActivatesAnother()
    {
        using var host = await EmbeddedHost.StartAsync(silo => silo.AddMemoryGrainStorageAsDefault());
        var catalog = host.Services.GetRequiredService<GrainRuntime>().Silo.Catalog;
        var grain = host.Grain<INotesGrain>(Guid.NewGuid().ToString("N"));
        await grain.Touch();
        var ended = catalog.Activations.Single(activation => activation.GrainId == grain.GetGrainId());
        ended.Deactivate(new(DeactivationReasonCode.ApplicationRequested, "test"), CancellationToken.None);
        await ended.Deactivated;
        catalog.Add(ended.GrainId, ended);
        await Task.Run(grain.Touch).WaitAsync(TimeSpan.FromSeconds(30));
        catalog.Activations.Single(activation => activation.GrainId == ended.GrainId).ShouldNotBeSameAs(ended);
        await host.StopAsync();
    }
}
