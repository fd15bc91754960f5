namespace ClawGrains.GrainRuntime.Tests.Scheduling;

public interface IWaitingGrain : IGrainWithStringKey
{
    Task<string> WaitForOther(string key);
    Task Forever();
}

public sealed class WaitingGrain : Grain, IWaitingGrain
{
    public async Task<string> WaitForOther(string key)
    {
        try
        {
            await GrainFactory.GetGrain<IWaitingGrain>(key).Forever();
            return "answered";
        }
        catch (TimeoutException)
        {
            Probe.Of(key).Open("forever");
            return nameof(TimeoutException);
        }
    }

    public Task Forever() => Probe.Of(this.GetPrimaryKeyString()).PassAsync("forever");
}
