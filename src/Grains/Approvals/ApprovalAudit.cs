using ClawGrains.Contracts;
using ClawGrains.Grains.Plugins;
using ClawGrains.Interfaces;
using ClawGrains.Sandbox.Audit;
using Microsoft.Extensions.Logging;

namespace ClawGrains.Grains.Approvals;

/// <summary>Records what was asked for, and who decided what, in the audit store of the host.</summary>
internal sealed partial class ApprovalAudit(PluginHost host, TimeProvider time, ILogger<ApprovalAudit> logger)
{
    /// <summary>Completes when the record is on disk.</summary>
    public async Task RecordAsync(TenantId tenant, string step, Approval approval, string by)
    {
        LogStep(tenant.Value, step, approval.Kind, approval.Subject, approval.Id, by);
        await await host.Audit.AppendAsync(new AuditEntry
        {
            Time = time.GetUtcNow(),
            Tenant = tenant,
            Plugin = approval.Subject,
            Version = approval.Version ?? "",
            Function = step,
            Arguments = approval.Review is { } review ? $"{approval.Kind} {approval.Id} sha256 {review.Sha256}" : $"{approval.Kind} {approval.Id} {approval.Version}".TrimEnd(),
            Allowed = approval.State != ApprovalStates.Rejected,
            Reason = AuditText.Summarize(approval.Reason is null ? $"by {by}" : $"by {by}: {approval.Reason}"),
            CallId = approval.Id,
        });
    }

    [LoggerMessage(LogLevel.Information, "Tenant {tenant}: {step} of {kind} {subject} ({id}) by {by}")]
    private partial void LogStep(string tenant, string step, string kind, string subject, string id, string by);
}
