using ClawGrains.Embedded.Calls;
using ClawGrains.Embedded.Streams;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;

namespace ClawGrains.Embedded.Runtime;

/// <summary>How an activation begins and ends. Both are turns like any other; requests wait meanwhile.</summary>
internal sealed partial class Activation
{
    private readonly TaskCompletionSource _deactivated = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _ending = new();
    private readonly List<Func<CancellationToken, Task>> _setups = [];
    private AsyncServiceScope? _scope;
    private DeactivationReason? _endReason;
    private bool _endBegun;
    private long _lastUsed;
    private long _keepAliveUntil = long.MinValue;

    public Task Deactivated => _deactivated.Task;

    /// <summary>Cancelled when the activation begins to end.</summary>
    internal CancellationToken Ending => _ending.Token;

    /// <summary>The observers attached to this activation's stream subscriptions; used in its turns only.</summary>
    internal Dictionary<Guid, Attachment> Attachments => field ??= [];

    internal TimeSpan CollectionAge => Class.CollectionAge ?? Silo.CollectionAgeOf(Class);

    public void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            if (_endReason is not null || _state == ActivationState.Invalid)
                return;
            _endReason = deactivationReason;
            if (_state == ActivationState.Valid)
                _state = ActivationState.Deactivating;
            ScheduleLocked();
        }
    }

    internal void DelayDeactivation(TimeSpan time)
    {
        lock (_gate)
        {
            var now = Silo.Time.GetTimestamp();
            _keepAliveUntil = time == TimeSpan.MaxValue || time == Timeout.InfiniteTimeSpan
                ? long.MaxValue
                : now + (long)(time.TotalSeconds * Silo.Time.TimestampFrequency);
        }
    }

    /// <summary>Adds something to be done before the grain is told that it is active, such as loading state.</summary>
    internal void AddSetup(Func<CancellationToken, Task> setup) => _setups.Add(setup);

    internal bool IsIdle(long now)
    {
        lock (_gate)
        {
            return _state == ActivationState.Valid && _running.Count == 0 && _waiting.Count == 0 && _tasks.Count == 0
                && now >= _keepAliveUntil && Silo.Time.GetElapsedTime(_lastUsed, now) >= CollectionAge;
        }
    }

    /// <summary>The transition that is due, as a turn; null when there is none.</summary>
    private Action? NextChangeLocked()
    {
        if (_state == ActivationState.Created)
        {
            _state = ActivationState.Activating;
            return () => _ = ActivateAsync();
        }
        if (_state != ActivationState.Deactivating || _running.Count > 0 || _endBegun)
            return null;
        _endBegun = true;
        return () => _ = EndAsync();
    }

    private async Task ActivateAsync()
    {
        try
        {
            using var limit = new CancellationTokenSource(Silo.Collection.ActivationTimeout, Silo.Time);
            AmbientValues.Current = FirstValues();
            _scope = Silo.Services.CreateAsyncScope();
            GrainInstance = Class.Construct(this);
            foreach (var setup in _setups)
                await setup(limit.Token).WaitAsync(limit.Token);
            if (GrainInstance is IGrainBase grain)
                await grain.OnActivateAsync(limit.Token).WaitAsync(limit.Token);
        }
        catch (Exception e)
        {
            // A silo that stops takes its services away from what is just being activated: that is no fault of the grain.
            var reason = Silo.IsStopping ? new SiloUnavailableException($"The silo stopped while {GrainId} was being activated.", e) : e;
            if (!Silo.IsStopping)
                Silo.Log.ActivationFailed(GrainId, e);
            await FailAsync(reason);
            return;
        }
        lock (_gate)
        {
            _state = _endReason is null ? ActivationState.Valid : ActivationState.Deactivating;
            _lastUsed = Silo.Time.GetTimestamp();
        }
    }

    private Dictionary<string, object>? FirstValues()
    {
        lock (_gate)
            return _waiting.First?.Values;
    }

    private async Task FailAsync(Exception reason)
    {
        await _ending.CancelAsync();
        var rejected = Close();
        await ReleaseAsync();
        foreach (var work in rejected)
            work.Reject(reason);
        _deactivated.TrySetResult();
    }

    private async Task EndAsync()
    {
        await _ending.CancelAsync();
        var reason = _endReason!.Value;
        try
        {
            using var limit = new CancellationTokenSource(Silo.Collection.DeactivationTimeout, Silo.Time);
            if (GrainInstance is IGrainBase grain)
                await grain.OnDeactivateAsync(reason, limit.Token).WaitAsync(limit.Token);
        }
        catch (Exception e)
        {
            Silo.Log.DeactivationFailed(GrainId, e);
        }
        await ReleaseAsync();
        var moved = Close();
        _deactivated.TrySetResult();
        foreach (var work in moved)
            Silo.Redirect(work, GrainId);
    }

    /// <summary>From here on it takes no work; returns what it had.</summary>
    private List<Work> Close()
    {
        List<Work> left;
        lock (_gate)
        {
            _state = ActivationState.Invalid;
            left = _waiting.TakeAll();
        }
        Silo.Catalog.Remove(this, _pool);
        return left;
    }

    private async Task ReleaseAsync()
    {
        try
        {
            if (GrainInstance is IAsyncDisposable later)
                await later.DisposeAsync();
            else
                (GrainInstance as IDisposable)?.Dispose();
            if (_scope is { } scope)
                await scope.DisposeAsync();
        }
        catch (Exception e)
        {
            Silo.Log.DeactivationFailed(GrainId, e);
        }
    }
}
