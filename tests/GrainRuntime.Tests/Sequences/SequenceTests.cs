using System.Runtime.CompilerServices;

namespace ClawGrains.GrainRuntime.Tests.Sequences;

public interface ICountingGrain : IGrainWithStringKey
{
    IAsyncEnumerable<int> Count(int to);
    IAsyncEnumerable<int> CountThenFail(int to);
    IAsyncEnumerable<int> CountUntilCancelled(CancellationToken token = default);
    Task<string> Hello();
    Task<int> SumOf(string key, int to);
}

public sealed class CountingGrain : Grain, ICountingGrain
{
    private Probe Probe => Probe.Of(this.GetPrimaryKeyString());

    public async IAsyncEnumerable<int> Count(int to)
    {
        for (var i = 0; i < to; i++)
        {
            if (i % 7 == 0)
                await Task.Yield();
            yield return i;
        }
    }

    public async IAsyncEnumerable<int> CountThenFail(int to)
    {
        for (var i = 0; i < to; i++)
            yield return i;
        await Task.Yield();
        throw new InvalidOperationException("no more");
    }

    public async IAsyncEnumerable<int> CountUntilCancelled([EnumeratorCancellation] CancellationToken token = default)
    {
        try
        {
            for (var i = 0; ; i++)
            {
                yield return i;
                if (i == 2)
                {
                    Probe.Add("waiting");
                    var cancelled = new TaskCompletionSource();
                    await using var registration = token.Register(() => cancelled.TrySetCanceled(token));
                    await cancelled.Task;
                }
            }
        }
        finally
        {
            Probe.Add("ended");
        }
    }

    public Task<string> Hello() => Task.FromResult("hello");

    public async Task<int> SumOf(string key, int to)
    {
        var sum = 0;
        await foreach (var i in GrainFactory.GetGrain<ICountingGrain>(key).Count(to))
            sum += i;
        return sum;
    }
}

[Collection(ClusterTests.Name)]
public sealed class SequenceTests(TestClusterFixture cluster)
{
    private readonly string _key = Probe.NewKey("counting");

    private ICountingGrain Grain => cluster.Client.GetGrain<ICountingGrain>(_key);

    [Theory, InlineData(0), InlineData(1), InlineData(100), InlineData(1234)]
    public async Task Sequence_OfAGrain_ArrivesWhole(int count)
    {
        var got = new List<int>();
        await foreach (var i in Grain.Count(count))
            got.Add(i);
        got.ShouldBe(Enumerable.Range(0, count));
    }

    [Fact]
    public async Task Sequence_InSmallBatches_ArrivesWhole()
    {
        var got = new List<int>();
        await foreach (var i in Grain.Count(10).WithBatchSize(3))
            got.Add(i);
        got.ShouldBe(Enumerable.Range(0, 10));
    }

    [Fact]
    public async Task Sequence_ThatFails_GivesItsItemsFirst()
    {
        var got = new List<int>();
        var e = await Should.ThrowAsync<InvalidOperationException>(async () =>
        {
            await foreach (var i in Grain.CountThenFail(5))
                got.Add(i);
        });
        e.Message.ShouldBe("no more");
        got.ShouldBe([0, 1, 2, 3, 4]);
    }

    [Fact]
    public async Task Sequence_InProgress_LetsOtherCallsThrough_AndEndsWhenCancelled()
    {
        using var cancel = new CancellationTokenSource();
        var got = new List<int>();
        var reading = Task.Run(async () =>
        {
            await foreach (var i in Grain.CountUntilCancelled().WithCancellation(cancel.Token))
                got.Add(i);
        });
        await Probe.Of(_key).SeenAsync("waiting");
        (await Grain.Hello()).ShouldBe("hello");
        await cancel.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => reading);
        await Probe.Of(_key).SeenAsync("ended");
    }

    [Fact]
    public async Task Sequence_LeftEarly_RunsItsFinally()
    {
        await foreach (var i in Grain.CountUntilCancelled())
        {
            if (i == 1)
                break;
        }
        await Probe.Of(_key).SeenAsync("ended");
    }

    [Fact]
    public async Task Sequence_ReadByAGrain_ArrivesWhole() => (await Grain.SumOf(_key + "-other", 250)).ShouldBe(250 * 249 / 2);
}
