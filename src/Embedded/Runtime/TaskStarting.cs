namespace ClawGrains.Embedded.Runtime;

internal static class TaskStarting
{
    internal static Task StartOn(this Task task, TaskScheduler scheduler)
    {
        task.Start(scheduler);
        return task;
    }
}
