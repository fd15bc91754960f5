using ClawGrains.Contracts;
using ClawGrains.Interfaces;

namespace ClawGrains.Grains.Approvals;

/// <summary>What is refused before anything is written, and how that is said.</summary>
internal static class SubmissionRules
{
    /// <exception cref="PluginException">It is refused.</exception>
    public static void Check(SkillReview review, SkillSubmission submission)
    {
        if (submission.Sha256 is { } shown && shown != review.Sha256)
            throw Refuse($"'{review.Name}' is not what was shown: its hash was {shown} and is {review.Sha256}. Look at it again.");
        if (review.IsCritical && !(submission.AcceptFindings && review.MayAccept))
        {
            var worst = review.Findings.First(f => f.Severity == ReviewFinding.Critical);
            throw Refuse($"'{review.Name}' is refused: {worst.File}:{worst.Line}: {worst.Message} ({worst.Rule}). {Remedy(review)}");
        }
        if (review.Replaces is not null && !submission.Replace)
            throw new PluginException(PluginErrorKind.Incompatible, $"A skill '{review.Name}' is installed already. To put the new one in its place, give --force.");
    }

    private static string Remedy(SkillReview review) => review.MayAccept
        ? "Read it; --accept-findings lets it through to the approvals."
        : "This host's policy (plugins.scan) lets nobody accept that.";

    /// <summary>Short enough to type, and the same for the same content.</summary>
    public static string IdOf(SkillReview review)
    {
        var name = string.Concat(review.Name.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-')).Trim('-');
        return $"{(name.Length == 0 ? "skill" : name.Length > 40 ? name[..40].TrimEnd('-') : name)}-{review.Sha256[..6]}";
    }

    public static PluginException Unknown(string id) =>
        new(PluginErrorKind.NotFound, $"Nothing called '{id}' is waiting for approval. See `claw approvals list`.");

    public static PluginException Ambiguous(string id, IEnumerable<Approval> pending) => new(PluginErrorKind.InvalidArguments,
        $"Several that wait are called '{id}': {string.Join(", ", pending.Select(a => $"the {a.Kind} {a.Id}"))}. Say which: `claw plugin approve {id}` for the plugin, the id for a skill.");

    public static PluginException Decided(Approval approval) =>
        new(PluginErrorKind.Incompatible, $"'{approval.Id}' was {approval.State} already, by {approval.DecidedBy} at {approval.DecidedAt:u}.");

    public static PluginException Full(int pending) =>
        new(PluginErrorKind.ResourceExhausted, $"{pending} installs wait for approval. Decide on some first: `claw approvals list`.");

    private static PluginException Refuse(string message) => new(PluginErrorKind.PermissionDenied, message);
}
