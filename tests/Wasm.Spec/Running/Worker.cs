using System.Diagnostics;
using ClawGrains.Wasm.Spec.Reporting;

namespace ClawGrains.Wasm.Spec.Running;

/// <summary>A child process that runs scripts, so that not even the end of the process stops the run.</summary>
internal sealed class Worker : IDisposable
{
    private readonly Process _process;
    private string? _lastWords;

    private Worker(Process process) => _process = process;

    public static Worker Start(EngineOptions options)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        var isHost = Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet";
        if (isHost) start.ArgumentList.Add(typeof(Worker).Assembly.Location);
        start.ArgumentList.Add("--worker");
        if (options.Metering) start.ArgumentList.Add("--metered");
        if (options.EagerCompilation) start.ArgumentList.Add("--eager");
        start.ArgumentList.Add("--features");
        start.ArgumentList.Add(options.Features.ToString());
        var process = Process.Start(start) ?? throw new InvalidOperationException($"Could not start {start.FileName}.");
        var worker = new Worker(process);
        process.ErrorDataReceived += (_, e) => worker._lastWords ??= string.IsNullOrWhiteSpace(e.Data) ? null : e.Data.Trim();
        process.BeginErrorReadLine();
        return worker;
    }

    /// <summary>Runs one script; null when the process ended instead of answering.</summary>
    /// <exception cref="OperationCanceledException">It took too long.</exception>
    public async Task<FileReport?> RunAsync(string path, CancellationToken cancellationToken)
    {
        await _process.StandardInput.WriteLineAsync(path.AsMemory(), cancellationToken);
        await _process.StandardInput.FlushAsync(cancellationToken);
        var line = await _process.StandardOutput.ReadLineAsync(cancellationToken);
        return line is null ? null : JsonReport.FromLine(line);
    }

    /// <summary>What the process ended with.</summary>
    public async Task<string> EndAsync()
    {
        await _process.WaitForExitAsync();
        return $"code {_process.ExitCode}: {_lastWords ?? "no message"}";
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.Dispose();
    }

    /// <summary>The child's side: a path in, a report out, until the input ends.</summary>
    public static void Serve(TextReader input, TextWriter output, EngineOptions options)
    {
        while (input.ReadLine() is { } path)
        {
            output.WriteLine(JsonReport.ToLine(ScriptRunner.RunFile(path, options)));
            output.Flush();
        }
    }
}
