using System.Runtime.CompilerServices;

namespace ClawGrains.Embedded.Copying;

/// <summary>Copies what crosses a grain's border, as Orleans does: only what could be sent to another machine, keeping shared references and cycles.</summary>
internal static class DeepCopy
{
    [ThreadStatic]
    private static Session? _free;

    /// <summary>A copy of the value.</summary>
    /// <exception cref="Orleans.Serialization.CodecNotFoundException">A type in it can't travel.</exception>
    internal static T Of<T>(T value)
    {
        if (value is null || Shareable.Is(typeof(T)) || Shareable.Is(value.GetType()))
            return value;
        var session = Begin();
        var copy = (T)session.Copy(value);
        session.End();
        return copy;
    }

    internal static Session Begin()
    {
        var session = _free ?? new Session();
        _free = null;
        return session;
    }

    /// <summary>One copy of one or more graphs, within which references stay shared.</summary>
    internal sealed class Session
    {
        private const int SmallGraph = 8;

        private readonly (object Original, object Copy)[] _few = new (object, object)[SmallGraph];
        private Dictionary<object, object>? _many;
        private int _count;

        internal object Copy(object value)
        {
            var type = value.GetType();
            if (Shareable.Is(type))
                return value;
            if (!type.IsValueType && Find(value) is { } known)
                return known;
            RuntimeHelpers.EnsureSufficientExecutionStack();
            return Copiers.For(type).Copy(value, this);
        }

        /// <summary>A copy of a value that may be null.</summary>
        internal T Part<T>(T value) => value is null || Shareable.Is(typeof(T)) ? value : (T)Copy(value);

        /// <summary>Remembers the copy of a reference; call it before copying what the original refers to.</summary>
        internal void Record(object original, object copy)
        {
            if (_count < SmallGraph)
                _few[_count] = (original, copy);
            else
                (_many ??= new(ReferenceEqualityComparer.Instance))[original] = copy;
            _count++;
        }

        internal void End()
        {
            Array.Clear(_few, 0, Math.Min(_count, SmallGraph));
            _many = null;
            _count = 0;
            _free = this;
        }

        private object? Find(object original)
        {
            for (var i = 0; i < Math.Min(_count, SmallGraph); i++)
            {
                if (ReferenceEquals(_few[i].Original, original))
                    return _few[i].Copy;
            }
            return _many is not null && _many.TryGetValue(original, out var copy) ? copy : null;
        }
    }
}
