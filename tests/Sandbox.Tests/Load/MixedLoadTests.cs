using ClawGrains.Sandbox.Load;
using ClawGrains.Sandbox.Tests.Support;
using Xunit.Abstractions;

namespace ClawGrains.Sandbox.Tests.Load;

public sealed class MixedLoadTests(ITestOutputHelper output)
{
    /// <summary>A short run of what <c>bench/Sandbox -- load</c> does for a minute; a busy machine may be slower.</summary>
    [Fact]
    public async Task GoodPlugins_AmongBadOnes_AreServedAndKeptApart()
    {
        await using var host = new Host();
        var result = await new MixedLoad(host.Runtime, Host.Guest("probe")).RunAsync(TimeSpan.FromSeconds(6));
        output.WriteLine($"{result.Good.Length} good calls, p50 {result.Percentile(0.5):F2} ms, p99 {result.Percentile(0.99):F1} ms; memory {string.Join(' ', result.MemoryMegabytes.Select(m => $"{m:F0}"))} MB");
        result.Leaks.ShouldBeEmpty();
        // Times are the bench's to judge: here the machine may be busy with other tests.
        result.Good.Length.ShouldBeGreaterThan(100);
        result.Percentile(0.5).ShouldBeLessThan(1_000);
        result.Endings.Keys.ShouldBeSubsetOf(["loop: resource_exhausted.time", "loop: resource_exhausted.fuel", "hoard: resource_exhausted.memory", "trap: trap"]);
        host.Runtime.Threads.ShouldBeLessThanOrEqualTo(MixedLoad.Callers * 2);
        (await host.Audit.VerifyAsync()).IsIntact.ShouldBeTrue();
    }
}
