using System.Diagnostics;
using System.Text;
using System.Text.Json;
using ClawGrains.Host.Bench;

namespace ClawGrains.Live.Bench;

/// <summary>A running <c>claw serve</c>.</summary>
internal sealed class HostProcess : IDisposable
{
    private readonly Process _process;

    private HostProcess(Process process, string url) => (_process, Url) = (process, url);

    public string Url { get; }

    public static async Task<HostProcess> StartAsync(string claw, Workspace workspace)
    {
        string[] arguments = ["serve", "--port", "0", "--auth", "none", "--json", "--workspace", workspace.Folder, "--data", workspace.Data];
        var process = Process.Start(new ProcessStartInfo(claw, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        process.BeginErrorReadLine();
        var text = new StringBuilder();
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            text.AppendLine(line);
            if (line == "}") return new HostProcess(process, JsonDocument.Parse(text.ToString()).RootElement.GetProperty("url").GetString()!);
        }
        throw new InvalidOperationException("The host ended before it was ready.");
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
