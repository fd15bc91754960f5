using ClawGrains.Contracts;
using ClawGrains.Interfaces;

namespace ClawGrains.Grains.Approvals;

/// <summary>Finds the approval that somebody means.</summary>
internal static class ApprovalSearch
{
    /// <summary>One that is pending by its id, or by its subject where only one is; else the last that was decided by that id. Null where there is none.</summary>
    /// <exception cref="PluginException">Several of that subject are pending.</exception>
    public static Approval? Find(IEnumerable<Approval> all, string id, string? kind)
    {
        var fitting = all.Where(a => IsOf(a, kind)).ToArray();
        var pending = fitting.Where(a => a.State == ApprovalStates.Pending && (a.Id == id || a.Subject == id)).ToArray();
        if (pending is [var only]) return only;
        if (pending.Length > 1) return pending.SingleOrDefault(a => a.Id == id && a.Subject != id) ?? throw SubmissionRules.Ambiguous(id, pending);
        return fitting.LastOrDefault(a => a.Id == id);
    }

    private static bool IsOf(Approval approval, string? kind) => kind is null || (kind == ApprovalKinds.Plugin) == (approval.Kind == ApprovalKinds.Plugin);
}
