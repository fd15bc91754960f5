using ClawGrains.Embedded.Calls;
using ClawGrains.Embedded.Runtime;

namespace Orleans.Runtime;

/// <summary>Values that travel with calls: from caller to callee and onwards, never back. Each change makes a new set, so that
/// what was sent does not change.</summary>
public static class RequestContext
{
    internal const string CallChainReentrancy = "#CCR";

    /// <summary>The names of the values.</summary>
    public static IEnumerable<string> Keys => AmbientValues.Current?.Keys ?? Enumerable.Empty<string>();

    /// <summary>The values with their names.</summary>
    public static IEnumerable<KeyValuePair<string, object>> Entries => AmbientValues.Current ?? Enumerable.Empty<KeyValuePair<string, object>>();

    /// <summary>Identifies the chain of calls that may enter a waiting grain again; empty when none may.</summary>
    public static Guid ReentrancyId
    {
        get => Get(CallChainReentrancy) is Guid id ? id : Guid.Empty;
        set
        {
            if (value == Guid.Empty)
                Remove(CallChainReentrancy);
            else
                Set(CallChainReentrancy, value);
        }
    }

    /// <summary>The value of that name, or null.</summary>
    public static object? Get(string key) => AmbientValues.Current is { } values && values.TryGetValue(key, out var value) ? value : null;

    /// <summary>Sets the value of that name.</summary>
    public static void Set(string key, object value) =>
        AmbientValues.Current = AmbientValues.Current is { } values ? new(values) { [key] = value } : new() { [key] = value };

    /// <summary>Removes the value of that name, and says whether there was one.</summary>
    public static bool Remove(string key)
    {
        if (AmbientValues.Current is not { } values || !values.ContainsKey(key))
            return false;
        var rest = new Dictionary<string, object>(values);
        rest.Remove(key);
        AmbientValues.Current = rest.Count == 0 ? null : rest;
        return true;
    }

    /// <summary>Removes all values.</summary>
    public static void Clear()
    {
        if (AmbientValues.Current is not null)
            AmbientValues.Current = null;
    }

    /// <summary>Lets the calls made until the section is disposed come back into this grain while it waits for them.</summary>
    public static ReentrancySection AllowCallChainReentrancy()
    {
        var original = ReentrancyId;
        return new(original, original == Guid.Empty ? Guid.NewGuid() : original);
    }

    /// <summary>Takes that permission back until the section is disposed.</summary>
    public static ReentrancySection SuppressCallChainReentrancy() => new(ReentrancyId, Guid.Empty);

    /// <summary>The extent of a permission to enter again.</summary>
    public readonly struct ReentrancySection : IDisposable
    {
        private readonly Guid _original;
        private readonly Guid _current;

        /// <summary>Begins a section.</summary>
        public ReentrancySection(Guid originalReentrancyId, Guid newReentrancyId)
        {
            (_original, _current) = (originalReentrancyId, newReentrancyId);
            if (_current != _original)
                ReentrancyId = _current;
            if (_current != Guid.Empty)
                RuntimeContext.Current?.EnterReentrantSection(_current);
        }

        /// <summary>Ends the section.</summary>
        public void Dispose()
        {
            if (_current != Guid.Empty)
                RuntimeContext.Current?.LeaveReentrantSection(_current);
            if (_current != _original)
                ReentrancyId = _original;
        }
    }
}
