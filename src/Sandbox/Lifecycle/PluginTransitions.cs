using ClawGrains.Contracts;
using ClawGrains.Sandbox.Permissions;

namespace ClawGrains.Sandbox.Lifecycle;

/// <summary>The steps of a plugin's life: each gives the next record or throws why the step can't be taken.</summary>
internal static class PluginTransitions
{
    /// <summary>A first version or an upgrade. What asks for nothing that needs approval is active at once.</summary>
    public static PluginRecord Install(PluginRecord? known, string id, LockedVersion version)
    {
        var record = known is null or { State: PluginState.Removed } ? new PluginRecord { Id = id, Order = known?.Order ?? 0, Seen = known?.Seen ?? new PluginRecord { Id = id }.Seen } : known;
        if (record.State == PluginState.Revoked) throw Refuse(id, "is revoked for good: it can only be removed");
        Unpinned(record);
        if (record.Seen.TryGetValue(version.Version, out var package) && package != version.Package)
            throw Refuse(id, $"has another package for version {version.Version} than before: {version.Package[..12]} instead of {package[..12]}");
        if (record.Active?.Package == version.Package && record.Candidate is null) return record with { Active = version };
        record = record with { Candidate = version, Seen = record.Seen.SetItem(version.Version, version.Package) };
        return NeedsApproval(record) ? record : Activate(record);
    }

    /// <summary>A version that waited already when the plugin was pinned waits on.</summary>
    public static PluginRecord Approve(PluginRecord record) => Activate(Unpinned(Waiting(record, "approve")));

    public static PluginRecord Reject(PluginRecord record) =>
        Waiting(record, "reject") with { Candidate = null, State = record.Active is null ? PluginState.Removed : record.State };

    public static PluginRecord Enable(PluginRecord record) => Decided(record) with { State = PluginState.Enabled };

    public static PluginRecord Disable(PluginRecord record) => Decided(record) with { State = PluginState.Disabled };

    /// <summary>Back to the version before; what it asks for was approved once and is approved still.</summary>
    public static PluginRecord Rollback(PluginRecord record) => Decided(record).History.IsEmpty
        ? throw Refuse(record.Id, $"has no version before {record.Active!.Version} to go back to")
        : record with { Active = record.History[^1], Candidate = null, History = record.History.RemoveAt(record.History.Length - 1) };

    public static PluginRecord Pin(PluginRecord record, bool pinned) => Decided(record) with { Pinned = pinned };

    /// <summary>Also of a removed one, which then can't come back.</summary>
    public static PluginRecord Revoke(PluginRecord record) => record with { State = PluginState.Revoked, Candidate = null, Approved = PluginPermissions.None };

    public static PluginRecord Remove(PluginRecord record) =>
        Installed(record) with { State = PluginState.Removed, Candidate = null, Approved = PluginPermissions.None, Pinned = false };

    /// <summary>The record of a plugin that was not removed.</summary>
    public static PluginRecord Installed(PluginRecord record) => record.State != PluginState.Removed ? record : throw new PluginException(
        PluginErrorKind.NotFound, $"plugin {record.Id} is not installed, it was removed: install it again, or purge it to forget its packages");

    private static PluginRecord Unpinned(PluginRecord record) =>
        record.Pinned ? throw Refuse(record.Id, $"is pinned to {record.Active?.Version}: unpin it first") : record;

    private static PluginRecord Waiting(PluginRecord record, string step) => Installed(record).Candidate is null
        ? throw Refuse(record.Id, $"has no waiting version to {step}: {record.Active?.Version ?? "it"} is {record.State.ToString().ToLowerInvariant()}")
        : record;

    // One that has an active version and is neither removed nor revoked.
    private static PluginRecord Decided(PluginRecord record) => Installed(record).State switch
    {
        PluginState.Pending => throw Refuse(record.Id, "waits for approval: approve or reject it first"),
        PluginState.Revoked => throw Refuse(record.Id, "is revoked for good: it can only be removed"),
        _ => record,
    };

    // A first version needs approval for shell, variables and credentials; for hosts and paths as well, unless it asks for none.
    private static bool NeedsApproval(PluginRecord record) => !record.Growth.IsEmpty;

    private static PluginRecord Activate(PluginRecord record) => record with
    {
        State = record.State == PluginState.Disabled ? PluginState.Disabled : PluginState.Enabled,
        Active = record.Candidate,
        Candidate = null,
        History = record.Active is { } old ? record.History.Add(old) : record.History,
        Approved = Union(record.Approved, record.Candidate!.Requested),
    };

    private static PluginPermissions Union(PluginPermissions a, PluginPermissions b) => new()
    {
        Network = [.. a.Network.Union(b.Network)],
        Filesystem = [.. a.Filesystem.Union(b.Filesystem)],
        Environment = [.. a.Environment.Union(b.Environment)],
        Credentials = [.. a.Credentials.Union(b.Credentials)],
        Tools = [.. a.Tools.Union(b.Tools)],
        State = a.State || b.State,
        Shell = a.Shell || b.Shell,
    };

    private static PluginException Refuse(string id, string why) => new(PluginErrorKind.PermissionDenied, $"plugin {id} {why}");
}
