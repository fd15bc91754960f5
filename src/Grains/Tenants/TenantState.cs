using ClawGrains.Interfaces;

namespace ClawGrains.Grains.Tenants;

/// <summary>What is stored of a tenant.</summary>
[GenerateSerializer, Alias("clawgrains.tenant-state")]
internal sealed class TenantState
{
    [Id(0)]
    public TenantSettings Settings { get; set; } = new();
}
