namespace ClawGrains.GrainRuntime.Tests.Context;

public interface IContextGrain : IGrainWithStringKey
{
    Task<string?> Get(string name);
    Task<string?> GetThrough(string key, string name);
    Task Set(string name, string value);
    Task<string?> SetAndGetThrough(string key, string name, string value);
    Task<int> Count();
}

public sealed class ContextGrain : Grain, IContextGrain
{
    public async Task<string?> Get(string name)
    {
        await Task.Yield();
        return RequestContext.Get(name) as string;
    }

    public Task<string?> GetThrough(string key, string name) => GrainFactory.GetGrain<IContextGrain>(key).Get(name);

    public Task Set(string name, string value)
    {
        RequestContext.Set(name, value);
        return Task.CompletedTask;
    }

    public Task<string?> SetAndGetThrough(string key, string name, string value)
    {
        RequestContext.Set(name, value);
        return GetThrough(key, name);
    }

    public Task<int> Count() => Task.FromResult(RequestContext.Keys.Count());
}

[Collection(ClusterTests.Name)]
public sealed class RequestContextTests(TestClusterFixture cluster)
{
    private IContextGrain Grain { get; } = cluster.Client.GetGrain<IContextGrain>(Probe.NewKey("context"));

    [Fact]
    public async Task Values_OfTheCaller_ReachTheGrainAndTheGrainsItCalls()
    {
        RequestContext.Set("tenant", "acme");
        (await Grain.Get("tenant")).ShouldBe("acme");
        (await Grain.GetThrough(Probe.NewKey("next"), "tenant")).ShouldBe("acme");
    }

    [Fact]
    public async Task Values_SetByTheGrain_DoNotComeBack()
    {
        await Grain.Set("mine", "x");
        RequestContext.Get("mine").ShouldBeNull();
        (await Grain.Get("mine")).ShouldBeNull();
    }

    [Fact]
    public async Task Values_SetByTheGrain_ReachTheGrainsItCalls() =>
        (await Grain.SetAndGetThrough(Probe.NewKey("next"), "step", "two")).ShouldBe("two");

    [Fact]
    public async Task Values_Removed_DoNotTravel()
    {
        RequestContext.Set("gone", "x");
        RequestContext.Remove("gone").ShouldBeTrue();
        RequestContext.Remove("gone").ShouldBeFalse();
        (await Grain.Get("gone")).ShouldBeNull();
    }

    [Fact]
    public async Task Values_OfOneCall_AreNotSeenByTheNext()
    {
        RequestContext.Set("once", "x");
        await Grain.Get("once");
        RequestContext.Clear();
        (await Grain.Count()).ShouldBe(0);
    }
}
