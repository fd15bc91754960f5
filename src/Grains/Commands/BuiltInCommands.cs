using ClawGrains.Agent.SlashCommands;
using ClawGrains.Contracts;
using ClawGrains.Interfaces;

namespace ClawGrains.Grains.Commands;

/// <summary>The commands of the host itself. Those that decide, or change what is served, are for operators.</summary>
internal sealed class BuiltInCommands(IGrainFactory grains, TenantId tenant)
{
    private const string BuiltIn = "built-in";

    /// <summary>What skills can't be called; the last three are what a terminal adds.</summary>
    public static readonly string[] Names =
        ["help", "skills", "skill", "tools", "call", "approvals", "approve", "reject", "reload", "status", "clear", "exit", "quit"];

    private ICatalogGrain Catalog => grains.GetGrain<ICatalogGrain>(GrainKeys.Of(tenant));

    private IApprovalGrain Approvals => grains.GetGrain<IApprovalGrain>(GrainKeys.Of(tenant));

    private IPluginRegistryGrain Plugins => grains.GetGrain<IPluginRegistryGrain>(GrainKeys.Of(tenant));

    public IEnumerable<SlashCommand> All() =>
    [
        Command("skills", "List the skills", async (_, _) => ListText.Skills(await Catalog.GetSnapshotAsync())),
        new SlashCommand { Name = "skill", Description = "Use a skill by its name: /skill NAME [ARGUMENTS]", Source = BuiltIn, Run = (c, t) => new SkillCommand(grains, tenant).RunByNameAsync(c.Arguments, t) },
        Command("tools", "List the tools of plugins", async (_, _) => ListText.Tools(await Plugins.ListAsync())),
        new SlashCommand { Name = "call", Description = "Call a tool: /call TOOL {\"argument\": \"value\"}", Source = BuiltIn, Run = (c, t) => ToolCommand.RunAsync(grains, tenant, c.Arguments, t) },
        Command("approvals", "List what waits for a decision", async (_, _) => ListText.Approvals(await Approvals.ListAsync(decided: false))),
        Command("approve", "Approve what waits: /approve ID [REASON]", (c, _) => DecideAsync(c, approve: true)) with { IsForOperators = true },
        Command("reject", "Turn down what waits: /reject ID [REASON]", (c, _) => DecideAsync(c, approve: false)) with { IsForOperators = true },
        Command("reload", "Read the skills again", async (_, _) => ListText.Reload(await Catalog.ReloadAsync())) with { IsForOperators = true },
        Command("status", "Say what is served", async (_, _) => ListText.Status(tenant, await Catalog.GetSnapshotAsync(), await Plugins.ListAsync())),
    ];

    private async ValueTask<string> DecideAsync(SlashCall call, bool approve)
    {
        var (id, reason) = Words.First(call.Arguments);
        if (id.Length == 0) throw new PluginException(PluginErrorKind.InvalidArguments, "Name what is decided: the id or the name. /approvals lists what waits.");
        var decided = await Approvals.DecideAsync(new ApprovalDecision { Id = id, Approve = approve, By = call.By, Reason = reason.Length == 0 ? null : reason });
        return $"{(approve ? "Approved" : "Rejected")} {decided.Kind} {decided.Subject} ({decided.Id})";
    }

    private static SlashCommand Command(string name, string description, Func<SlashCall, CancellationToken, ValueTask<string>> run) => new()
    {
        Name = name, Description = description, Source = BuiltIn, Run = async (call, cancellationToken) => new SlashReply(await run(call, cancellationToken)),
    };
}
