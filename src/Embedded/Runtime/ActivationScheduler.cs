namespace ClawGrains.Embedded.Runtime;

/// <summary>Runs the continuations of one activation, one at a time, on whatever pool thread runs the activation.</summary>
internal sealed class ActivationScheduler(Activation activation) : TaskScheduler
{
    public override int MaximumConcurrencyLevel => 1;

    internal void Run(Task task) => TryExecuteTask(task);

    protected override void QueueTask(Task task) => activation.Queue(task);

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        !taskWasPreviouslyQueued && activation.IsRunningHere && TryExecuteTask(task);

    protected override IEnumerable<Task> GetScheduledTasks() => activation.QueuedTasks();
}
