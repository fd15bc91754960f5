namespace ClawGrains.Embedded.Copying;

/// <summary>Makes an empty collection and fills it. The copy is recorded first, so that an item may lead back to it.</summary>
internal abstract class FillingCopier<TCollection, T> : Copier<TCollection> where TCollection : class, IEnumerable<T>
{
    /// <summary>An empty one with the same comparer.</summary>
    protected abstract TCollection Empty(TCollection value);

    protected abstract void Add(TCollection copy, T item);

    /// <summary>The items in the order in which they are to be added.</summary>
    protected virtual IEnumerable<T> ItemsOf(TCollection value) => value;

    protected sealed override TCollection Copy(TCollection value, DeepCopy.Session session)
    {
        var copy = Empty(value);
        session.Record(value, copy);
        foreach (var item in ItemsOf(value))
            Add(copy, session.Part(item));
        return copy;
    }
}

/// <summary>The same for maps, with keys and values copied each by its own copier.</summary>
internal abstract class FillingMapCopier<TMap, TKey, TValue> : Copier<TMap>
    where TMap : class, IDictionary<TKey, TValue>
    where TKey : notnull
{
    /// <summary>An empty one with the same comparer.</summary>
    protected abstract TMap Empty(TMap value);

    protected sealed override TMap Copy(TMap value, DeepCopy.Session session)
    {
        var copy = Empty(value);
        session.Record(value, copy);
        foreach (var (key, item) in value)
            copy.Add(session.Part(key), session.Part(item));
        return copy;
    }
}
