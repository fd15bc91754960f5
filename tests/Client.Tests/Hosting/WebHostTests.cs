using ClawGrains.Client.Commands;
using ClawGrains.Client.Hosting;

namespace ClawGrains.Client.Tests.Hosting;

public class WebHostTests
{
    [Fact]
    public async Task Run_AskedToStopBeforeItIsReady_EndsAsWhenItWas()
    {
        using var directory = new TemporaryDirectory();
        var options = new HostOptions { Paths = new HostPaths(directory.Path, directory.Path), Port = 0 };
        (await WebHost.RunAsync(options, new CancellationToken(canceled: true))).ShouldBe(CommandLine.Done);
        File.Exists(options.Paths.HostRecord).ShouldBeFalse();
    }
}
