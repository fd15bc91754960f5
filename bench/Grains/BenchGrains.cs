using Orleans.Concurrency;
using Orleans.Streams;
using Orleans.Streams.Core;

namespace ClawGrains.Grains.Bench;

[GenerateSerializer]
public sealed record Message([property: Id(0)] string Name, [property: Id(1)] int Number, [property: Id(2)] List<string> Tags);

[GenerateSerializer, Immutable]
public sealed record FixedMessage([property: Id(0)] string Name, [property: Id(1)] int Number);

public interface IBenchGrain : IGrainWithStringKey
{
    Task Empty();
    Task<Message> Echo(Message message);
    Task<FixedMessage> EchoFixed(FixedMessage message);
}

public interface IBenchWorker : IGrainWithStringKey
{
    Task Empty();
}

public sealed class BenchGrain : Grain, IBenchGrain
{
    public Task Empty() => Task.CompletedTask;

    public Task<Message> Echo(Message message) => Task.FromResult(message);

    public Task<FixedMessage> EchoFixed(FixedMessage message) => Task.FromResult(message);
}

[StatelessWorker]
public sealed class BenchWorker : Grain, IBenchWorker
{
    public Task Empty() => Task.CompletedTask;
}

[ImplicitStreamSubscription("bench")]
public sealed class BenchSubscriber : Grain, IGrainWithStringKey, IStreamSubscriptionObserver
{
    internal static readonly SemaphoreSlim Received = new(0);

    public Task OnSubscribed(IStreamSubscriptionHandleFactory handleFactory) => handleFactory.Create<int>().ResumeAsync((_, _) =>
    {
        Received.Release();
        return Task.CompletedTask;
    });
}
