using ClawGrains.Embedded.Calls;
using ClawGrains.Embedded.Reminders;
using ClawGrains.Embedded.Storage;
using ClawGrains.Embedded.Streams;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Configuration;
using Orleans.Runtime;

namespace ClawGrains.Embedded.Runtime;

/// <summary>The running grain runtime of one process.</summary>
internal sealed class Silo : IAsyncDisposable
{
    private readonly ITimer _collector;
    private readonly ITimer _timeouts;
    private volatile bool _stopping;

    internal Silo(IServiceProvider services, GrainRuntime runtime, GrainClasses classes)
    {
        (Services, Runtime, Classes) = (services, runtime, classes);
        Time = services.GetService<TimeProvider>() ?? TimeProvider.System;
        Log = new(services.GetRequiredService<ILoggerFactory>().CreateLogger("ClawGrains.Embedded"));
        Collection = services.GetRequiredService<IOptions<GrainCollectionOptions>>().Value;
        CheckCollection(Collection, classes);
        IncomingFilters = [.. services.GetServices<IIncomingGrainCallFilter>()];
        GrainFactory = services.GetRequiredService<IGrainFactory>();
        Address = services.GetRequiredService<ILocalSiloDetails>().SiloAddress;
        Catalog = new(this);
        Storages = services.GetRequiredService<StateStores>();
        Streams = new(this);
        Reminders = new(this);
        var second = TimeSpan.FromSeconds(1);
        _timeouts = Time.CreateTimer(static silo => ((Silo)silo!).TimeOutCalls(), this, second, second);
        _collector = Time.CreateTimer(static silo => ((Silo)silo!).CollectIdle(), this, Collection.CollectionQuantum, Collection.CollectionQuantum);
    }

    internal IServiceProvider Services { get; }

    internal GrainRuntime Runtime { get; }

    internal GrainClasses Classes { get; }

    internal TimeProvider Time { get; }

    internal SiloLog Log { get; }

    internal GrainCollectionOptions Collection { get; }

    internal IIncomingGrainCallFilter[] IncomingFilters { get; }

    internal IGrainFactory GrainFactory { get; }

    internal SiloAddress Address { get; }

    internal Catalog Catalog { get; }

    internal StateStores Storages { get; }

    internal StreamHub Streams { get; }

    internal ReminderService Reminders { get; }

    /// <summary>Refuses calls from outside once the silo stops. Grains may call each other until they have ended.</summary>
    internal void Admit(Work work)
    {
        if (_stopping && RuntimeContext.Current is null)
            throw new SiloUnavailableException($"The silo is stopping and takes no calls: {work}.");
    }

    /// <summary>Hands work to the grain, activating it if need be; returns what took it.</summary>
    internal IMessageTarget? Dispatch(Work work, GrainId id)
    {
        while (true)
        {
            if (id.Type == Observers.Type && !Catalog.TryFind(id, out _))
            {
                work.Reject(new OrleansMessageRejectionException($"The observer {id} does not exist (any more)."));
                return null;
            }
            var target = Catalog.Find(id);
            if (target.Receive(work))
                return target;
            if (work.IsBound)
            {
                work.Reject(new OrleansMessageRejectionException($"The activation of {id} has ended."));
                return target;
            }
            // It has ended, and whoever ended it is about to take it out. Waiting for that here could keep it from running.
            Catalog.Remove(id, target);
        }
    }

    /// <summary>Hands on what an ended activation had not begun.</summary>
    internal void Redirect(Work work, GrainId id)
    {
        if (work.IsBound)
            work.Reject(new OrleansMessageRejectionException($"The activation of {id} has ended."));
        else if (_stopping)
            work.Reject(new SiloUnavailableException($"The silo is stopping and takes no calls: {id}."));
        else
            Dispatch(work, id);
    }

    internal bool IsStopping => _stopping;

    internal TimeSpan CollectionAgeOf(GrainClass grainClass) =>
        Collection.ClassSpecificCollectionAge.TryGetValue(grainClass.Type.FullName!, out var age) ? age : Collection.CollectionAge;

    internal async Task StartAsync(CancellationToken token)
    {
        await Storages.OpenAsync(token).ConfigureAwait(false);
        await Streams.StartAsync(token).ConfigureAwait(false);
        await Reminders.StartAsync(token).ConfigureAwait(false);
    }

    /// <summary>Lets what runs finish, ends all activations and closes the storage. Past the token's time, what still runs is abandoned.</summary>
    internal async Task StopAsync(CancellationToken token)
    {
        Reminders.Stop();
        Streams.Stop();
        _stopping = true;
        try
        {
            await Catalog.EndAllAsync(new(DeactivationReasonCode.ShuttingDown, "The host is stopping."), token).ConfigureAwait(false);
            await Streams.IdleAsync().WaitAsync(token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            Log.StoppedBeforeAllEnded(Catalog.Activations.Count());
        }
        await DisposeAsync().ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        _stopping = true;
        Reminders.Stop();
        Streams.Stop();
        await _collector.DisposeAsync().ConfigureAwait(false);
        await _timeouts.DisposeAsync().ConfigureAwait(false);
        Runtime.Detach();
        await Storages.CloseAsync().ConfigureAwait(false);
    }

    private static void CheckCollection(GrainCollectionOptions options, GrainClasses classes)
    {
        if (classes.All.FirstOrDefault(c => c.CollectionAge <= options.CollectionQuantum) is { } hasty)
            throw new OrleansConfigurationException($"{hasty.Type} CollectionAgeLimit is set to {hasty.CollectionAge}. CollectionAgeLimit must be greater than CollectionQuantum, which is set to {options.CollectionQuantum}.");
        if (options.CollectionAge <= options.CollectionQuantum)
            throw new OrleansConfigurationException($"GrainCollectionOptions.CollectionAge ({options.CollectionAge}) should be greater than CollectionQuantum ({options.CollectionQuantum}).");
    }

    private void CollectIdle()
    {
        var now = Time.GetTimestamp();
        foreach (var activation in Catalog.Activations)
        {
            if (activation.IsIdle(now))
                activation.Deactivate(new(DeactivationReasonCode.ActivationIdle, $"Not used for {activation.CollectionAge}."));
        }
    }

    private void TimeOutCalls()
    {
        var now = Time.GetTimestamp();
        foreach (var activation in Catalog.Activations)
            activation.TimeOut(now);
    }
}
