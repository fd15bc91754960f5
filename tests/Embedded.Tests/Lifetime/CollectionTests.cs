using Microsoft.Extensions.Hosting;
using Orleans.Configuration;

namespace ClawGrains.Embedded.Tests.Lifetime;

public sealed class CollectionTests
{
    private readonly ManualTime _time = new();
    private readonly string _key = Guid.NewGuid().ToString("N");

    private Signal Signal => NotesGrain.Signals.GetOrAdd(_key, _ => new());

    [Fact]
    public async Task Activation_IdleForTheAge_IsCollected_AndOneInUseIsNot()
    {
        using var host = await StartAsync();
        await host.Grain<INotesGrain>(_key).Touch();
        _time.Advance(TimeSpan.FromMinutes(14));
        await host.Grain<INotesGrain>(_key).Touch();
        _time.Advance(TimeSpan.FromMinutes(14));
        Signal.Events.ShouldBeEmpty();
        await CollectedAsync();
        await host.StopAsync();
    }

    [Fact]
    public async Task Activation_WithATimer_IsCollectedAllTheSame()
    {
        using var host = await StartAsync();
        await host.Grain<INotesGrain>(_key).TimeTick(TimeSpan.FromMinutes(5));
        await CollectedAsync();
        await host.StopAsync();
    }

    [Fact]
    public async Task Call_WithoutAnAnswer_TimesOut()
    {
        using var host = await StartAsync();
        var call = host.Grain<INotesGrain>(_key).Forever();
        _time.Advance(TimeSpan.FromSeconds(29));
        call.IsCompleted.ShouldBeFalse();
        _time.Advance(TimeSpan.FromSeconds(3));
        (await Should.ThrowAsync<TimeoutException>(() => call)).Message.ShouldContain(nameof(INotesGrain.Forever));
        using var soon = new CancellationTokenSource();
        await soon.CancelAsync();
        await host.StopAsync(soon.Token);
    }

    [Fact]
    public async Task Age_NotGreaterThanTheQuantum_FailsTheStart() => await Should.ThrowAsync<OrleansConfigurationException>(() =>
        EmbeddedHost.StartAsync(silo => silo.Configure<GrainCollectionOptions>(o => o.CollectionAge = TimeSpan.FromSeconds(5))));

    [Fact]
    public async Task Call_AfterTheStop_IsRefused()
    {
        using var host = await StartAsync();
        var grain = host.Grain<INotesGrain>(_key);
        await grain.Touch();
        await host.StopAsync();
        await Should.ThrowAsync<SiloUnavailableException>(async () => await grain.Touch());
    }

    // A turn that has answered may end a little later, and until it has the activation is in use: time goes on meanwhile.
    private async Task CollectedAsync()
    {
        var collected = Signal.UntilAsync(e => e.Contains("deactivated ActivationIdle"));
        while (!collected.IsCompleted)
        {
            _time.Advance(TimeSpan.FromMinutes(1));
            await Task.Yield();
        }
        await collected;
    }

    private Task<IHost> StartAsync() => EmbeddedHost.StartAsync(silo => silo.AddMemoryGrainStorageAsDefault(), _time);
}
