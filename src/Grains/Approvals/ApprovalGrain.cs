using System.Collections.Immutable;
using ClawGrains.Contracts;
using ClawGrains.Grains.Catalog;
using ClawGrains.Interfaces;

namespace ClawGrains.Grains.Approvals;

/// <summary>Holds a tenant's queue. One step at a time: a skill is installed, queued or decided on whole.</summary>
internal sealed class ApprovalGrain(SkillReviewer reviewer, CatalogRoots roots, ApprovalAudit audit, TimeProvider time) : Grain, IApprovalGrain
{
    private TenantId Tenant => GrainKeys.TenantOf(this.GetPrimaryKeyString());

    private IPluginRegistryGrain Registry => GrainFactory.GetGrain<IPluginRegistryGrain>(GrainKeys.Of(Tenant));

    private ApprovalStore Store => new(roots.Approvals(Tenant));

    public Task<SkillReview> ReviewAsync(SkillSubmission submission)
    {
        var tenant = Tenant;
        return Task.Run(() => reviewer.ReviewAsync(tenant, submission));
    }

    public async Task<SubmissionResult> SubmitAsync(SkillSubmission submission)
    {
        var review = await ReviewAsync(submission);
        SubmissionRules.Check(review, submission);
        if (!review.ApprovalReasons.IsEmpty) return await QueueAsync(submission, review);
        var directory = await InstallAsync(submission.Path, review);
        await audit.RecordAsync(Tenant, "skill.install", Ask(submission, review), submission.By);
        return new SubmissionResult { Review = review, Directory = directory, Snapshot = await ReloadAsync() };
    }

    public async Task<ImmutableArray<Approval>> ListAsync(bool decided)
    {
        var store = Store;
        var plugins = await Registry.ListAsync();
        return await Task.Run<ImmutableArray<Approval>>(() => [.. decided ? store.Decided() : [], .. store.Pending(), .. PluginApprovals.Of(plugins)]);
    }

    public async Task<Approval?> GetAsync(string id) => ApprovalSearch.Find(await ListAsync(decided: true), id, null);

    public async Task<Approval> DecideAsync(ApprovalDecision decision)
    {
        var all = await ListAsync(decided: true);
        var approval = ApprovalSearch.Find(all, decision.Id, decision.Kind) ?? throw SubmissionRules.Unknown(decision.Id);
        if (approval.State != ApprovalStates.Pending) throw SubmissionRules.Decided(approval);
        var decided = approval with
        {
            State = decision.Approve ? ApprovalStates.Approved : ApprovalStates.Rejected,
            DecidedAt = time.GetUtcNow(),
            DecidedBy = decision.By,
            Reason = string.IsNullOrWhiteSpace(decision.Reason) ? null : decision.Reason.Trim(),
        };
        await PutIntoForceAsync(decided);
        await AnnounceAsync(decided);
        return decided;
    }

    private async Task PutIntoForceAsync(Approval decided)
    {
        var (store, approved) = (Store, decided.State == ApprovalStates.Approved);
        if (decided.Kind == ApprovalKinds.Plugin) await ApplyAsync(decided.Id, approved ? PluginStep.Approve : PluginStep.Reject);
        else if (approved) await InstallAsync(store.SkillOf(decided.Id), decided.Review!);
        await audit.RecordAsync(Tenant, approved ? "approval.approve" : "approval.reject", decided, decided.DecidedBy!);
        await Task.Run(() => Close(store, decided));
        if (approved && decided.Kind != ApprovalKinds.Plugin) await ReloadAsync();
    }

    private async Task ApplyAsync(string plugin, PluginStep step)
    {
        if ((await Registry.ApplyAsync(plugin, step)).Failure is { } failure) throw new PluginException(failure.ToError());
    }

    private async Task<SubmissionResult> QueueAsync(SkillSubmission submission, SkillReview review)
    {
        var (store, approval) = (Store, Ask(submission, review));
        var pending = await Task.Run(store.Pending);
        if (pending.Count >= ApprovalStore.MaxPending) throw SubmissionRules.Full(pending.Count);
        await Task.Run(() =>
        {
            foreach (var old in pending.Where(a => a.Subject == approval.Subject && a.Id != approval.Id))
                Close(store, old with { State = ApprovalStates.Superseded, DecidedAt = time.GetUtcNow(), DecidedBy = submission.By });
            var copied = store.Add(approval, submission.Path);
            if (!copied.Succeeded) throw SkillFailures.Of(submission.Path, copied);
        });
        await audit.RecordAsync(Tenant, "approval.request", approval, submission.By);
        await AnnounceAsync(approval);
        return new SubmissionResult { Review = review, Approval = approval };
    }

    private Approval Ask(SkillSubmission submission, SkillReview review) => new()
    {
        Id = SubmissionRules.IdOf(review),
        Kind = submission.Kind,
        Subject = review.Name,
        Version = review.Version,
        Description = review.Description,
        Reasons = review.ApprovalReasons,
        Growth = review.Growth,
        Review = review,
        RequestedAt = time.GetUtcNow(),
        RequestedBy = submission.By,
        State = review.ApprovalReasons.IsEmpty ? ApprovalStates.Approved : ApprovalStates.Pending,
    };

    private Task<string> InstallAsync(string path, SkillReview review)
    {
        var root = roots.Managed(Tenant);
        return Task.Run(() => SkillPlacing.Place(path, root, review, time));
    }

    // What a skill carries is there when the answer is: nobody has to wait for the notice.
    private async Task<long> ReloadAsync()
    {
        var report = await GrainFactory.GetGrain<ICatalogGrain>(GrainKeys.Of(Tenant)).ReloadAsync();
        await GrainFactory.GetGrain<ISkillPluginGrain>(GrainKeys.Of(Tenant)).SyncAsync();
        return report.Number;
    }

    private Task AnnounceAsync(Approval approval) => this.GetStreamProvider(StreamNames.Provider)
        .GetStream<ApprovalChanged>(StreamId.Create(StreamNames.ApprovalChanged, GrainKeys.Of(Tenant))).OnNextAsync(new ApprovalChanged { Approval = approval });

    private static void Close(ApprovalStore store, Approval decided)
    {
        store.Record(decided);
        store.Remove(decided.Id);
    }
}
