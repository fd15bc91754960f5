using System.CommandLine;
using ClawGrains.Client.Api;
using ClawGrains.Client.Commands;
using ClawGrains.Client.Connection;
using ClawGrains.Client.Output;
using ClawGrains.Interfaces;
using ClawGrains.Skills.Sources;

namespace ClawGrains.Client.Installing;

/// <summary>What a person decided in advance.</summary>
internal sealed record InstallChoices
{
    /// <summary>Install without asking; what needs approval waits for it.</summary>
    public bool Yes { get; init; }

    /// <summary>Approve what needs approval, too.</summary>
    public bool Approve { get; init; }

    /// <summary>Replace a skill of the same name.</summary>
    public bool Force { get; init; }

    /// <summary>Accept critical findings of the scan.</summary>
    public bool AcceptFindings { get; init; }

    /// <summary>Whether results are JSON, so that nothing else is written and nobody is asked.</summary>
    public bool Json { get; init; }

    /// <summary>Who decides, as it is recorded.</summary>
    public static string By => $"cli:{Environment.UserName}";
}

/// <summary>Shows what was fetched, asks, and installs it through the host.</summary>
internal sealed class InstallFlow(IInstallConnection host, InstallChoices choices)
{
    private const string Unattended = "Nobody can be asked here: give --yes to install it, and --approve to approve what needs approval as well.";

    /// <summary>The request for a skill that was fetched, before it was shown.</summary>
    public InstallRequest Request(FetchedSkill skill) => new(skill.Directory, choices.Force)
    {
        Source = new SkillSourceInfo { Kind = skill.Origin.Kind, Location = skill.Origin.Location, Revision = skill.Origin.Revision },
        AcceptFindings = choices.AcceptFindings,
        By = InstallChoices.By,
    };

    /// <summary>Installs it; null where the person said no.</summary>
    /// <exception cref="CommandException">It is refused, or nobody can be asked.</exception>
    public async Task<InstallReply?> RunAsync(InstallRequest request, CancellationToken cancellationToken)
    {
        var review = await host.ReviewAsync(request, cancellationToken);
        if (review.Replaces?.Sha256 == review.Sha256 && !choices.Force) return Unchanged(review);
        if (!choices.Json) ReviewText.Write(review, Console.Error);
        Check(review);
        var answer = await AskAsync(review, cancellationToken);
        if (answer == 'n') return null;
        var reply = await host.InstallAsync(request with { Sha256 = review.Sha256 }, cancellationToken);
        if (reply.State == "pending" && answer == 'a') reply = await ApproveAsync(reply, cancellationToken);
        return reply with { Review = review };
    }

    // The host refuses these as well; here it is said before anyone is asked.
    private void Check(SkillReview review)
    {
        if (review.IsCritical && !(choices.AcceptFindings && review.MayAccept))
            throw new CommandException($"'{Terminal.Plain(review.Name)}' is refused: the scan found something critical ({string.Join(", ", review.Findings.Where(f => f.Severity == ReviewFinding.Critical).Select(f => $"{f.File}:{f.Line}").Distinct().Take(5).Select(Terminal.Plain))}). {(review.MayAccept ? "Read it; --accept-findings lets it through to the approvals." : "This host's policy (plugins.scan) lets nobody accept that.")}", "permission_denied");
        if (review.Replaces is not null && !choices.Force)
            throw new CommandException($"A skill '{Terminal.Plain(review.Name)}' is installed already. To put the new one in its place, give --force.", "incompatible");
    }

    // 'a' installs and approves, 'y' installs and leaves what needs approval waiting, 'n' does nothing.
    private async Task<char> AskAsync(SkillReview review, CancellationToken cancellationToken)
    {
        if (choices.Yes || choices.Approve) return choices.Approve ? 'a' : 'y';
        if (choices.Json) throw new CommandException(Unattended, "confirmation_needed");
        if (review.ApprovalReasons.IsEmpty) return await Question.AskAsync("Install it? [y/N]", Unattended, cancellationToken) == 'y' ? 'y' : 'n';
        return await Question.AskAsync("Approve and install it? [y]es, [l]eave it waiting for approval, [N]o", Unattended, cancellationToken) switch
        {
            'y' => 'a',
            'l' => 'y',
            _ => 'n',
        };
    }

    private async Task<InstallReply> ApproveAsync(InstallReply reply, CancellationToken cancellationToken)
    {
        await host.DecideAsync(new ApprovalDecision { Id = reply.Approval!, Approve = true, By = InstallChoices.By }, cancellationToken);
        var installed = await host.GetProvenanceAsync(reply.Name, cancellationToken);
        return reply with { State = "installed", Directory = installed?.Directory };
    }

    private static InstallReply Unchanged(SkillReview review) =>
        new() { Name = review.Name, State = "unchanged", Sha256 = review.Sha256, Replaced = false, Review = review };
}

/// <summary>The options of commands that install.</summary>
internal sealed class InstallOptions
{
    private readonly Option<bool> _yes = new("--yes", "-y") { Description = "Install without asking; what needs approval waits for it" };
    private readonly Option<bool> _approve = new("--approve") { Description = "Approve what needs approval as well (implies --yes)" };
    private readonly Option<bool> _findings = new("--accept-findings") { Description = "Accept critical findings of the scan" };

    public Option<bool> Force { get; } = new("--force") { Description = "Replace a managed skill of the same name" };

    public void AddTo(Command command)
    {
        command.Add(_yes);
        command.Add(_approve);
        command.Add(_findings);
        command.Add(Force);
    }

    public InstallChoices Of(ParseResult call) => new()
    {
        Yes = call.GetValue(_yes), Approve = call.GetValue(_approve), AcceptFindings = call.GetValue(_findings),
        Force = call.GetValue(Force), Json = CommonOptions.WantsJson(call),
    };
}
