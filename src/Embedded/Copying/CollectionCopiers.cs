using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Collections.ObjectModel;

namespace ClawGrains.Embedded.Copying;

/// <summary>The generic types of the base library that travel, with their copiers.</summary>
internal static class CollectionCopiers
{
    private static readonly Dictionary<Type, Type> ByDefinition = new()
    {
        [typeof(List<>)] = typeof(ListCopier<>),
        [typeof(Queue<>)] = typeof(QueueCopier<>),
        [typeof(Stack<>)] = typeof(StackCopier<>),
        [typeof(HashSet<>)] = typeof(HashSetCopier<>),
        [typeof(SortedSet<>)] = typeof(SortedSetCopier<>),
        [typeof(ConcurrentQueue<>)] = typeof(ConcurrentQueueCopier<>),
        [typeof(Collection<>)] = typeof(CollectionCopier<>),
        [typeof(ReadOnlyCollection<>)] = typeof(ReadOnlyCollectionCopier<>),
        [typeof(ImmutableArray<>)] = typeof(ImmutableArrayCopier<>),
        [typeof(ImmutableList<>)] = typeof(ImmutableListCopier<>),
        [typeof(ImmutableHashSet<>)] = typeof(ImmutableHashSetCopier<>),
        [typeof(ImmutableSortedSet<>)] = typeof(ImmutableSortedSetCopier<>),
        [typeof(ImmutableQueue<>)] = typeof(ImmutableQueueCopier<>),
        [typeof(ImmutableStack<>)] = typeof(ImmutableStackCopier<>),
        [typeof(Dictionary<,>)] = typeof(DictionaryCopier<,>),
        [typeof(SortedDictionary<,>)] = typeof(SortedDictionaryCopier<,>),
        [typeof(SortedList<,>)] = typeof(SortedListCopier<,>),
        [typeof(ConcurrentDictionary<,>)] = typeof(ConcurrentDictionaryCopier<,>),
        [typeof(ReadOnlyDictionary<,>)] = typeof(ReadOnlyDictionaryCopier<,>),
        [typeof(ImmutableDictionary<,>)] = typeof(ImmutableDictionaryCopier<,>),
        [typeof(ImmutableSortedDictionary<,>)] = typeof(ImmutableSortedDictionaryCopier<,>),
        [typeof(KeyValuePair<,>)] = typeof(KeyValuePairCopier<,>),
        [typeof(Memory<>)] = typeof(MemoryCopier<>),
        [typeof(ReadOnlyMemory<>)] = typeof(ReadOnlyMemoryCopier<>),
        [typeof(ArraySegment<>)] = typeof(ArraySegmentCopier<>),
    };

    internal static Copier? For(Type type)
    {
        if (typeof(System.Runtime.CompilerServices.ITuple).IsAssignableFrom(type))
            return new TupleCopier(type);
        if (!type.IsGenericType)
            return null;
        if (Frozen(type) is { } frozen)
            return frozen;
        return ByDefinition.TryGetValue(type.GetGenericTypeDefinition(), out var copier) ? Make(copier, type.GetGenericArguments()) : null;
    }

    /// <summary>Frozen collections have one class per layout, behind an abstract one.</summary>
    private static Copier? Frozen(Type type)
    {
        for (var level = type; level is { IsGenericType: true }; level = level.BaseType)
        {
            var definition = level.GetGenericTypeDefinition();
            if (definition == typeof(FrozenDictionary<,>))
                return Make(typeof(FrozenDictionaryCopier<,>), level.GetGenericArguments());
            if (definition == typeof(FrozenSet<>))
                return Make(typeof(FrozenSetCopier<>), level.GetGenericArguments());
        }
        return null;
    }

    private static Copier Make(Type copier, Type[] arguments) => (Copier)Activator.CreateInstance(copier.MakeGenericType(arguments))!;
}
