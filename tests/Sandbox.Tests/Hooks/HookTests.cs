using ClawGrains.Contracts;
using ClawGrains.Sandbox.Hooks;
using ClawGrains.Sandbox.Limits;
using ClawGrains.Sandbox.Tests.Support;

namespace ClawGrains.Sandbox.Tests.Hooks;

public sealed class HookTests
{
    [Fact]
    public async Task Subscriptions_AreWhatThePluginSays()
    {
        await using var host = new Host();
        var said = await host.Runtime.HookSubscriptionsAsync(Host.Plugin(guest: "hooks"), TenantId.Default);
        said.Error.ShouldBeNull();
        said.Items.ShouldBe([
            new HookSubscription(HookPoint.BeforeToolCall, HookMode.Modifying, -5),
            new HookSubscription(HookPoint.MessageSending, HookMode.Modifying, 10),
            new HookSubscription(HookPoint.SessionEnd, HookMode.Observing, 0),
        ]);
    }

    [Theory]
    [InlineData(HookPoint.MessageSending, "{}", HookDecision.Replace, """{"text":"replaced"}""")]
    [InlineData(HookPoint.BeforeToolCall, """{"tool":"forbidden"}""", HookDecision.Cancel, "forbidden here")]
    [InlineData(HookPoint.BeforeToolCall, """{"tool":"fine"}""", HookDecision.Proceed, "")]
    [InlineData(HookPoint.ToolResultPersist, "{}", HookDecision.Proceed, "")]
    public async Task Decision_IsTyped(HookPoint point, string payload, HookDecision decision, string text)
    {
        var outcome = await Handle(point, payload);
        (outcome.Decision, outcome.Text, outcome.Error).ShouldBe((decision, text, null));
    }

    [Theory]
    [InlineData(HookPoint.SessionStart, "trap")]
    [InlineData(HookPoint.Telemetry, "trap")]
    [InlineData(HookPoint.AfterToolCall, "resource_exhausted")]
    public async Task HookThatFailsTrapsOrNeverEnds_LetsTheHostProceed(HookPoint point, string code)
    {
        var outcome = await Handle(point, "{}");
        outcome.Decision.ShouldBe(HookDecision.Proceed);
        // An endless hook ends by time or by fuel, whichever the machine reaches first.
        outcome.Error!.Code.ShouldStartWith(code);
    }

    [Fact]
    public async Task PluginWithoutHooks_SaysWhatIsMissing()
    {
        await using var host = new Host();
        (await host.Runtime.HandleHookAsync(Host.Plugin(), TenantId.Default, new HookEvent(HookPoint.SessionEnd, null, "{}"))).Error!.Message.ShouldContain("exports no clawgrains:hooks/hooks");
    }

    [Fact]
    public async Task Call_LeavesARecord()
    {
        await using var host = new Host();
        await host.Runtime.HandleHookAsync(Host.Plugin(guest: "hooks"), TenantId.Default, new HookEvent(HookPoint.SessionEnd, "s1", "{}"));
        (await host.Entries("hook")).ShouldHaveSingleItem().Arguments.ShouldBe("session-end");
    }

    private static async Task<HookOutcome> Handle(HookPoint point, string payload)
    {
        await using var host = new Host();
        var limits = PluginLimits.Default with { Time = TimeSpan.FromSeconds(1), Fuel = 10_000_000_000 };
        return await host.Runtime.HandleHookAsync(Host.Plugin(limits: limits, guest: "hooks"), TenantId.Default, new HookEvent(point, "s1", payload));
    }
}
