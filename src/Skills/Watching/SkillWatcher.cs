using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace ClawGrains.Skills.Watching;

/// <summary>
/// Tells when something below the roots of the layers changed: by the file system's events, debounced, and by a look at every
/// file now and then, for mounts that have none and for events that were lost. A root need not exist. Changes that come while
/// nobody reads are told of as one.
/// </summary>
public sealed class SkillWatcher : IAsyncDisposable
{
    private readonly SkillWatcherOptions _options;
    private readonly List<RootWatch> _roots;
    private readonly Dictionary<string, ulong> _prints = new(StringComparer.Ordinal);
    private readonly PendingChange _pending = new();
    private readonly Channel<bool> _changes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Channel<SkillChangeSource> _wakes = Channel.CreateUnbounded<SkillChangeSource>(new UnboundedChannelOptions { SingleReader = true });
    private readonly CancellationTokenSource _stop = new();
    private readonly HashSet<string> _noticed = new(StringComparer.Ordinal);
    private readonly ChangeDebouncer _debouncer;
    private readonly ITimer _rescan;
    private readonly Task _loop;
    private bool _alone;
    private int _disposed;

    private SkillWatcher(IEnumerable<string> roots, SkillWatcherOptions options, DirectoryWatchFactory factory)
    {
        _options = options;
        _debouncer = new ChangeDebouncer(options.Quiet, options.Longest, options.Time, () => Wake(SkillChangeSource.Event));
        var events = new DirectoryWatchEvents(OnChanged, OnFailed);
        _roots = [.. roots.Distinct(StringComparer.Ordinal).Select(r => new RootWatch(r, factory, events))];
        Arm();
        _pending.Take();
        foreach (var root in _roots) _prints[root.Root] = TreeFingerprint.Of(root.Root);
        _rescan = options.Time.CreateTimer(_ => Wake(SkillChangeSource.Rescan), null, Period, Period);
        _loop = Task.Run(RunAsync);
    }

    /// <summary>Whether the system tells of no events for at least one root, so that all depends on the rescan.</summary>
    public bool IsRescanAlone => Volatile.Read(ref _alone);

    private TimeSpan Period => _alone ? _options.RescanAlone : _options.Rescan;

    /// <summary>Begins to watch. What changes after this returns is told of; read the skills after it.</summary>
    public static SkillWatcher Start(IEnumerable<string> roots, SkillWatcherOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(roots);
        return new SkillWatcher(roots, options ?? SkillWatcherOptions.Default, SystemWatch.Create);
    }

    internal static SkillWatcher Start(IEnumerable<string> roots, SkillWatcherOptions options, DirectoryWatchFactory factory) =>
        new(roots, options, factory);

    /// <summary>The changes as they come, for one reader; ends when the watcher is disposed.</summary>
    public async IAsyncEnumerable<SkillChange> ReadChangesAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var _ in _changes.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            if (_pending.Take() is { Paths: not { Count: 0 } } change) yield return change;
    }

    /// <summary>Stops; nothing is told of after it.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0) return;
        await _stop.CancelAsync().ConfigureAwait(false);
        _debouncer.Dispose();
        await _rescan.DisposeAsync().ConfigureAwait(false);
        _wakes.Writer.TryComplete();
        await _loop.ConfigureAwait(false);
        foreach (var root in _roots) root.Dispose();
        _changes.Writer.TryComplete();
        _stop.Dispose();
    }

    private void Wake(SkillChangeSource source) => _wakes.Writer.TryWrite(source);

    private async Task RunAsync()
    {
        while (await _wakes.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            var byEvent = false;
            while (_wakes.Reader.TryRead(out var source)) byEvent |= source == SkillChangeSource.Event;
            if (_stop.IsCancellationRequested) return;
            Look(byEvent);
        }
    }

    // Watches first, news last: what changes after that has an event. An event is told of at once, without a look at every file;
    // so the next rescan finds the same difference and tells of it again, which costs a reload that changes nothing.
    private void Look(bool byEvent)
    {
        Arm();
        if (!byEvent)
        {
            if (!Compare()) return;
            _pending.AddEverything(byRescan: true);
        }
        _changes.Writer.TryWrite(true);
    }

    private bool Compare()
    {
        var differs = false;
        foreach (var root in _roots)
        {
            var print = TreeFingerprint.Of(root.Root);
            differs |= _prints[root.Root] != print;
            _prints[root.Root] = print;
        }
        return differs;
    }

    private void Arm()
    {
        var alone = false;
        foreach (var root in _roots) alone |= !TryArm(root);
        if (alone == _alone) return;
        Volatile.Write(ref _alone, alone);
        _rescan?.Change(Period, Period);
    }

    private bool TryArm(RootWatch root)
    {
        try
        {
            // What happened while the watch was on its way is found by looking at the whole root.
            if (root.Arm()) _pending.Add(root.Root);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Notice("alone", $"The system tells of no file events below {root.Root} ({e.Message}); looking every {_options.RescanAlone.TotalSeconds:0.#} s instead. "
                + "On Linux raise fs.inotify.max_user_instances and fs.inotify.max_user_watches.");
            return false;
        }
    }

    private void OnChanged(string path)
    {
        _pending.Add(path);
        _debouncer.Signal();
    }

    // Whatever was lost, a look at every file finds; the watch is made anew with it.
    private void OnFailed(Exception error)
    {
        _pending.AddEverything();
        if (error is not InternalBufferOverflowException) Notice(error.Message, $"A file watch failed and is renewed: {error.Message}");
        _debouncer.Signal();
    }

    private void Notice(string kind, string text)
    {
        lock (_noticed)
            if (!_noticed.Add(kind)) return;
        _options.Notice?.Invoke(text);
    }
}
