using Orleans.Streams;
using Orleans.Streams.Core;

namespace ClawGrains.GrainRuntime.Tests.Streams;

[GenerateSerializer]
public sealed class Notice
{
    [Id(0)] public string Text { get; set; } = "";
}

public interface ISubscriberGrain : IGrainWithStringKey
{
    Task Subscribe(string stream);
    Task<int> Handles(string stream);
    Task Resume(string stream);
    Task Unsubscribe(string stream);
    Task Publish(string stream, string text);
    Task Leave();
}

public interface IImplicitGrain : IGrainWithStringKey;

public interface IActivatingGrain : IGrainWithStringKey;

public sealed class SubscriberGrain : Grain, ISubscriberGrain
{
    private Probe Probe => Probe.Of(this.GetPrimaryKeyString());

    public Task Subscribe(string stream) => Stream(stream).SubscribeAsync(Receive);

    public async Task<int> Handles(string stream) => (await Stream(stream).GetAllSubscriptionHandles()).Count;

    public async Task Resume(string stream)
    {
        foreach (var handle in await Stream(stream).GetAllSubscriptionHandles())
            await handle.ResumeAsync((item, token) => Receive(new() { Text = $"resumed {item.Text}" }, token));
    }

    public async Task Unsubscribe(string stream)
    {
        foreach (var handle in await Stream(stream).GetAllSubscriptionHandles())
            await handle.UnsubscribeAsync();
    }

    public async Task Publish(string stream, string text)
    {
        var notice = new Notice { Text = text };
        await Stream(stream).OnNextAsync(notice);
        notice.Text = "changed after it was sent";
    }

    public Task Leave()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    private Task Receive(Notice notice, StreamSequenceToken token)
    {
        Probe.Add(TaskScheduler.Current == TaskScheduler.Default ? "outside the grain" : notice.Text);
        if (notice.Text == "fail once" && Probe.Events.Count(e => e == notice.Text) == 1)
            throw new InvalidOperationException("not yet");
        return Task.CompletedTask;
    }

    private IAsyncStream<Notice> Stream(string key) => this.GetStreamProvider("streams").GetStream<Notice>(StreamId.Create("notices", key));
}

[ImplicitStreamSubscription("implicit")]
public sealed class ImplicitGrain : Grain, IImplicitGrain, IStreamSubscriptionObserver, IAsyncObserver<Notice>
{
    public async Task OnSubscribed(IStreamSubscriptionHandleFactory handleFactory)
    {
        Probe.Of(this.GetPrimaryKeyString()).Add($"subscribed {handleFactory.StreamId.GetNamespace()} {handleFactory.ProviderName}");
        await handleFactory.Create<Notice>().ResumeAsync(this);
    }

    public Task OnNextAsync(Notice item, StreamSequenceToken? token = null)
    {
        Probe.Of(this.GetPrimaryKeyString()).Add(item.Text);
        if (item.Text == "leave")
            DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public Task OnCompletedAsync() => Task.CompletedTask;

    public Task OnErrorAsync(Exception ex) => Task.CompletedTask;
}

[ImplicitStreamSubscription("activating")]
public sealed class ActivatingGrain : Grain, IActivatingGrain
{
    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var stream = this.GetStreamProvider("streams").GetStream<Notice>(StreamId.Create("activating", this.GetPrimaryKeyString()));
        await stream.SubscribeAsync((item, _) =>
        {
            Probe.Of(this.GetPrimaryKeyString()).Add(item.Text);
            return Task.CompletedTask;
        });
    }
}

[Collection(ClusterTests.Name)]
public sealed class StreamTests(TestClusterFixture cluster)
{
    private readonly string _key = Probe.NewKey("stream");

    private ISubscriberGrain Grain => cluster.Client.GetGrain<ISubscriberGrain>(_key);

    private Probe Probe => Probe.Of(_key);

    private IAsyncStream<Notice> Stream(string ns) => cluster.Client.GetStreamProvider("streams").GetStream<Notice>(StreamId.Create(ns, _key));

    [Fact]
    public async Task Subscriber_OfAStream_GetsItsItemsInOrder_AsTheyWereSent()
    {
        await Grain.Subscribe(_key);
        for (var i = 0; i < 20; i++)
            await cluster.Client.GetGrain<ISubscriberGrain>(_key + "-publisher").Publish(_key, $"{i}");
        await Probe.SeenAsync("19");
        Probe.Events.ShouldBe(Enumerable.Range(0, 20).Select(i => $"{i}"));
    }

    [Fact]
    public async Task Subscribers_OfOneStream_AllGetItsItems()
    {
        await Grain.Subscribe(_key);
        await cluster.Client.GetGrain<ISubscriberGrain>(_key + "-2").Subscribe(_key);
        await Stream("notices").OnNextAsync(new() { Text = "x" });
        await Probe.SeenAsync("x");
        await Probe.Of(_key + "-2").SeenAsync("x");
    }

    [Fact]
    public async Task Subscriber_ThatFails_GetsTheItemAgainAndThenTheNext()
    {
        await Grain.Subscribe(_key);
        await Stream("notices").OnNextAsync(new() { Text = "fail once" });
        await Stream("notices").OnNextAsync(new() { Text = "next" });
        await Probe.SeenAsync("next");
        Probe.Events.ShouldBe(["fail once", "fail once", "next"]);
    }

    [Fact]
    public async Task Subscription_OfAnEndedActivation_IsThereToBeResumed()
    {
        await Grain.Subscribe(_key);
        await Grain.Leave();
        (await Grain.Handles(_key)).ShouldBe(1);
        await Grain.Resume(_key);
        await Stream("notices").OnNextAsync(new() { Text = "x" });
        await Probe.SeenAsync("resumed x");
        (await Grain.Handles(_key)).ShouldBe(1);
    }

    [Fact]
    public async Task Subscription_Cancelled_GetsNothing()
    {
        await Grain.Subscribe(_key);
        await Stream("notices").OnNextAsync(new() { Text = "before" });
        await Probe.SeenAsync("before");
        await Grain.Unsubscribe(_key);
        (await Grain.Handles(_key)).ShouldBe(0);
        var other = cluster.Client.GetGrain<ISubscriberGrain>(_key + "-2");
        await other.Subscribe(_key);
        await Stream("notices").OnNextAsync(new() { Text = "after" });
        await Probe.Of(_key + "-2").SeenAsync("after");
        Probe.Events.ShouldBe(["before"]);
    }

    [Fact]
    public async Task ImplicitSubscriber_OfANamespace_IsActivatedByTheStreamOfItsKey()
    {
        await Stream("implicit").OnNextAsync(new() { Text = "one" });
        await Stream("implicit").OnNextAsync(new() { Text = "two" });
        await Probe.SeenAsync("two");
        Probe.Events.ShouldBe(["subscribed implicit streams", "one", "two"]);
    }

    [Fact]
    public async Task ImplicitSubscriber_ThatEnded_IsActivatedAndToldAgain()
    {
        await Stream("implicit").OnNextAsync(new() { Text = "leave" });
        await Probe.SeenAsync("leave");
        await Stream("implicit").OnNextAsync(new() { Text = "again" });
        await Probe.SeenAsync("again");
        Probe.Events.ShouldBe(["subscribed implicit streams", "leave", "subscribed implicit streams", "again"]);
    }

    [Fact]
    public async Task ImplicitSubscriber_ThatSubscribesWhenActivated_GetsTheFirstItem()
    {
        await Stream("activating").OnNextAsync(new() { Text = "one" });
        await Probe.SeenAsync("one");
    }

    [Fact]
    public async Task Client_Subscribed_GetsItemsUntilItCancels()
    {
        var handle = await Stream("notices").SubscribeAsync((item, _) =>
        {
            Probe.Add(item.Text);
            return Task.CompletedTask;
        });
        await Grain.Publish(_key, "to the client");
        await Probe.SeenAsync("to the client");
        await handle.UnsubscribeAsync();
    }

    [Fact]
    public async Task Batch_Published_ArrivesInOrder()
    {
        await Grain.Subscribe(_key);
        await Stream("notices").OnNextBatchAsync([new() { Text = "a" }, new() { Text = "b" }]);
        await Probe.SeenAsync("b");
        Probe.Events.ShouldBe(["a", "b"]);
    }

    [Fact]
    public void Provider_OfAnUnknownName_IsRefused() => Should.Throw<KeyNotFoundException>(() => cluster.Client.GetStreamProvider("no such provider"));
}
