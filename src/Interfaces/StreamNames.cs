namespace ClawGrains.Interfaces;

/// <summary>The names of the storage and stream providers and of the streams, which silos and clients share.</summary>
public static class StreamNames
{
    /// <summary>The stream provider that carries all of them.</summary>
    public const string Provider = "clawgrains";

    /// <summary>
    /// Hot-reload notices to the grains that swap versions; key <c>TENANT/SKILL</c>, items <see cref="SkillReload"/>.
    /// </summary>
    public const string SkillReload = "skill-reload";

    /// <summary>
    /// New snapshots of a tenant's catalog, for front ends; key <c>TENANT</c>, items <see cref="CatalogChanged"/>.
    /// </summary>
    public const string CatalogChanged = "catalog-changed";

    /// <summary>
    /// New listings of a tenant's plugins, for front ends; key <c>TENANT</c>, items <see cref="PluginsChanged"/>.
    /// </summary>
    public const string PluginsChanged = "plugins-changed";

    /// <summary>
    /// Approvals of a tenant that were asked for or decided, for front ends; key <c>TENANT</c>, items <see cref="ApprovalChanged"/>.
    /// </summary>
    public const string ApprovalChanged = "approval-changed";
}

/// <summary>The names of the grain storages.</summary>
public static class StorageNames
{
    /// <summary>The storage of everything that must survive a restart.</summary>
    public const string Default = "clawgrains";
}
