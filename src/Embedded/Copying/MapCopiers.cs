using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Collections.ObjectModel;

namespace ClawGrains.Embedded.Copying;

internal sealed class DictionaryCopier<TKey, TValue> : FillingMapCopier<Dictionary<TKey, TValue>, TKey, TValue> where TKey : notnull
{
    protected override Dictionary<TKey, TValue> Empty(Dictionary<TKey, TValue> value) => new(value.Count, value.Comparer);
}

internal sealed class SortedDictionaryCopier<TKey, TValue> : FillingMapCopier<SortedDictionary<TKey, TValue>, TKey, TValue> where TKey : notnull
{
    protected override SortedDictionary<TKey, TValue> Empty(SortedDictionary<TKey, TValue> value) => new(value.Comparer);
}

internal sealed class SortedListCopier<TKey, TValue> : FillingMapCopier<SortedList<TKey, TValue>, TKey, TValue> where TKey : notnull
{
    protected override SortedList<TKey, TValue> Empty(SortedList<TKey, TValue> value) => new(value.Count, value.Comparer);
}

internal sealed class ConcurrentDictionaryCopier<TKey, TValue> : FillingMapCopier<ConcurrentDictionary<TKey, TValue>, TKey, TValue> where TKey : notnull
{
    protected override ConcurrentDictionary<TKey, TValue> Empty(ConcurrentDictionary<TKey, TValue> value) => new(value.Comparer);
}

internal sealed class ReadOnlyDictionaryCopier<TKey, TValue> : Copier<ReadOnlyDictionary<TKey, TValue>> where TKey : notnull
{
    protected override ReadOnlyDictionary<TKey, TValue> Copy(ReadOnlyDictionary<TKey, TValue> value, DeepCopy.Session session) =>
        new(value.ToDictionary(pair => session.Part(pair.Key), pair => session.Part(pair.Value)));
}

internal sealed class ImmutableDictionaryCopier<TKey, TValue> : Copier<ImmutableDictionary<TKey, TValue>> where TKey : notnull
{
    protected override ImmutableDictionary<TKey, TValue> Copy(ImmutableDictionary<TKey, TValue> value, DeepCopy.Session session) =>
        Shareable.Is(typeof(TKey)) && Shareable.Is(typeof(TValue))
            ? value
            : value.ToImmutableDictionary(pair => session.Part(pair.Key), pair => session.Part(pair.Value), value.KeyComparer, value.ValueComparer);
}

internal sealed class ImmutableSortedDictionaryCopier<TKey, TValue> : Copier<ImmutableSortedDictionary<TKey, TValue>> where TKey : notnull
{
    protected override ImmutableSortedDictionary<TKey, TValue> Copy(ImmutableSortedDictionary<TKey, TValue> value, DeepCopy.Session session) =>
        Shareable.Is(typeof(TKey)) && Shareable.Is(typeof(TValue))
            ? value
            : value.ToImmutableSortedDictionary(pair => session.Part(pair.Key), pair => session.Part(pair.Value), value.KeyComparer, value.ValueComparer);
}

internal sealed class FrozenDictionaryCopier<TKey, TValue> : Copier<FrozenDictionary<TKey, TValue>> where TKey : notnull
{
    protected override FrozenDictionary<TKey, TValue> Copy(FrozenDictionary<TKey, TValue> value, DeepCopy.Session session) =>
        Shareable.Is(typeof(TKey)) && Shareable.Is(typeof(TValue))
            ? value
            : value.ToFrozenDictionary(pair => session.Part(pair.Key), pair => session.Part(pair.Value), value.Comparer);
}

internal sealed class KeyValuePairCopier<TKey, TValue> : Copier<KeyValuePair<TKey, TValue>>
{
    protected override KeyValuePair<TKey, TValue> Copy(KeyValuePair<TKey, TValue> value, DeepCopy.Session session) =>
        new(session.Part(value.Key), session.Part(value.Value));
}
