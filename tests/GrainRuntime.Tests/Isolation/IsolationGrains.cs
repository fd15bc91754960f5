using System.Collections.Immutable;
using System.Text.Json;
using Orleans.Concurrency;

namespace ClawGrains.GrainRuntime.Tests.Isolation;

#pragma warning disable ORLEANS0004 // A member without [Id] is what is tested.
[GenerateSerializer, Alias("test.node")]
public sealed class Node
{
    [Id(0)] public string Name { get; set; } = "";
    [Id(1)] public List<int> Numbers { get; set; } = [];
    [Id(2)] public Node? Next { get; set; }
    public string Local { get; set; } = "initial";
}
#pragma warning restore ORLEANS0004

[GenerateSerializer]
public abstract record Shape([property: Id(0)] string Name);

[GenerateSerializer]
public sealed record Circle(string Name, [property: Id(0)] double Radius) : Shape(Name);

[GenerateSerializer]
public sealed record Everything
{
    [Id(0)] public required Dictionary<string, List<int?>> Map { get; init; }
    [Id(1)] public required ImmutableArray<Shape> Shapes { get; init; }
    [Id(2)] public required (int, string?) Pair { get; init; }
    [Id(3)] public required DayOfWeek Day { get; init; }
    [Id(4)] public required byte[] Bytes { get; init; }
    [Id(5)] public required HashSet<Guid> Ids { get; init; }
    [Id(6)] public required DateTimeOffset When { get; init; }
    [Id(7)] public required Uri Where { get; init; }
    [Id(8)] public required TimeSpan? Length { get; init; }
    [Id(9)] public required object Anything { get; init; }
    [Id(10)] public required int[,] Grid { get; init; }
    [Id(11)] public required IReadOnlyList<string> Words { get; init; }
}

[GenerateSerializer]
public readonly record struct Point([property: Id(0)] int X, [property: Id(1)] int Y);

[GenerateSerializer, Immutable]
public sealed class Frozen
{
    [Id(0)] public List<int> Numbers { get; init; } = [];
}

public sealed class Plain
{
    public string Name { get; set; } = "";
}

/// <summary>A foreign type that travels through a surrogate.</summary>
public sealed class Foreign(int value)
{
    public int Value { get; } = value;
}

[GenerateSerializer]
public struct ForeignSurrogate
{
    [Id(0)] public int Value;
}

[RegisterConverter]
public sealed class ForeignConverter : IConverter<Foreign, ForeignSurrogate>
{
    public Foreign ConvertFromSurrogate(in ForeignSurrogate surrogate) => new(surrogate.Value);

    public ForeignSurrogate ConvertToSurrogate(in Foreign value) => new() { Value = value.Value };
}

public interface IHolderGrain : IGrainWithStringKey
{
    Task Keep(Node node);
    Task<Node> Kept();
    Task<bool> IsKept(Node node);
    Task<(bool Same, bool Cycle)> Sharing(Node first, Node second);
    Task KeepShared([Immutable] List<int> numbers);
    Task<bool> IsShared(Immutable<List<int>> numbers);
    Task<Frozen> KeepFrozen(Frozen frozen);
    Task<object?> Echo(object? value);
    Task<Foreign> EchoForeign(Foreign value);
    Task<int> CountShared();
}

/// <summary>Runs the checks within one silo, where a missing copy would be seen.</summary>
public interface ICheckerGrain : IGrainWithStringKey
{
    Task<string> ChangeAfterSending(string holder);
    Task<string> ChangeResult(string holder);
    Task<string> SharedImmutables(string holder);
    Task<string?> SendPlain(string holder);
    Task<string?> SendJson(string holder);
}

public sealed class HolderGrain : Grain, IHolderGrain
{
    private Node _node = new();
    private List<int> _shared = [];

    public Task Keep(Node node)
    {
        _node = node;
        return Task.CompletedTask;
    }

    public Task<Node> Kept() => Task.FromResult(_node);

    public Task<bool> IsKept(Node node) => Task.FromResult(ReferenceEquals(node, _node));

    public Task<(bool Same, bool Cycle)> Sharing(Node first, Node second) =>
        Task.FromResult((ReferenceEquals(first, second), ReferenceEquals(first.Next, first)));

    public Task KeepShared(List<int> numbers)
    {
        _shared = numbers;
        return Task.CompletedTask;
    }

    public Task<int> CountShared() => Task.FromResult(_shared.Count);

    public Task<bool> IsShared(Immutable<List<int>> numbers) => Task.FromResult(ReferenceEquals(numbers.Value, _shared));

    public Task<Frozen> KeepFrozen(Frozen frozen) => Task.FromResult(frozen);

    public Task<object?> Echo(object? value) => Task.FromResult(value);

    public Task<Foreign> EchoForeign(Foreign value) => Task.FromResult(value);
}

public sealed class CheckerGrain : Grain, ICheckerGrain
{
    private IHolderGrain Holder(string key) => GrainFactory.GetGrain<IHolderGrain>(key);

    public async Task<string> ChangeAfterSending(string holder)
    {
        var node = new Node { Name = "sent", Numbers = [1], Local = "changed" };
        var call = Holder(holder).Keep(node);
        node.Name = "changed";
        node.Numbers.Add(2);
        await call;
        node.Numbers.Add(3);
        var kept = await Holder(holder).Kept();
        return $"{kept.Name} {string.Join(",", kept.Numbers)} {kept.Local}";
    }

    public async Task<string> ChangeResult(string holder)
    {
        await Holder(holder).Keep(new() { Name = "kept", Numbers = [1] });
        var first = await Holder(holder).Kept();
        first.Numbers.Add(2);
        var second = await Holder(holder).Kept();
        return $"{second.Numbers.Count} {ReferenceEquals(first, second)}";
    }

    public async Task<string> SharedImmutables(string holder)
    {
        var numbers = new List<int> { 1 };
        await Holder(holder).KeepShared(numbers);
        var isShared = await Holder(holder).IsShared(new(numbers));
        var frozen = new Frozen { Numbers = [1] };
        return $"{isShared} {ReferenceEquals(frozen, await Holder(holder).KeepFrozen(frozen))}";
    }

    public Task<string?> SendPlain(string holder) => RefusalAsync(() => Holder(holder).Echo(new Plain { Name = "x" }));

    public Task<string?> SendJson(string holder) => RefusalAsync(() => Holder(holder).Echo(JsonSerializer.SerializeToElement(1)));

    private static async Task<string?> RefusalAsync(Func<Task> send)
    {
        try
        {
            await send();
            return null;
        }
        catch (Exception e)
        {
            return $"{e.GetType().Name}: {e.Message}";
        }
    }
}
