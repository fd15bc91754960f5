using ClawGrains.Contracts;
using ClawGrains.Sandbox.Execution;
using ClawGrains.Sandbox.Limits;
using ClawGrains.Sandbox.Providers;
using ClawGrains.Sandbox.Tests.Support;

namespace ClawGrains.Sandbox.Tests.Providers;

public sealed class ProviderTests : IAsyncLifetime
{
    private static readonly RunnablePlugin Parrot = Host.Plugin(guest: "provider");
    private readonly Host _host = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Models_AreListed() =>
        (await _host.Runtime.ListModelsAsync(Parrot, TenantId.Default)).Names.ShouldBe(["parrot", "parrot-large"]);

    [Fact]
    public async Task Completion_IsTyped()
    {
        var response = (await _host.Runtime.ChatAsync(Parrot, TenantId.Default, Chat("héllo"))).Response.ShouldNotBeNull();
        (response.Content, response.FinishReason, response.Usage).ShouldBe(("héllo", "stop", (2L, 6L)));
    }

    [Fact]
    public async Task ToolCall_IsTyped()
    {
        var request = Chat("use a tool") with { Tools = [new ChatTool("echo", "Echoes.", "{}")], Temperature = 0.5f, MaxTokens = 10, Stop = ["x"] };
        var response = (await _host.Runtime.ChatAsync(Parrot, TenantId.Default, request)).Response.ShouldNotBeNull();
        response.ToolCalls.ShouldBe([new ChatToolCall("call-1", "echo", "{}")]);
        response.FinishReason.ShouldBe("tool-calls");
    }

    [Fact]
    public async Task Stream_ComesInPieces_AndEndsWithTheWhole()
    {
        var pieces = new List<string>();
        var outcome = await _host.Runtime.ChatAsync(Parrot, TenantId.Default, Chat("twelve signs"), text => { pieces.Add(text); return true; });
        pieces.ShouldBe(["twel", "ve s", "igns"]);
        outcome.Response!.Content.ShouldBe("twelve signs");
    }

    [Fact]
    public async Task StreamThatNobodyListensTo_Ends()
    {
        var heard = 0;
        (await _host.Runtime.ChatAsync(Parrot, TenantId.Default, Chat("endless"), _ => ++heard < 100)).Response.ShouldNotBeNull();
        heard.ShouldBeInRange(100, 102);
    }

    [Fact]
    public async Task EndlessStream_UsesUpItsFuel()
    {
        var plugin = Host.Plugin(limits: PluginLimits.Default with { Fuel = 2_000_000 }, guest: "provider");
        (await _host.Runtime.ChatAsync(plugin, TenantId.Default, Chat("endless"), _ => true)).Error!.Code.ShouldBe("resource_exhausted.fuel");
    }

    [Fact]
    public async Task ErrorOfTheProvider_IsTyped()
    {
        var outcome = await _host.Runtime.ChatAsync(Parrot, TenantId.Default, Chat("fail"));
        (outcome.Failure, outcome.Error!.Code, outcome.Error.Message).ShouldBe(("rate-limited", "resource_exhausted.rate", "too many questions"));
    }

    private static ChatRequest Chat(string text) => new()
    {
        Model = "parrot",
        Messages = [new ChatMessage(ChatRole.System, "Repeat."), new ChatMessage(ChatRole.User, text)],
    };
}
