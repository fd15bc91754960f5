using ClawGrains.Interfaces;

namespace ClawGrains.Grains.Tenants;

internal sealed class TenantGrain(
    [PersistentState("tenant", StorageNames.Default)] IPersistentState<TenantState> state) : Grain, ITenantGrain
{
    public Task<TenantSettings> GetSettingsAsync() => Task.FromResult(state.State.Settings);

    public Task SetSettingsAsync(TenantSettings settings)
    {
        state.State.Settings = settings;
        return state.WriteStateAsync();
    }
}
