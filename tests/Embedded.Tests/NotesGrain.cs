using System.Collections.Concurrent;
using Orleans.Streams;
using Orleans.Streams.Core;

namespace ClawGrains.Embedded.Tests;

[GenerateSerializer]
public abstract record Note([property: Id(0)] string Text);

[GenerateSerializer, Alias("test.urgent")]
public sealed record UrgentNote(string Text, [property: Id(0)] int Level) : Note(Text);

[GenerateSerializer]
public sealed class Notes
{
    [Id(0)] public List<Note> All { get; set; } = [];
    [Id(1)] public Dictionary<string, DateTimeOffset> Times { get; set; } = [];
    [Id(2)] public (int, string?) Pair { get; set; }
    public string NotStored { get; set; } = "initial";
}

public interface INotesGrain : IGrainWithStringKey
{
    Task Add(string text, int level);
    Task<string[]> All();
    Task<string> NotStored();
    Task Remind(TimeSpan due, TimeSpan period);
    Task Subscribe(string stream);
    Task Publish(string stream, string text);
    Task Touch();
    Task TimeTick(TimeSpan period);
    Task Forever();
    Task Leave();
}

[ImplicitStreamSubscription("implicit-notes")]
public sealed class NotesGrain([PersistentState("notes")] IPersistentState<Notes> notes) : Grain, INotesGrain, IRemindable, IStreamSubscriptionObserver
{
    internal static readonly ConcurrentDictionary<string, Signal> Signals = new();

    private Signal Signal => Signals.GetOrAdd(this.GetPrimaryKeyString(), _ => new());

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        Signal.Add($"deactivated {reason.ReasonCode}");
        return Task.CompletedTask;
    }

    public Task Add(string text, int level)
    {
        notes.State.All.Add(new UrgentNote(text, level));
        notes.State.Times[text] = DateTimeOffset.UnixEpoch;
        notes.State.Pair = (level, text);
        notes.State.NotStored = "changed";
        return notes.WriteStateAsync();
    }

    public Task<string[]> All() => Task.FromResult(notes.State.All.Select(n => n is UrgentNote u ? $"{u.Text}{u.Level}" : n.Text).ToArray());

    public Task<string> NotStored() => Task.FromResult(notes.State.NotStored);

    public Task Remind(TimeSpan due, TimeSpan period) => this.RegisterOrUpdateReminder("r", due, period);

    public Task ReceiveReminder(string reminderName, TickStatus status)
    {
        Signal.Add($"{reminderName} {status.CurrentTickTime:O}");
        return Task.CompletedTask;
    }

    public Task Subscribe(string stream) =>
        this.GetStreamProvider("durable").GetStream<Note>(StreamId.Create("notes", stream)).SubscribeAsync((_, _) => Task.CompletedTask);

    public Task Publish(string stream, string text) =>
        this.GetStreamProvider("durable").GetStream<Note>(StreamId.Create("notes", stream)).OnNextAsync(new UrgentNote(text, 1));

    public Task OnSubscribed(IStreamSubscriptionHandleFactory handleFactory) => handleFactory.Create<Note>().ResumeAsync((item, _) =>
    {
        Signal.Add(item.Text);
        return Signal.Refuses ? throw new InvalidOperationException("refused") : Task.CompletedTask;
    });

    public Task Touch() => Task.CompletedTask;

    public Task TimeTick(TimeSpan period)
    {
        this.RegisterGrainTimer(() =>
        {
            Signal.Add("tick");
            return Task.CompletedTask;
        }, period, period);
        return Task.CompletedTask;
    }

    public Task Leave()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public Task Forever() => new TaskCompletionSource().Task;
}

/// <summary>What a grain did, for the test to wait for.</summary>
public sealed class Signal
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly List<string> _events = [];
    private readonly List<(Func<List<string>, bool> Condition, TaskCompletionSource Done)> _waiters = [];

    internal bool Refuses { get; set; }

    internal List<string> Events
    {
        get
        {
            lock (_events)
                return [.. _events];
        }
    }

    internal void Add(string happened)
    {
        lock (_events)
        {
            _events.Add(happened);
            foreach (var (_, done) in _waiters.Where(w => w.Condition(_events)))
                done.TrySetResult();
        }
    }

    internal Task UntilAsync(Func<List<string>, bool> condition)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_events)
        {
            _waiters.Add((condition, done));
            if (condition(_events))
                done.TrySetResult();
        }
        return done.Task.WaitAsync(Limit);
    }
}
