using System.Collections.Immutable;
using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using ClawGrains.Client.Api;
using ClawGrains.Contracts;
using ClawGrains.Interfaces;

namespace ClawGrains.Client.Connection;

/// <summary>Asks a running host about a tenant's plugins over its HTTP API.</summary>
internal sealed class HttpPluginConnection(HttpConnection http, TenantId tenant) : IPluginConnection
{
    private static readonly ClientJson Types = ClientJson.Default;

    public async Task<PluginListing> ListAsync(CancellationToken cancellationToken) =>
        await http.AskAsync(HttpMethod.Get, Path("plugins"), null, Types.PluginListing, cancellationToken) ?? throw http.NoAnswer();

    public Task<PluginInfo?> GetAsync(string id, CancellationToken cancellationToken) =>
        http.AskAsync(HttpMethod.Get, Path("plugins", id), null, Types.PluginInfo, cancellationToken);

    public async Task<PluginReply> InstallAsync(PluginInstallRequest request, CancellationToken cancellationToken)
    {
        var body = JsonContent.Create(request, Types.PluginInstallRequest);
        return await http.AskAsync(HttpMethod.Post, Path("plugins"), body, Types.PluginReply, cancellationToken) ?? throw http.NoAnswer();
    }

    public async Task<PluginReply> ApplyAsync(string id, PluginStep step, DecisionRequest by, CancellationToken cancellationToken) => await http.AskAsync(
        HttpMethod.Post, Path("plugins", id, "steps", step.ToString().ToLowerInvariant()), JsonContent.Create(by, Types.DecisionRequest), Types.PluginReply, cancellationToken) ?? throw http.NoAnswer();

    public async Task<PluginCallResult> CallAsync(string id, (string Tool, string Json) call, CancellationToken cancellationToken)
    {
        var body = new StringContent(call.Json, Encoding.UTF8, "application/json");
        return await http.AskAsync(HttpMethod.Post, Path("plugins", id, "tools", call.Tool), body, Types.PluginCallResult, cancellationToken) ?? throw http.NoAnswer();
    }

    public async Task<ImmutableArray<AuditRow>> AuditAsync(AuditQuery query, CancellationToken cancellationToken)
    {
        var body = JsonContent.Create(query, Types.AuditQuery);
        return [.. await http.AskAsync(HttpMethod.Post, "audit/query", body, Types.AuditRowArray, cancellationToken) ?? throw http.NoAnswer()];
    }

    public async Task<AuditCheck> VerifyAuditAsync(string? head, CancellationToken cancellationToken)
    {
        var path = head is null ? "audit/verify" : string.Create(CultureInfo.InvariantCulture, $"audit/verify?head={Uri.EscapeDataString(head)}");
        return await http.AskAsync(HttpMethod.Post, path, null, Types.AuditCheck, cancellationToken) ?? throw http.NoAnswer();
    }

    private string Path(params string[] parts) => $"{string.Join('/', parts.Select(Uri.EscapeDataString))}?tenant={tenant}";
}
