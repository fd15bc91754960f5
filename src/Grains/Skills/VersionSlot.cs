namespace ClawGrains.Grains.Skills;

/// <summary>
/// Holds the version in force, and those before it on which calls still run: each is let go when its last call ends, and its calls
/// are cancelled when they take longer than the limit. Safe for use by several threads at once.
/// </summary>
/// <typeparam name="T">The version: an immutable value.</typeparam>
internal sealed class VersionSlot<T>(TimeProvider time, TimeSpan limit)
    where T : class
{
    private readonly Lock _lock = new();
    private readonly List<Version> _draining = [];
    private Version? _current;

    /// <summary>The version in force, or null.</summary>
    public T? Current
    {
        get
        {
            lock (_lock) return _current?.Value;
        }
    }

    /// <summary>The versions before it on which calls still run, oldest first: with how many, and when these are cancelled.</summary>
    public IReadOnlyList<(T Version, int Calls, DateTimeOffset CancelledAt)> Draining
    {
        get
        {
            lock (_lock) return [.. _draining.Select(v => (v.Value, v.Calls, v.CancelledAt))];
        }
    }

    /// <summary>Begins a call on the version in force; null where there is none. The call ends with the lease.</summary>
    public Lease? Enter()
    {
        lock (_lock)
        {
            if (_current is null) return null;
            _current.Calls++;
            return new Lease(this, _current);
        }
    }

    /// <summary>Puts another version in force. Does nothing where it is the one that is.</summary>
    public void Swap(T? next)
    {
        lock (_lock)
        {
            if (ReferenceEquals(_current?.Value, next)) return;
            if (_current is { } old) Retire(old);
            _current = next is null ? null : new Version(next);
        }
    }

    private void Retire(Version old)
    {
        if (old.Calls == 0)
        {
            old.Stop.Dispose();
            return;
        }
        old.CancelledAt = time.GetUtcNow() + limit;
        old.Timer = time.CreateTimer(_ => old.Stop.Cancel(), null, limit, Timeout.InfiniteTimeSpan);
        _draining.Add(old);
    }

    private void Leave(Version version)
    {
        lock (_lock)
        {
            if (--version.Calls > 0 || ReferenceEquals(version, _current)) return;
            _draining.Remove(version);
            version.Timer?.Dispose();
            version.Stop.Dispose();
        }
    }

    /// <summary>A call on one version.</summary>
    internal sealed class Lease : IDisposable
    {
        private VersionSlot<T>? _slot;
        private readonly Version _version;

        internal Lease(VersionSlot<T> slot, Version version) => (_slot, _version, Version, Cancelled) = (slot, version, version.Value, version.Stop.Token);

        /// <summary>The version.</summary>
        public T Version { get; }

        /// <summary>Cancelled when the version was replaced and the call took too long after it.</summary>
        public CancellationToken Cancelled { get; }

        public void Dispose() => Interlocked.Exchange(ref _slot, null)?.Leave(_version);
    }

    internal sealed class Version(T value)
    {
        public T Value { get; } = value;

        public CancellationTokenSource Stop { get; } = new();

        public int Calls { get; set; }

        public DateTimeOffset CancelledAt { get; set; }

        public ITimer? Timer { get; set; }
    }
}
