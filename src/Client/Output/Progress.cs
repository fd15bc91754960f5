using Spectre.Console;

namespace ClawGrains.Client.Output;

/// <summary>Shows that something takes its time, on standard error and only where that is a terminal.</summary>
internal static class Progress
{
    public static async Task<T> RunAsync<T>(string what, Func<Task<T>> work)
    {
        if (!Terminal.ShowsProgress) return await work();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return await console.Status().StartAsync(what, _ => work());
    }
}
