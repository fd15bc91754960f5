using System.Text.Json;
using ClawGrains.EndToEnd.Tests.Command;

namespace ClawGrains.EndToEnd.Tests.Mcp;

public sealed class PipedRequestTests : IDisposable
{
    private const string Requests = """
        {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"pipe","version":"1"}}}
        {"jsonrpc":"2.0","method":"notifications/initialized"}
        {"jsonrpc":"2.0","id":2,"method":"tools/list"}
        {"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"tides"}}

        """;

    private readonly Claw _claw = new();

    public PipedRequestTests() => _claw.Home.WriteSkill("work/skills/tides", "tides");

    public void Dispose() => _claw.Dispose();

    [Fact]
    public async Task Requests_PipedIn_AreAllAnsweredBeforeTheEnd() => Check(await _claw.RunWithInputAsync(Requests, "mcp"));

    [Fact]
    public async Task Requests_PipedInToARunningHost_AreAllAnsweredBeforeTheEnd()
    {
        await using var host = await _claw.ServeAsync();
        Check(await _claw.RunWithInputAsync(Requests, "mcp"));
    }

    private static void Check(ClawResult result)
    {
        var answers = result.ShouldSucceed().Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement).Where(m => m.TryGetProperty("id", out _))
            .ToDictionary(m => m.GetProperty("id").GetInt32(), m => m.GetProperty("result"));
        answers.Keys.Order().ShouldBe([1, 2, 3]);
        answers[2].GetProperty("tools").EnumerateArray().ShouldContain(t => t.GetProperty("name").GetString() == "tides");
        answers[3].GetProperty("structuredContent").GetProperty("skill").GetString().ShouldBe("tides");
    }
}
