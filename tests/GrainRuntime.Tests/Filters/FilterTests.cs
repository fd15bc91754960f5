using Orleans.Serialization.Invocation;

namespace ClawGrains.GrainRuntime.Tests.Filters;

public interface IFilteredGrain : IGrainWithStringKey
{
    Task<string> Say(string text);
    Task<string> Fail(string text);
    Task<string> AskOther(string key, string text);
}

public sealed class FilteredGrain : Grain, IFilteredGrain, IIncomingGrainCallFilter
{
    public async Task Invoke(IIncomingGrainCallContext context)
    {
        FilterLog.Add(context, "own");
        await context.Invoke();
    }

    public Task<string> Say(string text)
    {
        Probe.Of(this.GetPrimaryKeyString()).Add("method");
        return Task.FromResult($"said {text} with {RequestContext.Get("filter")}");
    }

    public Task<string> Fail(string text) => throw new InvalidOperationException(text);

    public Task<string> AskOther(string key, string text) => GrainFactory.GetGrain<IFilteredGrain>(key).Say(text);
}

public interface IFilteredSequenceGrain : IGrainWithStringKey
{
    IAsyncEnumerable<int> Count(int to);
}

public sealed class FilteredSequenceGrain : Grain, IFilteredSequenceGrain
{
    public IAsyncEnumerable<int> Count(int to) => Enumerable.Range(0, to).ToAsyncEnumerable();
}

/// <summary>The filters of the test cluster; they touch the calls of <see cref="IFilteredGrain"/> only.</summary>
public static class FilterLog
{
    public static async Task FirstAsync(IIncomingGrainCallContext context)
    {
        if (SequenceOf(context) is { } sequence)
            Add(context, $"{context.MethodName} of {sequence.GetMethodName()} {sequence.GetArgument(0)}");
        if (SequenceOf(context)?.GetArgument(0) is -1)
            throw new UnauthorizedAccessException("not for you");
        if (!IsOurs(context))
        {
            await context.Invoke();
            return;
        }
        Add(context, $"first {context.MethodName} {context.Request.GetArgument(0)} {context.ImplementationMethod.DeclaringType!.Name} {context.TargetContext.GrainInstance == context.Grain}");
        RequestContext.Set("filter", "a note");
        try
        {
            await context.Invoke();
        }
        catch (InvalidOperationException e) when (e.Message == "translate")
        {
            throw new ArgumentException("translated");
        }
        if (context.Result is string text)
            context.Result = text + "!";
    }

    public static async Task SecondAsync(IIncomingGrainCallContext context)
    {
        if (IsOurs(context))
            Add(context, "second");
        if (IsOurs(context) && context.Request.GetArgument(0) is "skip")
            context.Result = "skipped";
        else if (!IsOurs(context) || context.Request.GetArgument(0) is not "forget")
            await context.Invoke();
    }

    public static async Task OutgoingOfGrainAsync(IOutgoingGrainCallContext context)
    {
        if (IsOurs(context))
            Add(context, $"grain sends {context.MethodName} from {context.SourceContext?.GrainId.Type}");
        await context.Invoke();
    }

    public static async Task OutgoingOfClientAsync(IOutgoingGrainCallContext context)
    {
        if (IsOurs(context) || SequenceOf(context) is not null)
            Add(context, $"client sends {context.MethodName}");
        await context.Invoke();
        if (IsOurs(context) && context.Result is string text)
            context.Result = text + "?";
    }

    public static void Add(IGrainCallContext context, string text) => Probe.Of(context.TargetId.Key.ToString()!).Add(text);

    // A filter that guards methods has to look into the calls that carry sequences.
    private static IInvokable? SequenceOf(IGrainCallContext context) =>
        context.InterfaceMethod.DeclaringType == typeof(IAsyncEnumerableGrainExtension)
        && context.InterfaceMethod.Name == nameof(IAsyncEnumerableGrainExtension.StartEnumeration)
        && context.Request.GetArgument(1) is IInvokable request && request.GetInterfaceType() == typeof(IFilteredSequenceGrain)
            ? request : null;

    private static bool IsOurs(IGrainCallContext context) => context.InterfaceName == typeof(IFilteredGrain).FullName;
}

[Collection(ClusterTests.Name)]
public sealed class FilterTests(TestClusterFixture cluster)
{
    private readonly string _key = Probe.NewKey("filtered");

    private IFilteredGrain Grain => cluster.Client.GetGrain<IFilteredGrain>(_key);

    [Fact]
    public async Task Filters_OfACall_RunInOrderAroundIt()
    {
        (await Grain.Say("hello")).ShouldBe("said hello with a note!?");
        Probe.Of(_key).Events.ShouldBe(["client sends Say", "first Say hello FilteredGrain True", "second", "own", "method"]);
    }

    [Fact]
    public async Task Filter_ThatDoesNotInvoke_AnswersInstead() => (await Grain.Say("skip")).ShouldBe("skipped!?");

    [Fact]
    public async Task Filter_ThatCatches_MayThrowSomethingElse() =>
        (await Should.ThrowAsync<ArgumentException>(() => Grain.Fail("translate"))).Message.ShouldBe("translated");

    [Fact]
    public async Task Filters_OfAFailingCall_LetTheExceptionThrough() =>
        (await Should.ThrowAsync<InvalidOperationException>(() => Grain.Fail("as it is"))).Message.ShouldBe("as it is");

    [Fact]
    public async Task Filter_ThatNeitherInvokesNorAnswers_FailsTheCall() =>
        await Should.ThrowAsync<InvalidOperationException>(() => Grain.Say("forget"));

    [Fact]
    public async Task Filters_OfASequence_SeeItBeginWithTheMethodsCall()
    {
        (await cluster.Client.GetGrain<IFilteredSequenceGrain>(_key).Count(3).ToArrayAsync()).ShouldBe([0, 1, 2]);
        Probe.Of(_key).Events.Take(2).ShouldBe(["client sends StartEnumeration<T>", "StartEnumeration<T> of Count 3"]);
    }

    [Fact]
    public async Task Filter_ThatRefusesASequence_FailsItsFirstStep() =>
        (await Should.ThrowAsync<UnauthorizedAccessException>(
            () => cluster.Client.GetGrain<IFilteredSequenceGrain>(_key).Count(-1).ToArrayAsync().AsTask())).Message.ShouldBe("not for you");

    [Fact]
    public async Task OutgoingFilter_OfASilo_SeesTheCallsOfGrains()
    {
        await cluster.Client.GetGrain<IFilteredGrain>(_key + "-caller").AskOther(_key, "x");
        Probe.Of(_key).Events[0].ShouldBe("grain sends Say from filtered");
    }
}
