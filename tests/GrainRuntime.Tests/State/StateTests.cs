using Orleans.Storage;

namespace ClawGrains.GrainRuntime.Tests.State;

[GenerateSerializer]
public sealed class Profile
{
    [Id(0)] public string Name { get; set; } = "nobody";
    [Id(1)] public List<int> Numbers { get; set; } = [];
    [Id(2)] public Dictionary<string, DateTimeOffset> Seen { get; set; } = [];
}

public interface IProfileGrain : IGrainWithStringKey
{
    Task<string> Describe();
    Task<string> AtActivation();
    Task Write(string name, int number);
    Task Change(string name);
    Task Reread();
    Task Clear();
    Task Leave();
    Task WriteTwiceFromTheSameVersion();
    Task<Guid> Activation();
}

public sealed class ProfileGrain(
    [PersistentState("profile")] IPersistentState<Profile> profile,
    [PersistentState("profile")] IPersistentState<Profile> again,
    [PersistentState("other", "named")] IPersistentState<Profile> elsewhere) : Grain, IProfileGrain
{
    private readonly Guid _activation = Guid.NewGuid();
    private string _atActivation = "";

    public override async Task OnActivateAsync(CancellationToken cancellationToken) => _atActivation = await Describe();

    public Task<string> Describe() => Task.FromResult(
        $"{profile.RecordExists} {profile.State.Name} {string.Join(",", profile.State.Numbers)} {profile.Etag is not null} {elsewhere.RecordExists}");

    public Task<string> AtActivation() => Task.FromResult(_atActivation);

    public Task Write(string name, int number)
    {
        profile.State.Name = name;
        profile.State.Numbers.Add(number);
        profile.State.Seen[name] = DateTimeOffset.UnixEpoch;
        return profile.WriteStateAsync();
    }

    public Task Change(string name)
    {
        profile.State.Name = name;
        return Task.CompletedTask;
    }

    public Task Reread() => profile.ReadStateAsync();

    public Task Clear() => profile.ClearStateAsync();

    public Task Leave()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public async Task WriteTwiceFromTheSameVersion()
    {
        await again.ReadStateAsync();
        await profile.WriteStateAsync();
        await again.WriteStateAsync();
    }

    public Task<Guid> Activation() => Task.FromResult(_activation);
}

public interface ISimpleStateGrain : IGrainWithStringKey
{
    Task<string> Name();
    Task Rename(string name);
    Task Leave();
}

public sealed class SimpleStateGrain : Grain<Profile>, ISimpleStateGrain
{
    public Task<string> Name() => Task.FromResult(State.Name);

    public Task Rename(string name)
    {
        State.Name = name;
        return WriteStateAsync();
    }

    public Task Leave()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }
}

[Collection(ClusterTests.Name)]
public sealed class StateTests(TestClusterFixture cluster)
{
    private IProfileGrain Grain { get; } = cluster.Client.GetGrain<IProfileGrain>(Probe.NewKey("profile"));

    [Fact]
    public async Task State_NeverWritten_IsNewAndHasNoRecord() => (await Grain.Describe()).ShouldBe("False nobody  False False");

    [Fact]
    public async Task State_Written_IsThereBeforeTheNextActivationBegins()
    {
        await Grain.Write("ann", 1);
        (await Grain.Describe()).ShouldBe("True ann 1 True False");
        await Grain.Leave();
        (await Grain.AtActivation()).ShouldBe("True ann 1 True False");
    }

    [Fact]
    public async Task State_ChangedAndNotWritten_IsLostByReading()
    {
        await Grain.Write("ann", 1);
        await Grain.Change("bob");
        (await Grain.Describe()).ShouldBe("True bob 1 True False");
        await Grain.Reread();
        (await Grain.Describe()).ShouldBe("True ann 1 True False");
    }

    [Fact]
    public async Task State_Cleared_IsNewAndCanBeWrittenAgain()
    {
        await Grain.Write("ann", 1);
        await Grain.Clear();
        (await Grain.Describe()).ShouldStartWith("False nobody ");
        await Grain.Write("bob", 2);
        (await Grain.Describe()).ShouldBe("True bob 2 True False");
    }

    [Fact]
    public async Task State_WrittenFromAnOldVersion_ThrowsAndEndsTheActivation()
    {
        await Grain.Write("ann", 1);
        var activation = await Grain.Activation();
        await Should.ThrowAsync<InconsistentStateException>(() => Grain.WriteTwiceFromTheSameVersion());
        (await Grain.Activation()).ShouldNotBe(activation);
    }

    [Fact]
    public async Task GrainOfState_Written_IsThereForTheNextActivation()
    {
        var grain = cluster.Client.GetGrain<ISimpleStateGrain>(Probe.NewKey("simple"));
        (await grain.Name()).ShouldBe("nobody");
        await grain.Rename("ann");
        await grain.Leave();
        (await grain.Name()).ShouldBe("ann");
    }
}
