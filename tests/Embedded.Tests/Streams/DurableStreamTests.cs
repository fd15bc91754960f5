using Microsoft.Extensions.Hosting;

namespace ClawGrains.Embedded.Tests.Streams;

public sealed class DurableStreamTests : InDirectory
{
    private readonly string _key = Guid.NewGuid().ToString("N");

    private Signal Signal => NotesGrain.Signals.GetOrAdd(_key, _ => new());

    [Fact]
    public async Task Event_NotTakenBeforeTheHostStopped_IsDeliveredAfterTheNextStart()
    {
        Signal.Refuses = true;
        using (var first = await StartAsync())
        {
            await first.Grain<INotesGrain>(_key).Subscribe(_key);
            await first.Grain<INotesGrain>(_key).Leave();
            await first.Grain<INotesGrain>("publisher").Publish(_key, "urgent");
            await Signal.UntilAsync(e => e.Contains("urgent"));
            await first.StopAsync();
        }
        Signal.Refuses = false;
        var before = Signal.Events.Count(e => e == "urgent");
        using var second = await StartAsync();
        await Signal.UntilAsync(e => e.Count(x => x == "urgent") > before);
        await second.StopAsync();
    }

    [Fact]
    public async Task Event_Taken_IsNotDeliveredAgain()
    {
        using (var first = await StartAsync())
        {
            await first.Grain<INotesGrain>(_key).Subscribe(_key);
            await first.Grain<INotesGrain>(_key).Leave();
            await first.Grain<INotesGrain>("publisher").Publish(_key, "one");
            await Signal.UntilAsync(e => e.Contains("one"));
            await first.StopAsync();
        }
        using var second = await StartAsync();
        await second.Grain<INotesGrain>("publisher").Publish(_key, "two");
        await Signal.UntilAsync(e => e.Contains("two"));
        Signal.Events.Count(e => e == "one").ShouldBe(1);
        await second.StopAsync();
    }

    [Fact]
    public async Task Streams_WithoutStorageForSubscriptions_FailTheStart() =>
        (await Should.ThrowAsync<OrleansConfigurationException>(() => EmbeddedHost.StartAsync(silo => silo.AddMemoryStreams("s")))).Message.ShouldContain("PubSubStore");

    [Fact]
    public async Task DurableStreams_WithoutDatabase_FailTheStart() =>
        (await Should.ThrowAsync<OrleansConfigurationException>(() => EmbeddedHost.StartAsync(silo => silo.AddMemoryGrainStorage("PubSubStore").AddEmbeddedStreams("s"))))
            .Message.ShouldContain("UseEmbeddedStorage");

    private Task<IHost> StartAsync() => EmbeddedHost.StartAsync(silo => silo.UseEmbeddedStorage(Database).AddEmbeddedStreams("durable"));
}
