using System.Collections.Immutable;

namespace ClawGrains.GrainRuntime.Tests.Isolation;

[Collection(ClusterTests.Name)]
public sealed class IsolationTests(TestClusterFixture cluster)
{
    private readonly string _key = Probe.NewKey("holder");

    private ICheckerGrain Checker => cluster.Client.GetGrain<ICheckerGrain>(_key);

    private IHolderGrain Holder => cluster.Client.GetGrain<IHolderGrain>(_key);

    [Fact]
    public async Task Argument_ChangedAfterSending_IsAsItWas_AndMembersWithoutIdStayBehind() =>
        (await Checker.ChangeAfterSending(_key)).ShouldBe("sent 1 initial");

    [Fact]
    public async Task Result_ChangedByTheCaller_DoesNotChangeTheGrain() => (await Checker.ChangeResult(_key)).ShouldBe("1 False");

    [Fact]
    public async Task Immutable_ParametersValuesAndTypes_AreNotCopied() => (await Checker.SharedImmutables(_key)).ShouldBe("True True");

    [Fact]
    public async Task References_SharedWithinACall_StayShared()
    {
        var node = new Node();
        node.Next = node;
        (await Holder.Sharing(node, node)).ShouldBe((true, true));
        (await Holder.Sharing(new(), new())).ShouldBe((false, false));
    }

    [Fact]
    public async Task Type_WithoutGenerateSerializer_IsRefusedByName()
    {
        var refusal = await Checker.SendPlain(_key);
        refusal.ShouldNotBeNull().ShouldStartWith("CodecNotFoundException");
        refusal.ShouldContain(nameof(Plain));
    }

    [Fact]
    public async Task JsonElement_IsRefused() => (await Checker.SendJson(_key)).ShouldNotBeNull().ShouldStartWith("CodecNotFoundException");

    [Fact]
    public async Task Type_WithARegisteredConverter_TravelsAsItsSurrogate() => (await Holder.EchoForeign(new(7))).Value.ShouldBe(7);

    [Fact]
    public async Task Value_OfEveryUsualType_ArrivesEqual()
    {
        var sent = new Everything
        {
            Map = new(StringComparer.OrdinalIgnoreCase) { ["a"] = [1, null] },
            Shapes = [new Circle("c", 1.5)],
            Pair = (1, null),
            Day = DayOfWeek.Friday,
            Bytes = [1, 2, 3],
            Ids = [Guid.NewGuid()],
            When = DateTimeOffset.UnixEpoch,
            Where = new("http://localhost/x"),
            Length = null,
            Anything = new Point(1, 2),
            Grid = new[,] { { 1, 2 }, { 3, 4 } },
            Words = new List<string> { "x" },
        };
        var got = (Everything)(await Holder.Echo(sent))!;
        got.ShouldNotBeSameAs(sent);
        got.Map.ShouldNotBeSameAs(sent.Map);
        got.Map["A"].ShouldBe([1, null]);
        got.Shapes.ShouldBe(sent.Shapes);
        (got.Pair, got.Day, got.When, got.Where, got.Length, got.Anything).ShouldBe((sent.Pair, sent.Day, sent.When, sent.Where, sent.Length, sent.Anything));
        got.Bytes.ShouldBe(sent.Bytes);
        got.Ids.ShouldBe(sent.Ids);
        got.Grid.ShouldBe(sent.Grid);
        got.Words.ShouldBe(sent.Words);
    }

    public static TheoryData<object> Values => new(
        1, "text", 1.5m, 'c', true, new[] { "a", "b" }, new List<object> { 1, "two" }, new Queue<int>([1, 2]), new Stack<int>([1, 2]),
        new SortedDictionary<string, int> { ["a"] = 1 }, ImmutableList.Create("x"), ImmutableDictionary<string, int>.Empty.Add("a", 1),
        KeyValuePair.Create("a", 1), Tuple.Create(1, "b"), DateOnly.MinValue, TimeOnly.MaxValue, new Version(1, 2), new Circle("c", 1), new Point(1, 2), typeof(string));

    [Theory, MemberData(nameof(Values))]
    public async Task Value_AsObject_ArrivesEqual(object value) => (await Holder.Echo(value)).ShouldBe(value);

    [Fact]
    public async Task Null_AsObject_ArrivesAsNull() => (await Holder.Echo(null)).ShouldBeNull();

    [Fact]
    public async Task Message_SentOften_IsCopiedTheSameEachTime()
    {
        for (var i = 0; i < 200; i++)
        {
            await Holder.Keep(new() { Name = $"n{i}", Numbers = [i], Next = new() { Name = "next" } });
            var kept = await Holder.Kept();
            (kept.Name, kept.Numbers.Single(), kept.Next!.Name, kept.Local).ShouldBe(($"n{i}", i, "next", "initial"));
        }
    }
}
