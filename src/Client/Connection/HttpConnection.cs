using System.Collections.Immutable;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ClawGrains.Client.Api;
using ClawGrains.Client.Hosting;
using ClawGrains.Contracts;
using ClawGrains.Interfaces;

namespace ClawGrains.Client.Connection;

/// <summary>Asks a running host over its HTTP API.</summary>
internal sealed class HttpConnection : IHostConnection
{
    private readonly HttpClient _http;

    private readonly TenantId _tenant;

    /// <param name="host">The host.</param>
    /// <param name="token">What it wants to see.</param>
    /// <param name="tenant">As whom it is asked.</param>
    public HttpConnection(HostRecord host, string? token, TenantId tenant)
    {
        _tenant = tenant;
        Url = host.Url;
        _http = new HttpClient { BaseAddress = new Uri($"{host.Url}/api/v1/"), Timeout = TimeSpan.FromMinutes(5) };
        if (token is not null) _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    public string? Url { get; }

    public async Task<CatalogSnapshot> GetCatalogAsync(CancellationToken cancellationToken) =>
        await AskAsync(HttpMethod.Get, "skills", null, ClientJson.Default.CatalogSnapshot, cancellationToken) ?? throw NoAnswer();

    public Task<SkillVersion?> GetSkillAsync(string name, CancellationToken cancellationToken) =>
        AskAsync(HttpMethod.Get, PathOf(name), null, ClientJson.Default.SkillVersion, cancellationToken);

    public IInstallConnection Installs => new HttpInstalls(this);

    public ICommandConnection Commands => new HttpCommands(this);

    public async Task<RemoveReply> RemoveSkillAsync(string name, CancellationToken cancellationToken) =>
        await AskAsync(HttpMethod.Delete, PathOf(name), null, ClientJson.Default.RemoveReply, cancellationToken) ?? throw NoAnswer();

    public async Task<ReloadReport> ReloadAsync(CancellationToken cancellationToken) =>
        await AskAsync(HttpMethod.Post, "reload", null, ClientJson.Default.ReloadReport, cancellationToken) ?? throw NoAnswer();

    public async Task<ImmutableArray<SnapshotInfo>> GetSnapshotsAsync(CancellationToken cancellationToken) =>
        (await AskAsync(HttpMethod.Get, "snapshots", null, ClientJson.Default.SnapshotListing, cancellationToken) ?? throw NoAnswer()).Snapshots;

    public async Task<ReloadReport> RollbackAsync(RollbackRequest request, CancellationToken cancellationToken)
    {
        var body = JsonContent.Create(request, ClientJson.Default.RollbackRequest);
        return await AskAsync(HttpMethod.Post, "rollback", body, ClientJson.Default.ReloadReport, cancellationToken) ?? throw NoAnswer();
    }

    public async Task<ImmutableArray<DrainingVersion>> GetDrainingAsync(CancellationToken cancellationToken) =>
        (await AskAsync(HttpMethod.Get, "draining", null, ClientJson.Default.DrainingListing, cancellationToken) ?? throw NoAnswer()).Draining;

    public IPluginConnection Plugins(TenantId tenant) => new HttpPluginConnection(this, tenant);

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return ValueTask.CompletedTask;
    }

    private static string PathOf(string name) => $"skills/{Uri.EscapeDataString(name)}";

    /// <summary>One request of the API; null where what was asked for is not there.</summary>
    internal async Task<T?> AskAsync<T>(
        HttpMethod method, string path, HttpContent? body, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        using var request = new HttpRequestMessage(method, AsTenant(path)) { Content = body };
        using var response = await SendAsync(request, cancellationToken);
        if (response.StatusCode == HttpStatusCode.NotFound && method == HttpMethod.Get) return null;
        if (!response.IsSuccessStatusCode) throw await FailureAsync(response, cancellationToken);
        return await response.Content.ReadFromJsonAsync(type, cancellationToken);
    }

    private string AsTenant(string path) => path.Contains("tenant=", StringComparison.Ordinal) ? path : $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}tenant={_tenant}";

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await _http.SendAsync(request, cancellationToken);
        }
        catch (HttpRequestException e)
        {
            throw new CommandException($"The host at {Url} does not answer: {e.Message}. Is it still running? See `claw doctor`.");
        }
    }

    private async Task<CommandException> FailureAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.StatusCode == HttpStatusCode.Unauthorized)
            return new CommandException($"The host at {Url} refused the token of this data directory. See `claw doctor`.");
        try
        {
            var error = await response.Content.ReadFromJsonAsync(ClientJson.Default.ApiError, cancellationToken);
            if (error is not null) return new CommandException(error.Message, error.Code);
        }
        catch (JsonException)
        {
            // Not our API's answer: say what it was instead.
        }
        return new CommandException($"The host at {Url} answered {(int)response.StatusCode} {response.ReasonPhrase}.");
    }

    internal CommandException NoAnswer() => new($"The host at {Url} answered with nothing.");
}
