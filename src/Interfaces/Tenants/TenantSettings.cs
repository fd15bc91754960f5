namespace ClawGrains.Interfaces;

/// <summary>What a tenant may set.</summary>
[GenerateSerializer, Immutable, Alias("clawgrains.tenant-settings")]
public sealed record TenantSettings
{
    /// <summary>A name for people; the id where it is null.</summary>
    [Id(0)]
    public string? DisplayName { get; init; }

    /// <summary>The tenant's workspace directory; the host's own where it is null (the default tenant only).</summary>
    [Id(1)]
    public string? Workspace { get; init; }
}
