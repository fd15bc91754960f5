using System.Collections.Immutable;
using System.CommandLine;
using ClawGrains.Client.Api;
using ClawGrains.Client.Connection;
using ClawGrains.Client.Installing;
using ClawGrains.Client.Output;
using ClawGrains.Interfaces;

namespace ClawGrains.Client.Commands;

/// <summary><c>claw approvals …</c>, and <c>claw skill approve|reject</c>.</summary>
internal static class ApprovalCommands
{
    public static Command Create() => new("approvals", "Decide on what waits: skills that run programs, new permissions, plugins, generated skills")
    {
        CommonOptions.Tenant, List(), Show(), Decide("approve", approve: true, null), Decide("reject", approve: false, null),
    };

    /// <summary><c>approve</c> or <c>reject</c>, of one kind where <paramref name="kind"/> names it.</summary>
    public static Command Decide(string verb, bool approve, string? kind)
    {
        var id = new Argument<string>("ID") { Description = "The approval's id, or the name of the skill or plugin" };
        var reason = new Option<string?>("--reason") { Description = "Why; it is recorded", HelpName = "TEXT" };
        var command = new Command(verb, approve ? "Approve it, and put it into force" : "Turn it down") { id, reason };
        command.SetAction(async (call, cancellationToken) =>
        {
            await using var host = await CommonOptions.OpenAsync(call, cancellationToken);
            var decision = new ApprovalDecision { Id = call.GetRequiredValue(id), Approve = approve, By = InstallChoices.By, Reason = call.GetValue(reason), Kind = kind };
            var decided = await host.Installs.DecideAsync(decision, cancellationToken);
            if (CommonOptions.WantsJson(call)) Terminal.Json(decided, ClientJson.Default.Approval);
            else Console.WriteLine($"{(approve ? "Approved" : "Rejected")} {decided.Kind} {Terminal.Plain(decided.Subject)} ({decided.Id})");
            return CommandLine.Done;
        });
        return command;
    }

    private static Command List()
    {
        var all = new Option<bool>("--all") { Description = "List the last decisions, too" };
        var command = new Command("list", "List what waits for a decision") { all };
        command.SetAction(async (call, cancellationToken) =>
        {
            await using var host = await CommonOptions.OpenAsync(call, cancellationToken);
            var approvals = await host.Installs.ListApprovalsAsync(call.GetValue(all), cancellationToken);
            if (CommonOptions.WantsJson(call)) Terminal.Json(approvals, ClientJson.Default.ImmutableArrayApproval);
            else Write(approvals, call.GetValue(all));
            return CommandLine.Done;
        });
        return command;
    }

    private static Command Show()
    {
        var id = new Argument<string>("ID") { Description = "The approval's id, or the name of the skill or plugin" };
        var command = new Command("show", "Show what it asks for, and what differs from what is installed") { id };
        command.SetAction(async (call, cancellationToken) =>
        {
            await using var host = await CommonOptions.OpenAsync(call, cancellationToken);
            var approval = await host.Installs.GetApprovalAsync(call.GetRequiredValue(id), cancellationToken)
                ?? throw new CommandException($"Nothing called '{Terminal.Plain(call.GetRequiredValue(id))}' was asked for. See `claw approvals list --all`.", "not_found");
            if (CommonOptions.WantsJson(call)) Terminal.Json(approval, ClientJson.Default.Approval);
            else Write(approval);
            return CommandLine.Done;
        });
        return command;
    }

    private static void Write(ImmutableArray<Approval> approvals, bool all)
    {
        if (approvals.IsEmpty)
        {
            Console.WriteLine(all ? "Nothing waits, and nothing was decided yet." : "Nothing waits for a decision.");
            return;
        }
        var table = new Table("ID", "KIND", "STATE", "WHEN", "BECAUSE");
        foreach (var a in approvals) table.Add(a.Id, a.Kind, a.DecidedBy is null ? a.State : $"{a.State} by {a.DecidedBy}", (a.DecidedAt ?? a.RequestedAt) is { } at ? $"{at:u}" : "", string.Join("; ", a.Reasons));
        table.Write(Console.Out);
    }

    private static void Write(Approval approval)
    {
        Console.WriteLine($"{Terminal.Bold(approval.Id)}  {approval.Kind}, {approval.State}");
        if (approval.RequestedAt is { } asked) Console.WriteLine($"  asked for {asked:u} by {Terminal.Plain(approval.RequestedBy)}");
        if (approval.DecidedAt is { } at) Console.WriteLine($"  {approval.State} {at:u} by {Terminal.Plain(approval.DecidedBy ?? "")}{(approval.Reason is null ? "" : $": {Terminal.Plain(approval.Reason)}")}");
        if (approval.Review is { } review)
        {
            ReviewText.Write(review, Console.Out);
            return;
        }
        foreach (var reason in approval.Reasons) Console.WriteLine($"  because {Terminal.Plain(reason)}");
        foreach (var growth in approval.Growth) Console.WriteLine($"  asks for {Terminal.Plain(growth)}");
    }
}
