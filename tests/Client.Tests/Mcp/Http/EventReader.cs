using System.Text.Json.Nodes;

namespace ClawGrains.Client.Tests.Mcp.Http;

/// <summary>Reads server-sent events.</summary>
internal sealed class EventReader(HttpResponseMessage response, Stream stream) : IDisposable
{
    private readonly StreamReader _reader = new(stream);

    /// <summary>The id and the method of the next event that carries a message.</summary>
    public async Task<(string? Id, string Method)> NextAsync()
    {
        while (true)
            if (await EventAsync() is { Data.Length: > 0 } e)
                return (e.Id, JsonNode.Parse(e.Data)!["method"]!.GetValue<string>());
    }

    /// <summary>The empty event that a stream begins with.</summary>
    public async Task PrimingAsync() => (await EventAsync()).Data.ShouldBeEmpty();

    public void Dispose()
    {
        _reader.Dispose();
        response.Dispose();
    }

    private async Task<(string? Id, string Data)> EventAsync()
    {
        var (id, data) = ((string?)null, "");
        while (await _reader.ReadLineAsync().WaitAsync(PipeSession.Patience) is { } line)
        {
            if (line.Length == 0) return (id, data);
            if (line.StartsWith("id: ", StringComparison.Ordinal)) id = line[4..];
            if (line.StartsWith("data: ", StringComparison.Ordinal)) data = line[6..];
        }
        throw new EndOfStreamException("The stream of events ended.");
    }
}
