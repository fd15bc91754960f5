using System.Diagnostics;

namespace ClawGrains.Embedded.Tests.Storage;

/// <summary>Kills a process that writes, and looks at what it left.</summary>
public sealed class CrashTests : InDirectory
{
    private const string Role = "CLAWGRAINS_EMBEDDED_CRASH_WRITER";

    [Fact]
    public async Task Process_KilledWhileWriting_LosesNothingThatWasAcknowledged()
    {
        var acknowledged = await RunWriterUntilItHasWrittenAsync(200);
        using var host = await EmbeddedHost.StartAsync(silo => silo.UseEmbeddedStorage(Database));
        var stored = await host.Grain<INotesGrain>("crash").All();
        stored.Length.ShouldBeGreaterThanOrEqualTo(acknowledged);
        stored.ShouldBe(Enumerable.Range(0, stored.Length).Select(i => $"note{i}"));
        await host.StopAsync();
    }

    /// <summary>Runs in the process that is killed; does nothing in others.</summary>
    [Fact]
    public async Task Writer()
    {
        if (Environment.GetEnvironmentVariable(Role) is not { Length: > 0 } target)
            return;
        using var host = await EmbeddedHost.StartAsync(silo => silo.UseEmbeddedStorage(target));
        for (var i = 0; ; i++)
        {
            await host.Grain<INotesGrain>("crash").Add("note", i);
            await File.WriteAllTextAsync(target + ".count", $"{i + 1}");
        }
    }

    private async Task<int> RunWriterUntilItHasWrittenAsync(int count)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in new[] { "vstest", typeof(CrashTests).Assembly.Location, $"--Tests:{nameof(CrashTests)}.{nameof(Writer)}" })
            start.ArgumentList.Add(argument);
        start.Environment[Role] = Database;
        var written = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var watcher = new FileSystemWatcher(Directory, "*.count") { EnableRaisingEvents = true };
        watcher.Changed += (_, _) =>
        {
            if (Count() >= count)
                written.TrySetResult();
        };
        using var process = Process.Start(start)!;
        try
        {
            await written.Task.WaitAsync(TimeSpan.FromMinutes(2));
        }
        finally
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
            await WriterEndAsync();
        }
        return Count();
    }

    // What writes is a child of the process that was started, and ends when the kernel has taken it down.
    private async Task WriterEndAsync()
    {
        try
        {
            using var writer = Process.GetProcessById(int.Parse(await File.ReadAllTextAsync(Database + ".lock.pid")));
            await writer.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(1));
        }
        catch (ArgumentException)
        {
            // It is gone already.
        }
    }

    private int Count()
    {
        using var file = new StreamReader(new FileStream(Database + ".count", FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return int.TryParse(file.ReadToEnd(), out var count) ? count : 0;
    }
}
