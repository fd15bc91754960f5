using Orleans.Serialization;

namespace ClawGrains.GrainRuntime.Tests.Failures;

[GenerateSerializer]
public sealed class OwnException(string message, int code) : Exception(message)
{
    [Id(0)] public int Code { get; } = code;
}

/// <summary>An exception that says nothing of how it travels.</summary>
public sealed class HomelyException(string message) : Exception(message);

/// <summary>One that a converter brings along.</summary>
public sealed class ForeignException(string message, int code) : Exception(message)
{
    public int Code { get; } = code;
}

[GenerateSerializer]
public struct ForeignExceptionSurrogate
{
    [Id(0)] public string Message;
    [Id(1)] public int Code;
}

[RegisterConverter]
public sealed class ForeignExceptionConverter : IConverter<ForeignException, ForeignExceptionSurrogate>
{
    public ForeignException ConvertFromSurrogate(in ForeignExceptionSurrogate surrogate) => new(surrogate.Message, surrogate.Code);

    public ForeignExceptionSurrogate ConvertToSurrogate(in ForeignException value) => new() { Message = value.Message, Code = value.Code };
}

public interface IFailingGrain : IGrainWithStringKey
{
    Task Throw(string kind);
    Task<int> ThrowAfterYield();
    ValueTask<int> ThrowValue();
    [ResponseTimeout("00:00:00.300")] Task Never();
    Task<int> Calls();
}

public sealed class FailingGrain : Grain, IFailingGrain
{
    private int _calls;

    public Task Throw(string kind)
    {
        _calls++;
        throw kind switch
        {
            "own" => new OwnException("own message", 7),
            "homely" => new HomelyException("at home"),
            "foreign" => new ForeignException("from afar", 9),
            "inner" => new InvalidOperationException("outer", new ArgumentException("inner")),
            _ => new KeyNotFoundException("no such key"),
        };
    }

    public async Task<int> ThrowAfterYield()
    {
        await Task.Yield();
        throw new InvalidOperationException("later");
    }

    public ValueTask<int> ThrowValue() => throw new InvalidOperationException("value");

    public Task Never() => Probe.Of(this.GetPrimaryKeyString()).PassAsync("never");

    public Task<int> Calls() => Task.FromResult(_calls);
}

[Collection(ClusterTests.Name)]
public sealed class FailureTests(TestClusterFixture cluster)
{
    private IFailingGrain Grain { get; } = cluster.Client.GetGrain<IFailingGrain>(Probe.NewKey("failing"));

    [Fact]
    public async Task Exception_OfTheFramework_ArrivesWithTypeAndMessage() =>
        (await Should.ThrowAsync<KeyNotFoundException>(() => Grain.Throw("framework"))).Message.ShouldBe("no such key");

    [Fact]
    public async Task Exception_OfOnesOwn_ArrivesWithItsMembers()
    {
        var e = await Should.ThrowAsync<OwnException>(() => Grain.Throw("own"));
        e.Message.ShouldBe("own message");
        e.Code.ShouldBe(7);
    }

    [Fact]
    public async Task Exception_ThatNobodyMadeSerializable_ArrivesAsWordOfThat() =>
        await Should.ThrowAsync<CodecNotFoundException>(() => Grain.Throw("homely"));

    [Fact]
    public async Task Exception_WithAConverter_ArrivesWithItsMembers()
    {
        var e = await Should.ThrowAsync<ForeignException>(() => Grain.Throw("foreign"));
        e.Message.ShouldBe("from afar");
        e.Code.ShouldBe(9);
    }

    [Fact]
    public async Task Exception_WithInner_ArrivesWithIt() =>
        (await Should.ThrowAsync<InvalidOperationException>(() => Grain.Throw("inner"))).InnerException.ShouldBeOfType<ArgumentException>().Message.ShouldBe("inner");

    [Fact]
    public async Task Exception_AfterAnAwait_Arrives() => (await Should.ThrowAsync<InvalidOperationException>(() => Grain.ThrowAfterYield())).Message.ShouldBe("later");

    [Fact]
    public async Task Exception_OfAValueTask_Arrives() => (await Should.ThrowAsync<InvalidOperationException>(async () => await Grain.ThrowValue())).Message.ShouldBe("value");

    [Fact]
    public async Task Exception_OfACall_LeavesTheActivation()
    {
        await Should.ThrowAsync<KeyNotFoundException>(() => Grain.Throw("framework"));
        (await Grain.Calls()).ShouldBe(1);
    }

    [Fact]
    public async Task ResponseTimeout_OfAMethod_EndsTheWaiting()
    {
        await Should.ThrowAsync<TimeoutException>(() => Grain.Never());
        Probe.Of(Grain.GetPrimaryKeyString()).Open("never");
        (await Grain.Calls()).ShouldBe(0);
    }
}
