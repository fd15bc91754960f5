using Orleans.Runtime;

namespace ClawGrains.Embedded.Hosting;

internal sealed class StartupFunction(IServiceProvider services, Func<IServiceProvider, CancellationToken, Task> function) : IStartupTask
{
    public Task Execute(CancellationToken cancellationToken) => function(services, cancellationToken);
}
