using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Collections.ObjectModel;

namespace ClawGrains.Embedded.Copying;

internal sealed class DictionaryCopier<TKey, TValue> : Copier<Dictionary<TKey, TValue>> where TKey : notnull
{
    protected override Dictionary<TKey, TValue> Copy(Dictionary<TKey, TValue> value, DeepCopy.Session session)
    {
        var copy = new Dictionary<TKey, TValue>(value.Count, value.Comparer);
        session.Record(value, copy);
        foreach (var (key, item) in value)
            copy.Add(session.Part(key), session.Part(item));
        return copy;
    }
}

internal sealed class SortedDictionaryCopier<TKey, TValue> : Copier<SortedDictionary<TKey, TValue>> where TKey : notnull
{
    protected override SortedDictionary<TKey, TValue> Copy(SortedDictionary<TKey, TValue> value, DeepCopy.Session session)
    {
        var copy = new SortedDictionary<TKey, TValue>(value.Comparer);
        session.Record(value, copy);
        foreach (var (key, item) in value)
            copy.Add(session.Part(key), session.Part(item));
        return copy;
    }
}

internal sealed class SortedListCopier<TKey, TValue> : Copier<SortedList<TKey, TValue>> where TKey : notnull
{
    protected override SortedList<TKey, TValue> Copy(SortedList<TKey, TValue> value, DeepCopy.Session session)
    {
        var copy = new SortedList<TKey, TValue>(value.Count, value.Comparer);
        session.Record(value, copy);
        foreach (var (key, item) in value)
            copy.Add(session.Part(key), session.Part(item));
        return copy;
    }
}

internal sealed class ConcurrentDictionaryCopier<TKey, TValue> : Copier<ConcurrentDictionary<TKey, TValue>> where TKey : notnull
{
    protected override ConcurrentDictionary<TKey, TValue> Copy(ConcurrentDictionary<TKey, TValue> value, DeepCopy.Session session)
    {
        var copy = new ConcurrentDictionary<TKey, TValue>(value.Comparer);
        session.Record(value, copy);
        foreach (var (key, item) in value)
            copy[session.Part(key)] = session.Part(item);
        return copy;
    }
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
