using System.Collections.Immutable;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ClawGrains.Client.Api;
using ClawGrains.Interfaces;
using ClawGrains.Silo.Packages;

namespace ClawGrains.Client.Connection;

/// <summary>Installs through a running host's HTTP API.</summary>
internal sealed class HttpInstalls(HttpConnection host) : IInstallConnection
{
    public async Task<SkillReview> ReviewAsync(InstallRequest request, CancellationToken cancellationToken) => await host.AskAsync(
        HttpMethod.Post, "skills/review", JsonContent.Create(request, ClientJson.Default.InstallRequest), ClientJson.Default.SkillReview, cancellationToken) ?? throw host.NoAnswer();

    public async Task<InstallReply> InstallAsync(InstallRequest request, CancellationToken cancellationToken) => await host.AskAsync(
        HttpMethod.Post, "skills", JsonContent.Create(request, ClientJson.Default.InstallRequest), ClientJson.Default.InstallReply, cancellationToken) ?? throw host.NoAnswer();

    public Task<ImmutableArray<SkillProvenance>> ListProvenanceAsync(CancellationToken cancellationToken) =>
        ListAsync("provenance", ClientJson.Default.ImmutableArraySkillProvenance, cancellationToken);

    public Task<SkillProvenance?> GetProvenanceAsync(string name, CancellationToken cancellationToken) =>
        host.AskAsync(HttpMethod.Get, $"skills/{Uri.EscapeDataString(name)}/provenance", null, ClientJson.Default.SkillProvenance, cancellationToken);

    public Task<ImmutableArray<SkillPluginStatus>> ListPluginsAsync(string? skill, CancellationToken cancellationToken) => ListAsync(
        skill is null ? "skill-plugins" : $"skill-plugins?skill={Uri.EscapeDataString(skill)}", ClientJson.Default.ImmutableArraySkillPluginStatus, cancellationToken);

    public Task<ImmutableArray<Approval>> ListApprovalsAsync(bool decided, CancellationToken cancellationToken) =>
        ListAsync(decided ? "approvals?decided=true" : "approvals", ClientJson.Default.ImmutableArrayApproval, cancellationToken);

    public Task<Approval?> GetApprovalAsync(string id, CancellationToken cancellationToken) =>
        host.AskAsync(HttpMethod.Get, $"approvals/{Uri.EscapeDataString(id)}", null, ClientJson.Default.Approval, cancellationToken);

    public async Task<AutogenStatus> GetAutogenAsync(CancellationToken cancellationToken) =>
        await host.AskAsync(HttpMethod.Get, "autogen", null, ClientJson.Default.AutogenStatus, cancellationToken) ?? throw host.NoAnswer();

    public async Task<AutogenStatus> SetAutogenAsync(bool enabled, CancellationToken cancellationToken) =>
        await host.AskAsync(HttpMethod.Post, enabled ? "autogen/on" : "autogen/off", null, ClientJson.Default.AutogenStatus, cancellationToken) ?? throw host.NoAnswer();

    public async Task<Approval> DecideAsync(ApprovalDecision decision, CancellationToken cancellationToken) => await host.AskAsync(
        HttpMethod.Post, $"approvals/{Uri.EscapeDataString(decision.Id)}/{(decision.Approve ? "approve" : "reject")}",
        JsonContent.Create(new DecisionRequest(decision.By, decision.Reason, decision.Kind), ClientJson.Default.DecisionRequest), ClientJson.Default.Approval, cancellationToken) ?? throw host.NoAnswer();

    private async Task<ImmutableArray<T>> ListAsync<T>(string path, JsonTypeInfo<ImmutableArray<T>> type, CancellationToken cancellationToken)
    {
        var answer = await host.AskAsync(HttpMethod.Get, path, null, ClientJson.Default.JsonDocument, cancellationToken) ?? throw host.NoAnswer();
        using (answer) return answer.Deserialize(type);
    }
}
