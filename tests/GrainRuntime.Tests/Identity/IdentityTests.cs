namespace ClawGrains.GrainRuntime.Tests.Identity;

public interface INamedGrain : IGrainWithStringKey
{
    Task<string> Key();
    Task<Guid> Activation();
    Task<string> Id();
    Task<INamedGrain> Self();
    Task<INamedGrain> SelfAsThis();
    Task<string> KeyOf(INamedGrain other);
}

public interface IOtherFace : IGrainWithStringKey
{
    ValueTask<int> Answer();
}

public interface INobody : IGrainWithStringKey
{
    Task Nothing();
}

public interface ITwice : IGrainWithStringKey
{
    Task<string> Who();
}

public sealed class Twice : Grain, ITwice
{
    public Task<string> Who() => Task.FromResult("Twice");
}

public sealed class TwiceOther : Grain, ITwice
{
    public Task<string> Who() => Task.FromResult("TwiceOther");
}

public sealed class NamedGrain : Grain, INamedGrain, IOtherFace
{
    private readonly Guid _activation = Guid.NewGuid();

    public Task<string> Key() => Task.FromResult(this.GetPrimaryKeyString());

    public Task<Guid> Activation() => Task.FromResult(_activation);

    public Task<string> Id() => Task.FromResult(this.GetGrainId().ToString());

    public Task<INamedGrain> Self() => Task.FromResult(this.AsReference<INamedGrain>());

    public Task<INamedGrain> SelfAsThis() => Task.FromResult<INamedGrain>(this);

    public Task<string> KeyOf(INamedGrain other) => other.Key();

    public ValueTask<int> Answer() => new(42);
}

[Collection(ClusterTests.Name)]
public sealed class IdentityTests(TestClusterFixture cluster)
{
    private INamedGrain New(string name) => cluster.Client.GetGrain<INamedGrain>(Probe.NewKey(name));

    [Fact]
    public async Task Grain_CalledTwice_IsTheSameActivation()
    {
        var grain = New("twice");
        (await grain.Activation()).ShouldBe(await grain.Activation());
    }

    [Fact]
    public async Task Grain_FirstCalledByMany_IsActivatedOnce()
    {
        var key = Probe.NewKey("many");
        var ids = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => cluster.Client.GetGrain<INamedGrain>(key).Activation())));
        ids.Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public async Task Key_InGrainAndReference_IsTheGivenOne()
    {
        var grain = cluster.Client.GetGrain<INamedGrain>("tenant/ä ö/7");
        (await grain.Key()).ShouldBe("tenant/ä ö/7");
        grain.GetPrimaryKeyString().ShouldBe("tenant/ä ö/7");
        (await grain.Id()).ShouldBe("named/tenant/ä ö/7");
        grain.GetGrainId().ShouldBe(GrainId.Create("named", "tenant/ä ö/7"));
    }

    [Fact]
    public void References_ToTheSameGrain_AreEqual()
    {
        var a = cluster.Client.GetGrain<INamedGrain>("equal");
        var b = cluster.Client.GetGrain<INamedGrain>("equal");
        a.ShouldBe(b);
        a.GetHashCode().ShouldBe(b.GetHashCode());
        a.ShouldNotBe(cluster.Client.GetGrain<INamedGrain>("other"));
    }

    [Fact]
    public async Task References_InArgumentsAndResults_LeadToTheGrain()
    {
        var grain = New("self");
        (await (await grain.Self()).Activation()).ShouldBe(await grain.Activation());
        (await (await grain.SelfAsThis()).Activation()).ShouldBe(await grain.Activation());
        var other = New("other");
        (await grain.KeyOf(other)).ShouldBe(other.GetPrimaryKeyString());
    }

    [Fact]
    public async Task AsReference_ToAnotherInterface_LeadsToTheSameGrain()
    {
        var grain = New("faces");
        (await grain.AsReference<IOtherFace>().Answer()).ShouldBe(42);
        (await cluster.Client.GetGrain<INamedGrain>(grain.GetGrainId()).Activation()).ShouldBe(await grain.Activation());
    }

    [Fact]
    public void GetGrain_NoClassImplementsTheInterface_Throws() =>
        Should.Throw<ArgumentException>(() => cluster.Client.GetGrain<INobody>("x")).Message.ShouldContain(nameof(INobody));

    [Fact]
    public async Task GetGrain_SeveralClasses_TakesTheOneNamedLikeTheInterface() =>
        (await cluster.Client.GetGrain<ITwice>("x").Who()).ShouldBe("Twice");

    [Fact]
    public async Task GetGrain_WithClassPrefix_TakesThatClass() =>
        (await cluster.Client.GetGrain<ITwice>("x", typeof(TwiceOther).FullName).Who()).ShouldBe("TwiceOther");
}
