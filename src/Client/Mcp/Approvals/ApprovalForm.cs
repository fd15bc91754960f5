using System.Text;
using System.Text.Json;
using ClawGrains.Interfaces;
using ClawGrains.Sandbox.Audit;
using ModelContextProtocol.Protocol;

namespace ClawGrains.Client.Mcp.Approvals;

/// <summary>The form that asks for a decision, and what an answer means.</summary>
internal static class ApprovalForm
{
    private const string DecisionField = "decision", ReasonField = "reason", Approve = "approve", Reject = "reject", Later = "decide later";
    private const int ShownItems = 10;

    public static ElicitRequestParams Of(Approval approval) => new()
    {
        Message = MessageOf(approval),
        RequestedSchema = new()
        {
            Properties =
            {
                [DecisionField] = new ElicitRequestParams.UntitledSingleSelectEnumSchema { Title = "Decision", Enum = [Approve, Reject, Later], Default = Later },
                [ReasonField] = new ElicitRequestParams.StringSchema { Title = "Reason", Description = "Why; it is recorded", MaxLength = 500 },
            },
            Required = [DecisionField],
        },
    };

    /// <summary>The decision; null where none was made.</summary>
    public static ApprovalDecision? Decision(Approval approval, ElicitResult answer, string? client)
    {
        if (!answer.IsAccepted || Text(answer, DecisionField) is not (Approve or Reject)) return null;
        return new ApprovalDecision
        {
            Id = approval.Id, Approve = Text(answer, DecisionField) == Approve, By = $"mcp:{client ?? "client"}", Reason = Text(answer, ReasonField),
        };
    }

    // Names and texts are a stranger's: they must not look like a message of the client.
    private static string MessageOf(Approval approval)
    {
        var text = new StringBuilder($"The {approval.Kind} '{AuditText.Summarize(approval.Subject)}' waits for your approval ({approval.Id}).");
        foreach (var reason in approval.Reasons.Take(ShownItems)) text.Append($"\n- {AuditText.Summarize(reason)}");
        foreach (var growth in approval.Growth.Take(ShownItems)) text.Append($"\n- asks for: {AuditText.Summarize(growth)}");
        if (approval.Review is { } review) text.Append($"\nFrom {AuditText.Summarize(review.Source.Location)}; the scan found {review.Findings.Length} things. See `claw approvals show {approval.Id}`.");
        return text.ToString();
    }

    private static string? Text(ElicitResult answer, string field) =>
        answer.Content?.TryGetValue(field, out var value) == true && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
