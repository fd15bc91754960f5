using System.Diagnostics;

namespace ClawGrains.EndToEnd.Tests.Command;

/// <summary>A home of its own (data and workspace) with the built <c>claw</c> to run in it.</summary>
internal sealed class Claw : IDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);

    public TemporaryDirectory Home { get; } = new();

    public string Data => Path.Combine(Home.Path, "data");

    public string Workspace => Path.Combine(Home.Path, "work");

    /// <summary>Whether the modes of files bind the program even where the tests run as root.</summary>
    public bool WithoutPrivileges { get; init; }

    public Claw() => Directory.CreateDirectory(Workspace);

    /// <summary>Runs a command to its end.</summary>
    public Task<ClawResult> RunAsync(params string[] args) => RunWithInputAsync("", args);

    /// <summary>Runs a command with that standard input to its end.</summary>
    public async Task<ClawResult> RunWithInputAsync(string input, params string[] args)
    {
        using var process = Start(args);
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        using var limit = new CancellationTokenSource(_patience);
        var output = process.StandardOutput.ReadToEndAsync(limit.Token);
        var error = process.StandardError.ReadToEndAsync(limit.Token);
        await process.WaitForExitAsync(limit.Token);
        return new ClawResult(process.ExitCode, await output, await error);
    }

    /// <summary>Starts a host on a free port and waits until it is ready.</summary>
    public async Task<ClawHost> ServeAsync(params string[] args)
    {
        var process = Start(["serve", "--port", "0", "--json", .. args]);
        return await ClawHost.WhenReadyAsync(process, _patience);
    }

    public Process Start(params string[] args)
    {
        string[] command = [.. WithoutPrivileges ? Unprivileged.Prefix : [], .. DefaultSignals.Prefix, "dotnet", Path.Combine(AppContext.BaseDirectory, "claw.dll"), .. args];
        var start = new ProcessStartInfo(command[0])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Workspace,
        };
        foreach (var arg in command[1..]) start.ArgumentList.Add(arg);
        start.Environment["CLAWGRAINS_HOME"] = Data;
        start.Environment.Remove("CLAWGRAINS_WORKSPACE");
        return Process.Start(start)!;
    }

    public void Dispose() => Home.Dispose();
}
