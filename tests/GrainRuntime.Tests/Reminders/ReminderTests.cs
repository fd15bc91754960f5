namespace ClawGrains.GrainRuntime.Tests.Reminders;

public interface IReminderGrain : IGrainWithStringKey
{
    Task Register(string name, TimeSpan due, TimeSpan period);
    Task<string?> Find(string name);
    Task<string[]> All();
    Task Unregister(string name);
    Task Leave();
}

public interface INotRemindableGrain : IGrainWithStringKey
{
    Task Register();
}

public sealed class NotRemindableGrain : Grain, INotRemindableGrain
{
    public Task Register() => this.RegisterOrUpdateReminder("x", TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1));
}

public sealed class ReminderGrain : Grain, IReminderGrain, IRemindable
{
    private readonly Guid _activation = Guid.NewGuid();

    public Task ReceiveReminder(string reminderName, TickStatus status)
    {
        var probe = Probe.Of(this.GetPrimaryKeyString());
        probe.Add($"{reminderName} {status.Period.TotalSeconds} {status.CurrentTickTime >= status.FirstTickTime}");
        probe.Add($"tick of {_activation}");
        return Task.CompletedTask;
    }

    public Task Register(string name, TimeSpan due, TimeSpan period) => this.RegisterOrUpdateReminder(name, due, period);

    public async Task<string?> Find(string name) => (await this.GetReminder(name))?.ReminderName;

    public async Task<string[]> All() => [.. (await this.GetReminders()).Select(r => r.ReminderName).Order()];

    public async Task Unregister(string name) => await this.UnregisterReminder((await this.GetReminder(name))!);

    public Task Leave()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }
}

[Collection(ClusterTests.Name)]
public sealed class ReminderTests(TestClusterFixture cluster)
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly string _key = Probe.NewKey("reminder");

    private IReminderGrain Grain => cluster.Client.GetGrain<IReminderGrain>(_key);

    private Probe Probe => Probe.Of(_key);

    [Fact]
    public async Task Reminder_Registered_TicksAgainAndAgain()
    {
        await Grain.Register("r", TimeSpan.Zero, Second);
        await Probe.SeenAsync("r 1 True", 2);
        await Grain.Unregister("r");
    }

    [Fact]
    public async Task Reminder_OfAnEndedActivation_ActivatesTheGrainAgain()
    {
        await Grain.Register("r", Second, Second);
        await Grain.Leave();
        await Probe.SeenAsync("r 1 True");
        await Grain.Unregister("r");
    }

    [Fact]
    public async Task Reminder_Unregistered_IsGone()
    {
        await Grain.Register("a", TimeSpan.FromHours(1), TimeSpan.FromHours(1));
        await Grain.Register("b", TimeSpan.FromHours(1), TimeSpan.FromHours(1));
        (await Grain.All()).ShouldBe(["a", "b"]);
        await Grain.Unregister("a");
        (await Grain.Find("a")).ShouldBeNull();
        (await Grain.Find("b")).ShouldBe("b");
        await Grain.Unregister("b");
    }

    [Fact]
    public async Task Reminder_RegisteredAgain_HasTheNewTimes()
    {
        await Grain.Register("r", TimeSpan.FromHours(1), TimeSpan.FromHours(1));
        await Grain.Register("r", TimeSpan.Zero, TimeSpan.FromSeconds(2));
        await Probe.SeenAsync("r 2 True");
        (await Grain.All()).ShouldBe(["r"]);
        await Grain.Unregister("r");
    }

    [Fact]
    public async Task Reminder_WithAPeriodBelowTheMinimum_IsRefused() =>
        (await Should.ThrowAsync<ArgumentException>(() => Grain.Register("r", Second, TimeSpan.FromMilliseconds(10)))).Message.ShouldContain("less than minimum");

    [Fact]
    public async Task Reminder_OfAGrainThatIsNotRemindable_IsRefused() =>
        await Should.ThrowAsync<InvalidOperationException>(() => cluster.Client.GetGrain<INotRemindableGrain>(_key).Register());
}
