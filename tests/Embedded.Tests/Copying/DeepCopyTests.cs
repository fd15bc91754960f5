using System.Text.Json;
using ClawGrains.Embedded.Copying;
using Orleans.Serialization;

namespace ClawGrains.Embedded.Tests.Copying;

[GenerateSerializer]
public class Tree
{
    [Id(0)] private readonly string _name;
    [Id(1)] public List<Tree> Children { get; init; } = [];
    [Id(2)] public Tree? Parent { get; set; }
    [Id(3), Immutable] public List<int> Shared { get; set; } = [];
    [Id(4)] public Spot Where { get; set; }

    public Tree(string name) => _name = name;

    public string Name => _name;
}

[GenerateSerializer]
public struct Spot
{
    [Id(0)] public int[] At;
    public int Lost;
}

public sealed class DeepCopyTests
{
    [Theory, InlineData(1), InlineData(200)]
    public void Graph_WithCyclesAndStructs_IsCopiedWhole_HoweverOften(int times)
    {
        var tree = new Tree("root") { Shared = [1], Where = new() { At = [1, 2], Lost = 3 } };
        tree.Children.Add(new("child") { Parent = tree });
        for (var i = 0; i < times; i++)
        {
            var copy = DeepCopy.Of(tree);
            copy.ShouldNotBeSameAs(tree);
            copy.Name.ShouldBe("root");
            copy.Children.Single().Parent.ShouldBeSameAs(copy);
            copy.Shared.ShouldBeSameAs(tree.Shared);
            copy.Where.At.ShouldBe([1, 2]);
            copy.Where.At.ShouldNotBeSameAs(tree.Where.At);
            copy.Where.Lost.ShouldBe(0);
        }
    }

    [Fact]
    public void Graph_TooDeepForTheStack_IsRefusedWithoutACrash()
    {
        var tree = new Tree("root");
        for (var i = 0; i < 200_000; i++)
            tree = new("next") { Parent = tree };
        Should.Throw<InsufficientExecutionStackException>(() => DeepCopy.Of(tree));
        DeepCopy.Of(new Tree("after")).Name.ShouldBe("after");
    }

    [Fact]
    public void Graph_OfManyReferences_KeepsThemShared()
    {
        var one = new Tree("one");
        var list = Enumerable.Repeat(one, 100).Concat(Enumerable.Range(0, 100).Select(i => new Tree($"{i}"))).Append(one).ToList();
        var copy = DeepCopy.Of(list);
        copy[0].ShouldNotBeSameAs(one);
        copy.Take(100).Append(copy[^1]).ShouldAllBe(t => ReferenceEquals(t, copy[0]));
    }

    public static TheoryData<object, string> Refused => new()
    {
        { JsonSerializer.SerializeToElement(1), "JSON" },
        { new Action(() => { }), "observer" },
        { new[] { 1, 2 }.Where(i => i > 1), "ToList" },
        { new { A = 1 }, "List<T>" },
        { new LinkedList<int>(), "surrogate" },
        { new List<object> { new DeepCopyTests() }, "[GenerateSerializer]" },
        { new MemoryStream(), "surrogate" },
    };

    [Theory, MemberData(nameof(Refused))]
    public void Value_ThatOrleansCouldNotSend_IsRefusedWithWhatToDo(object value, string advice) =>
        Should.Throw<CodecNotFoundException>(() => DeepCopy.Of(value)).Message.ShouldContain(advice);
}
