using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Collections.ObjectModel;

namespace ClawGrains.Embedded.Copying;

internal sealed class ListCopier<T> : Copier<List<T>>
{
    protected override List<T> Copy(List<T> value, DeepCopy.Session session)
    {
        var copy = new List<T>(value.Count);
        session.Record(value, copy);
        if (Shareable.Is(typeof(T)))
            copy.AddRange(value);
        else
            foreach (var item in value)
                copy.Add(session.Part(item));
        return copy;
    }
}

internal sealed class CollectionCopier<T> : FillingCopier<Collection<T>, T>
{
    protected override Collection<T> Empty(Collection<T> value) => [];

    protected override void Add(Collection<T> copy, T item) => copy.Add(item);
}

internal sealed class QueueCopier<T> : FillingCopier<Queue<T>, T>
{
    protected override Queue<T> Empty(Queue<T> value) => new(value.Count);

    protected override void Add(Queue<T> copy, T item) => copy.Enqueue(item);
}

internal sealed class StackCopier<T> : FillingCopier<Stack<T>, T>
{
    protected override Stack<T> Empty(Stack<T> value) => new(value.Count);

    protected override IEnumerable<T> ItemsOf(Stack<T> value) => value.Reverse();

    protected override void Add(Stack<T> copy, T item) => copy.Push(item);
}

internal sealed class HashSetCopier<T> : FillingCopier<HashSet<T>, T>
{
    protected override HashSet<T> Empty(HashSet<T> value) => new(value.Count, value.Comparer);

    protected override void Add(HashSet<T> copy, T item) => copy.Add(item);
}

internal sealed class SortedSetCopier<T> : FillingCopier<SortedSet<T>, T>
{
    protected override SortedSet<T> Empty(SortedSet<T> value) => new(value.Comparer);

    protected override void Add(SortedSet<T> copy, T item) => copy.Add(item);
}

internal sealed class ConcurrentQueueCopier<T> : FillingCopier<ConcurrentQueue<T>, T>
{
    protected override ConcurrentQueue<T> Empty(ConcurrentQueue<T> value) => new();

    protected override void Add(ConcurrentQueue<T> copy, T item) => copy.Enqueue(item);
}

internal sealed class ReadOnlyCollectionCopier<T> : Copier<ReadOnlyCollection<T>>
{
    protected override ReadOnlyCollection<T> Copy(ReadOnlyCollection<T> value, DeepCopy.Session session) =>
        new([.. value.Select(session.Part)]);
}

internal sealed class ImmutableArrayCopier<T> : Copier<ImmutableArray<T>>
{
    protected override ImmutableArray<T> Copy(ImmutableArray<T> value, DeepCopy.Session session) =>
        value.IsDefault || Shareable.Is(typeof(T)) ? value : [.. value.Select(session.Part)];
}

internal sealed class ImmutableListCopier<T> : Copier<ImmutableList<T>>
{
    protected override ImmutableList<T> Copy(ImmutableList<T> value, DeepCopy.Session session) =>
        Shareable.Is(typeof(T)) ? value : [.. value.Select(session.Part)];
}

internal sealed class ImmutableHashSetCopier<T> : Copier<ImmutableHashSet<T>>
{
    protected override ImmutableHashSet<T> Copy(ImmutableHashSet<T> value, DeepCopy.Session session) =>
        Shareable.Is(typeof(T)) ? value : value.Select(session.Part).ToImmutableHashSet(value.KeyComparer);
}

internal sealed class ImmutableSortedSetCopier<T> : Copier<ImmutableSortedSet<T>>
{
    protected override ImmutableSortedSet<T> Copy(ImmutableSortedSet<T> value, DeepCopy.Session session) =>
        Shareable.Is(typeof(T)) ? value : value.Select(session.Part).ToImmutableSortedSet(value.KeyComparer);
}

internal sealed class ImmutableQueueCopier<T> : Copier<ImmutableQueue<T>>
{
    protected override ImmutableQueue<T> Copy(ImmutableQueue<T> value, DeepCopy.Session session) =>
        Shareable.Is(typeof(T)) ? value : [.. value.Select(session.Part)];
}

internal sealed class ImmutableStackCopier<T> : Copier<ImmutableStack<T>>
{
    protected override ImmutableStack<T> Copy(ImmutableStack<T> value, DeepCopy.Session session) =>
        Shareable.Is(typeof(T)) ? value : [.. value.Reverse().Select(session.Part)];
}

internal sealed class FrozenSetCopier<T> : Copier<FrozenSet<T>>
{
    protected override FrozenSet<T> Copy(FrozenSet<T> value, DeepCopy.Session session) =>
        Shareable.Is(typeof(T)) ? value : value.Select(session.Part).ToFrozenSet(value.Comparer);
}

internal sealed class MemoryCopier<T> : Copier<Memory<T>>
{
    protected override Memory<T> Copy(Memory<T> value, DeepCopy.Session session) => session.Part(value.ToArray());
}

internal sealed class ReadOnlyMemoryCopier<T> : Copier<ReadOnlyMemory<T>>
{
    protected override ReadOnlyMemory<T> Copy(ReadOnlyMemory<T> value, DeepCopy.Session session) => session.Part(value.ToArray());
}

internal sealed class ArraySegmentCopier<T> : Copier<ArraySegment<T>>
{
    protected override ArraySegment<T> Copy(ArraySegment<T> value, DeepCopy.Session session) => value.Array is null ? value : new(session.Part(value.ToArray()));
}
