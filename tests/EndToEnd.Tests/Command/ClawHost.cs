using System.Diagnostics;
using System.Net.Http.Headers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace ClawGrains.EndToEnd.Tests.Command;

/// <summary>A running <c>claw serve</c>.</summary>
internal sealed partial class ClawHost : IAsyncDisposable
{
    private const int Terminate = 15;

    private readonly Process _process;
    private readonly List<string> _log = [];

    private ClawHost(Process process, JsonElement record)
    {
        _process = process;
        Url = record.GetProperty("url").GetString()!;
        Http = new HttpClient { BaseAddress = new Uri(Url) };
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginErrorReadLine();
    }

    /// <summary>What it wrote to its log so far.</summary>
    public IReadOnlyList<string> Log
    {
        get
        {
            lock (_log) return [.. _log];
        }
    }

    public string Url { get; }

    public HttpClient Http { get; }

    public int ProcessId => _process.Id;

    /// <summary>A client that shows the token of a data directory.</summary>
    public ClawHost WithToken(string data)
    {
        var token = File.ReadAllText(Path.Combine(data, "token")).Trim();
        Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return this;
    }

    public static async Task<ClawHost> WhenReadyAsync(Process process, TimeSpan patience)
    {
        using var limit = new CancellationTokenSource(patience);
        var text = new StringBuilder();
        while (await process.StandardOutput.ReadLineAsync(limit.Token) is { } line)
        {
            text.AppendLine(line);
            if (line == "}") return new ClawHost(process, JsonDocument.Parse(text.ToString()).RootElement.Clone());
        }
        throw new InvalidOperationException($"The host ended before it was ready: {await process.StandardError.ReadToEndAsync(limit.Token)}");
    }

    /// <summary>Asks it to end, as Kubernetes and service managers do; Ctrl-C takes the same way.</summary>
    public async Task<int> TerminateAsync()
    {
        Kill(_process.Id, Terminate).ShouldBe(0);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await _process.WaitForExitAsync(limit.Token);
        return _process.ExitCode;
    }

    /// <summary>What <c>kill -9</c> does.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (!_process.HasExited) await KillAsync();
        _process.Dispose();
    }

    private void Keep(string? line)
    {
        lock (_log)
            if (line is not null) _log.Add(line);
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int processId, int signal);
}
