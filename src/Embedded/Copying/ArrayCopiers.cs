namespace ClawGrains.Embedded.Copying;

/// <summary>Copies arrays of any rank.</summary>
internal static class ArrayCopiers
{
    internal static Copier For(Type type)
    {
        var element = type.GetElementType()!;
        if (type.IsSZArray)
            return (Copier)Activator.CreateInstance(typeof(VectorCopier<>).MakeGenericType(element))!;
        return new RankedCopier(Shareable.Is(element));
    }

    private sealed class VectorCopier<T> : Copier<T[]>
    {
        private readonly bool _shared = Shareable.Is(typeof(T));

        protected override T[] Copy(T[] value, DeepCopy.Session session)
        {
            if (value.Length == 0)
                return value;
            var copy = _shared ? (T[])value.Clone() : new T[value.Length];
            session.Record(value, copy);
            for (var i = 0; !_shared && i < value.Length; i++)
                copy[i] = session.Part(value[i]);
            return copy;
        }
    }

    private sealed class RankedCopier(bool shared) : Copier
    {
        internal override object Copy(object value, DeepCopy.Session session)
        {
            var copy = (Array)((Array)value).Clone();
            session.Record(value, copy);
            if (shared)
                return copy;
            var position = new int[copy.Rank];
            for (var more = copy.Length > 0; more; more = Advance(copy, position))
                copy.SetValue(session.Part(copy.GetValue(position)), position);
            return copy;
        }

        private static bool Advance(Array array, int[] position)
        {
            for (var d = array.Rank - 1; d >= 0; d--)
            {
                if (++position[d] < array.GetLength(d))
                    return true;
                position[d] = 0;
            }
            return false;
        }
    }
}
