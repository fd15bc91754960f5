using Orleans.Concurrency;

namespace ClawGrains.Client.Bench;

/// <summary>A tool in C# where every tool of the server is: behind a grain of its tenant.</summary>
public interface IPlainGrain : IGrainWithStringKey
{
    /// <summary>Gives its parameters back.</summary>
    [AlwaysInterleave, ResponseTimeout("00:10:00")]
    Task<string> EchoAsync(string argumentsJson, CancellationToken cancellationToken = default);
}

[StatelessWorker, Reentrant]
internal sealed class PlainGrain : Grain, IPlainGrain
{
    public Task<string> EchoAsync(string argumentsJson, CancellationToken cancellationToken) => Task.FromResult(argumentsJson);
}
