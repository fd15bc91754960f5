using System.Collections.Immutable;

namespace ClawGrains.Interfaces;

/// <summary>
/// The installs of one tenant and the queue of those that a person has to decide on. What waits is kept beside the managed
/// skills and is not served. Key: <c>TENANT</c>.
/// </summary>
[Alias("clawgrains.approvals")]
public interface IApprovalGrain : IGrainWithStringKey
{
    /// <summary>Says what a skill is and asks for; changes nothing.</summary>
    /// <exception cref="Contracts.PluginException">It is no valid skill.</exception>
    [Alias("review")]
    Task<SkillReview> ReviewAsync(SkillSubmission submission);

    /// <summary>Installs a skill, or puts it into the queue where a person has to decide.</summary>
    /// <exception cref="Contracts.PluginException">It is refused; the message says why and what to do.</exception>
    [Alias("submit")]
    Task<SubmissionResult> SubmitAsync(SkillSubmission submission);

    /// <summary>What is pending, oldest first; with <paramref name="decided"/> also the last decisions, newest last.</summary>
    [Alias("list")]
    Task<ImmutableArray<Approval>> ListAsync(bool decided);

    /// <summary>One approval by its id, or by its subject where one is pending for that; null where there is none.</summary>
    [Alias("get")]
    Task<Approval?> GetAsync(string id);

    /// <summary>Approves or rejects; what was approved is in force when this returns.</summary>
    /// <exception cref="Contracts.PluginException">Nothing of that id is pending, or it can't be put into force.</exception>
    [Alias("decide")]
    Task<Approval> DecideAsync(ApprovalDecision decision);
}
