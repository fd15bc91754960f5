namespace ClawGrains.GrainRuntime.Tests.Lifetime;

public interface ILivingGrain : IGrainWithStringKey
{
    Task<Guid> Activation();
    Task Leave();
    Task<Guid> LeaveAndWait(string gate);
    Task Stay(TimeSpan time);
}

public interface IShortLivedGrain : ILivingGrain;

public interface IUnwillingGrain : IGrainWithStringKey
{
    Task<string> Hello();
}

public abstract class LivingGrainBase : Grain
{
    private readonly Guid _activation = Guid.NewGuid();

    private Probe Probe => Probe.Of(this.GetPrimaryKeyString());

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        Probe.Add("activated");
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        Probe.Add($"deactivated {reason.ReasonCode}");
        return Task.CompletedTask;
    }

    public Task<Guid> Activation()
    {
        Probe.Add("called");
        return Task.FromResult(_activation);
    }

    public Task Leave()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public async Task<Guid> LeaveAndWait(string gate)
    {
        DeactivateOnIdle();
        Probe.Add("leaving");
        await Probe.PassAsync(gate);
        return _activation;
    }

    public Task Stay(TimeSpan time)
    {
        DelayDeactivation(time);
        return Task.CompletedTask;
    }
}

public sealed class LivingGrain : LivingGrainBase, ILivingGrain;

[CollectionAgeLimit("00:02:00")]
public sealed class ShortLivedGrain : LivingGrainBase, IShortLivedGrain;

public sealed class UnwillingGrain : Grain, IUnwillingGrain
{
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var probe = Probe.Of(this.GetPrimaryKeyString());
        probe.Add("tried");
        return probe.Events.Length == 1 ? throw new InvalidOperationException("not today") : Task.CompletedTask;
    }

    public Task<string> Hello() => Task.FromResult("hello");
}

[Collection(ClusterTests.Name)]
public sealed class LifetimeTests(TestClusterFixture cluster)
{
    private readonly string _key = Probe.NewKey("living");

    private ILivingGrain Grain => cluster.Client.GetGrain<ILivingGrain>(_key, typeof(LivingGrain).FullName);

    private Probe Probe => Probe.Of(_key);

    [Fact]
    public async Task Reference_Made_ActivatesNothing()
    {
        var grain = Grain;
        Probe.Events.ShouldBeEmpty();
        await grain.Activation();
        Probe.Events.ShouldBe(["activated", "called"]);
    }

    [Fact]
    public async Task DeactivateOnIdle_AfterTheCall_EndsTheActivation_AndTheNextCallMakesAnother()
    {
        var first = await Grain.Activation();
        await Grain.Leave();
        await Probe.SeenAsync("deactivated ApplicationRequested");
        (await Grain.Activation()).ShouldNotBe(first);
        Probe.Events.ShouldBe(["activated", "called", "deactivated ApplicationRequested", "activated", "called"]);
    }

    [Fact]
    public async Task DeactivateOnIdle_CallsThatCameMeanwhile_GoToTheNextActivation()
    {
        var leaving = Grain.LeaveAndWait("go");
        await Probe.SeenAsync("leaving");
        var next = Grain.Activation();
        Probe.Open("go");
        (await next).ShouldNotBe(await leaving);
        Probe.Events.ShouldBe(["activated", "leaving", "deactivated ApplicationRequested", "activated", "called"]);
    }

    [Fact]
    public async Task OnActivateAsync_Fails_FailsTheCallAndTheNextTriesAgain()
    {
        var grain = cluster.Client.GetGrain<IUnwillingGrain>(_key);
        (await Should.ThrowAsync<InvalidOperationException>(() => grain.Hello())).Message.ShouldBe("not today");
        (await grain.Hello()).ShouldBe("hello");
    }
}
