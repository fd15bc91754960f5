namespace ClawGrains.GrainRuntime.Tests.Observers;

public interface IListener : IGrainObserver
{
    [Orleans.Concurrency.OneWay] void Heard(string text);
    Task<string> Ask(string text);
}

public interface ISpeakerGrain : IGrainWithStringKey
{
    Task Listen(IListener listener);
    Task Say(string text);
    Task<string> Ask(string text);
}

public sealed class SpeakerGrain : Grain, ISpeakerGrain
{
    private readonly HashSet<IListener> _listeners = [];

    public Task Listen(IListener listener)
    {
        _listeners.Add(listener);
        return Task.CompletedTask;
    }

    public Task Say(string text)
    {
        foreach (var listener in _listeners)
            listener.Heard(text);
        return Task.CompletedTask;
    }

    public Task<string> Ask(string text) => _listeners.Single().Ask(text);
}

public sealed class Listener(string key) : IListener
{
    public void Heard(string text) => Probe.Of(key).Add(text);

    public async Task<string> Ask(string text)
    {
        await Task.Yield();
        return text == "fail" ? throw new InvalidOperationException("the observer fails") : $"answer to {text}";
    }
}

[Collection(ClusterTests.Name)]
public sealed class ObserverTests(TestClusterFixture cluster)
{
    private readonly string _key = Probe.NewKey("speaker");

    private ISpeakerGrain Grain => cluster.Client.GetGrain<ISpeakerGrain>(_key);

    [Fact]
    public async Task Observer_WithAReference_IsCalledByGrains_OnceHoweverOftenItWasPassed()
    {
        var listener = new Listener(_key);
        var reference = cluster.Client.CreateObjectReference<IListener>(listener);
        await Grain.Listen(reference);
        await Grain.Listen(reference);
        await Grain.Say("one");
        await Grain.Say("two");
        await Probe.Of(_key).SeenAsync("two");
        Probe.Of(_key).Events.ShouldBe(["one", "two"]);
        cluster.Client.DeleteObjectReference<IListener>(reference);
        GC.KeepAlive(listener);
    }

    [Fact]
    public async Task Observer_AskedByAGrain_Answers()
    {
        var listener = new Listener(_key);
        await Grain.Listen(cluster.Client.CreateObjectReference<IListener>(listener));
        (await Grain.Ask("x")).ShouldBe("answer to x");
        (await Should.ThrowAsync<InvalidOperationException>(() => Grain.Ask("fail"))).Message.ShouldBe("the observer fails");
        GC.KeepAlive(listener);
    }

    [Fact]
    public async Task Observer_PassedItself_IsRefused() => await Should.ThrowAsync<Exception>(() => Grain.Listen(new Listener(_key)));
}
