using System.Diagnostics;
using System.Text.Json.Nodes;

namespace ClawGrains.Host.Bench;

/// <summary>The least MCP client: one request at a time over a program's standard streams.</summary>
internal sealed class StdioClient : IDisposable
{
    private readonly Process _process;
    private int _lastId;

    public StdioClient(string program, Workspace workspace)
    {
        var start = new ProcessStartInfo(program, ["mcp", "--workspace", workspace.Folder, "--data", workspace.Data])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true,
        };
        _process = Process.Start(start)!;
    }

    public async Task InitializeAsync()
    {
        await AskAsync("initialize", new JsonObject
        {
            ["protocolVersion"] = "2025-06-18",
            ["capabilities"] = new JsonObject(),
            ["clientInfo"] = new JsonObject { ["name"] = "bench", ["version"] = "1" },
        });
        await SendAsync(new JsonObject { ["jsonrpc"] = "2.0", ["method"] = "notifications/initialized" });
    }

    public async Task<JsonNode> AskAsync(string method, JsonObject parameters)
    {
        var id = ++_lastId;
        await SendAsync(new JsonObject { ["jsonrpc"] = "2.0", ["id"] = id, ["method"] = method, ["params"] = parameters });
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
            if (JsonNode.Parse(line) is { } answer && (int?)answer["id"] == id)
                return answer["result"] ?? throw new InvalidOperationException(line);
        throw new InvalidOperationException($"The program ended before it answered {method}.");
    }

    /// <summary>The resident memory in bytes at its highest, as the kernel counts it (VmHWM).</summary>
    public long PeakMemory()
    {
        var line = File.ReadLines($"/proc/{_process.Id}/status").Single(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
        return 1024 * long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2]);
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    private async Task SendAsync(JsonObject message)
    {
        await _process.StandardInput.WriteLineAsync(message.ToJsonString());
        await _process.StandardInput.FlushAsync();
    }
}
