using ClawGrains.Skills.Sources;
using Spectre.Console;

namespace ClawGrains.Client.Output;

/// <summary>A bar for a download, on standard error and only where that is a terminal.</summary>
internal static class DownloadBar
{
    public static async Task<T> RunAsync<T>(Func<IProgress<InstallProgress>?, Task<T>> work)
    {
        if (!Terminal.ShowsProgress) return await work(null);
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return await console.Progress().AutoClear(true).HideCompleted(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new DownloadedColumn(), new SpinnerColumn())
            .StartAsync(context => work(new Bar(context.AddTask("Resolving"))));
    }

    private sealed class Bar(ProgressTask task) : IProgress<InstallProgress>
    {
        public void Report(InstallProgress value)
        {
            task.Description = value.Stage.ToString();
            task.IsIndeterminate = value.Total is null;
            if (value.Stage != InstallStage.Downloading) return;
            if (value.Total is { } total) task.MaxValue = total;
            task.Value = value.Done;
        }
    }
}
