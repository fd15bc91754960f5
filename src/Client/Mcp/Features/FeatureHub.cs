using Microsoft.Extensions.Logging;

namespace ClawGrains.Client.Mcp.Features;

/// <summary>
/// Merges the sources of one tenant and keeps the merged index current. Shared by all sessions of the tenant.
/// The first index is built when it is first asked for; a collision of names then throws, and after a later change
/// leaves the index before it in force.
/// </summary>
internal sealed partial class FeatureHub : IAsyncDisposable
{
    /// <summary>How many indexes before the one in force still answer cursors, though nobody is listing them.</summary>
    public const int KeptIndexes = 3;

    /// <summary>How long a source that failed is left alone.</summary>
    public static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(5);

    private readonly IReadOnlyList<IMcpFeatureSource> _sources;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _building = new(1, 1);
    private readonly PagedIndexes _paged;
    private readonly List<Task> _watchers = [];
    private volatile State? _state;

    /// <param name="sources">The sources, in the order their features are listed.</param>
    /// <param name="time">The clock of <see cref="RetryDelay"/>.</param>
    /// <param name="logger">Told of reloads that could not be used.</param>
    public FeatureHub(IReadOnlyList<IMcpFeatureSource> sources, TimeProvider time, ILogger<FeatureHub> logger) =>
        (_sources, _time, _logger, _paged) = (sources, time, logger, new PagedIndexes(time));

    /// <summary>The sources, in order.</summary>
    public IReadOnlyList<IMcpFeatureSource> Sources => _sources;

    /// <summary>The index in force.</summary>
    /// <exception cref="FeatureCollisionException">It is the first, and two offers have the same name.</exception>
    public ValueTask<FeatureIndex> GetAsync(CancellationToken cancellationToken) =>
        _state is { } state ? new(state.Index) : new(StartAsync(cancellationToken));

    /// <summary>The index that a cursor names; null where it is not known any more.</summary>
    public FeatureIndex? Find(string version) =>
        _state is { } s && s.Index.Version == version ? s.Index : _paged.Find(version) ?? _state?.Older.FirstOrDefault(i => i.Version == version);

    /// <summary>Keeps an index for the client that was given a cursor of it.</summary>
    public void Keep(FeatureIndex index) => _paged.Keep(index);

    /// <summary>The first index in force that is not <paramref name="seen"/>.</summary>
    public async Task<FeatureIndex> WaitForOtherAsync(FeatureIndex seen, CancellationToken cancellationToken)
    {
        while (true)
        {
            var state = _state;
            if (state is null) return await StartAsync(cancellationToken);
            if (!ReferenceEquals(state.Index, seen)) return state.Index;
            await state.Replaced.Task.WaitAsync(cancellationToken);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_watchers);
        _paged.Dispose();
        _stop.Dispose();
    }

    private async Task<FeatureIndex> StartAsync(CancellationToken cancellationToken)
    {
        await _building.WaitAsync(cancellationToken);
        try
        {
            if (_state is { } other) return other.Index;
            var index = await BuildAsync(cancellationToken);
            _state = new State(index, []);
            foreach (var source in _sources) _watchers.Add(Task.Run(() => WatchAsync(source), CancellationToken.None));
            return index;
        }
        finally
        {
            _building.Release();
        }
    }

    private async Task WatchAsync(IMcpFeatureSource source)
    {
        // The first turn looks again at what the first index was built of, so a change in between is not lost.
        var number = long.MinValue;
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await source.WaitForChangeAsync(number, _stop.Token);
                number = (await source.GetAsync(_stop.Token)).Number;
                await RefreshAsync();
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // A host that stops has no grains before it has no clients; that is no failure of the source.
                if (e is Orleans.Runtime.SiloUnavailableException) SourceAway(source.Name, RetryDelay);
                else SourceFailed(source.Name, RetryDelay, e);
                await Task.Delay(RetryDelay, _time, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task RefreshAsync()
    {
        await _building.WaitAsync(_stop.Token);
        try
        {
            var state = _state!;
            var index = await BuildAsync(_stop.Token);
            if (index.Version == state.Index.Version) return;
            _state = new State(index, [state.Index, .. state.Older.Take(KeptIndexes - 1)]);
            state.Replaced.SetResult();
            Reloaded(index.Version, index.Tools.Count, index.Prompts.Count, index.Resources.Count);
        }
        catch (FeatureCollisionException e)
        {
            Refused(e.Message);
        }
        finally
        {
            _building.Release();
        }
    }

    private async Task<FeatureIndex> BuildAsync(CancellationToken cancellationToken)
    {
        var offers = new List<(IMcpFeatureSource, McpFeatureSet)>(_sources.Count);
        foreach (var source in _sources) offers.Add((source, await source.GetAsync(cancellationToken)));
        return new FeatureIndex(string.Join('.', offers.Select(o => o.Item2.Number)), offers);
    }

    [LoggerMessage(Level = LogLevel.Information,
        Message = "MCP features {Version}: {Tools} tools, {Prompts} prompts, {Resources} resources.")]
    private partial void Reloaded(string version, int tools, int prompts, int resources);

    [LoggerMessage(Level = LogLevel.Error, Message = "The change is not taken, the features before it stay: {Reason}")]
    private partial void Refused(string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Source} can't be read; trying again in {Delay}.")]
    private partial void SourceFailed(string source, TimeSpan delay, Exception exception);

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Source} can't be read, since the host is not running or stops; trying again in {Delay}.")]
    private partial void SourceAway(string source, TimeSpan delay);

    private sealed record State(FeatureIndex Index, IReadOnlyList<FeatureIndex> Older)
    {
        public TaskCompletionSource Replaced { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
