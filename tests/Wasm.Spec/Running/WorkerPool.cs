using System.Collections.Concurrent;
using ClawGrains.Wasm.Spec.Reporting;

namespace ClawGrains.Wasm.Spec.Running;

/// <summary>Shares the scripts out between workers and replaces a worker that died or took too long.</summary>
/// <param name="root">The folder the paths are below.</param>
internal sealed class WorkerPool(string root, SpecOptions options)
{
    /// <summary>Runs all <paramref name="files"/>; <paramref name="finished"/> sees each report in the files' order.</summary>
    public async Task<IReadOnlyList<FileReport>> RunAsync(IReadOnlyList<string> files, Action<FileReport> finished)
    {
        var queue = new ConcurrentQueue<int>(Enumerable.Range(0, files.Count));
        var reports = files.Select(_ => new TaskCompletionSource<FileReport>()).ToArray();
        var workers = Enumerable.Range(0, Math.Min(options.Jobs, files.Count))
            .Select(_ => WorkAsync(files, queue, reports)).ToArray();
        var inOrder = new List<FileReport>();
        foreach (var report in reports)
        {
            await Task.WhenAny(report.Task, Task.WhenAll(workers));
            if (!report.Task.IsCompleted) await Task.WhenAll(workers);
            inOrder.Add(await report.Task);
            finished(inOrder[^1]);
        }
        await Task.WhenAll(workers);
        return inOrder;
    }

    private async Task WorkAsync(
        IReadOnlyList<string> files, ConcurrentQueue<int> queue, TaskCompletionSource<FileReport>[] reports)
    {
        Worker? worker = null;
        try
        {
            while (queue.TryDequeue(out var i))
            {
                worker ??= Worker.Start(options.Engine);
                var (report, usable) = await RunAsync(worker, files[i]);
                if (!usable)
                {
                    worker.Dispose();
                    worker = null;
                }
                reports[i].SetResult(report);
            }
        }
        finally
        {
            worker?.Dispose();
        }
    }

    private async Task<(FileReport Report, bool Usable)> RunAsync(Worker worker, string file)
    {
        using var limit = new CancellationTokenSource(options.Timeout);
        try
        {
            var report = await worker.RunAsync(Path.GetFullPath(Path.Combine(root, file)), limit.Token);
            return report is null
                ? (FileReport.Broken(file, $"the worker process ended with {await worker.EndAsync()}"), false)
                : (report with { File = file }, true);
        }
        catch (OperationCanceledException)
        {
            return (FileReport.Broken(file, $"not finished after {options.Timeout.TotalSeconds:F0} s"), false);
        }
        catch (IOException e)
        {
            return (FileReport.Broken(file, $"the worker process is gone: {e.Message}"), false);
        }
    }
}
