using System.Net.Http.Json;
using ClawGrains.Client.Api;
using ClawGrains.Client.Installing;
using ClawGrains.Interfaces;

namespace ClawGrains.Client.Connection;

/// <summary>Runs slash commands on a running host over its HTTP API.</summary>
internal sealed class HttpCommands(HttpConnection http) : ICommandConnection
{
    public async Task<SlashCommandTable> ListAsync(CancellationToken cancellationToken) =>
        await http.AskAsync(HttpMethod.Get, "commands", null, ClientJson.Default.SlashCommandTable, cancellationToken) ?? throw http.NoAnswer();

    public async Task<SlashCommandReply> RunAsync(string line, CancellationToken cancellationToken)
    {
        var body = JsonContent.Create(new CommandRequest(line, InstallChoices.By), ClientJson.Default.CommandRequest);
        return await http.AskAsync(HttpMethod.Post, "commands", body, ClientJson.Default.SlashCommandReply, cancellationToken) ?? throw http.NoAnswer();
    }
}
