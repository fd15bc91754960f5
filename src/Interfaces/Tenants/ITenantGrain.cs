namespace ClawGrains.Interfaces;

/// <summary>One tenant: its settings. Key: <c>TENANT</c>.</summary>
[Alias("clawgrains.tenant")]
public interface ITenantGrain : IGrainWithStringKey
{
    /// <summary>The settings in force; the defaults of the host where none were set.</summary>
    [Alias("get-settings")]
    Task<TenantSettings> GetSettingsAsync();

    /// <summary>Sets the settings and stores them.</summary>
    [Alias("set-settings")]
    Task SetSettingsAsync(TenantSettings settings);
}
