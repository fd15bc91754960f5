using ClawGrains.Interfaces;

namespace ClawGrains.Grains.Approvals;

/// <summary>Plugins that wait for approval, as entries of the one queue. They are kept by the registry of plugins.</summary>
internal static class PluginApprovals
{
    public static IEnumerable<Approval> Of(PluginListing listing) =>
        listing.Plugins.Where(p => p is { Candidate: not null, State: not ("revoked" or "removed") }).Select(Of);

    public static Approval Of(PluginInfo plugin) => new()
    {
        Id = plugin.Id,
        Kind = ApprovalKinds.Plugin,
        Subject = plugin.Id,
        Version = plugin.Candidate!.Version,
        Description = plugin.Description,
        Reasons = [plugin.Active is null ? "it asks for permissions" : $"it asks for more than version {plugin.Active.Version}"],
        Growth = plugin.AsksFor,
        RequestedBy = "",
    };
}
