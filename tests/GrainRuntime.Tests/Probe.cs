using System.Collections.Concurrent;

namespace ClawGrains.GrainRuntime.Tests;

/// <summary>What grains and tests of one process tell each other beside the calls: gates that grains wait at, and what happened in order.</summary>
public sealed class Probe
{
    private static readonly ConcurrentDictionary<string, Probe> All = new(StringComparer.Ordinal);

    private readonly ConcurrentDictionary<string, TaskCompletionSource> _gates = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _events = new();
    private readonly List<(Func<string[], bool> Condition, TaskCompletionSource Done)> _waiters = [];

    public string[] Events => [.. _events];

    public static Probe Of(string key) => All.GetOrAdd(key, _ => new());

    public static string NewKey(string name) => $"{name}-{Guid.NewGuid():N}";

    public void Open(string gate) => Gate(gate).TrySetResult();

    /// <summary>Waits until the test opens the gate.</summary>
    public Task PassAsync(string gate) => Gate(gate).Task.WaitAsync(TestClusterFixture.Limit);

    public void Add(string happened)
    {
        _events.Enqueue(happened);
        lock (_waiters)
        {
            foreach (var (_, done) in _waiters.Where(w => w.Condition(Events)).ToArray())
                done.TrySetResult();
        }
    }

    public Task SeenAsync(string happened, int times = 1) => UntilAsync(events => events.Count(e => e == happened) >= times, $"{times} × {happened}");

    public async Task UntilAsync(Func<string[], bool> condition, string name)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_waiters)
        {
            _waiters.Add((condition, done));
            if (condition(Events))
                done.TrySetResult();
        }
        try
        {
            await done.Task.WaitAsync(TestClusterFixture.Limit);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"Not seen in time: {name}. Seen: {string.Join(", ", Events)}");
        }
    }

    private TaskCompletionSource Gate(string gate) => _gates.GetOrAdd(gate, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
}
