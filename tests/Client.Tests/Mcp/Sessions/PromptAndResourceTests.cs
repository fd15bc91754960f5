using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace ClawGrains.Client.Tests.Mcp.Sessions;

public sealed class PromptAndResourceTests
{
    [Fact]
    public async Task Prompt_Unknown_IsInvalidParams()
    {
        await using var session = await PipeSession.OpenAsync(FakeSource.Of(1));
        var error = await Should.ThrowAsync<McpProtocolException>(() => session.Client.GetPromptAsync("none").AsTask());
        error.ErrorCode.ShouldBe(McpErrorCode.InvalidParams);
        error.Message.ShouldContain("Unknown prompt: 'none'");
    }

    [Fact]
    public async Task Prompt_WithoutItsRequiredArgument_IsInvalidParams()
    {
        var source = new FakeSource();
        source.Change(f => f with { Prompts = [new() { Name = "p", Arguments = [new() { Name = "a", Required = true }] }] });
        await using var session = await PipeSession.OpenAsync(source);
        var error = await Should.ThrowAsync<McpProtocolException>(() => session.Client.GetPromptAsync("p").AsTask());
        error.ErrorCode.ShouldBe(McpErrorCode.InvalidParams);
        error.Message.ShouldContain("needs the argument 'a'");
    }

    [Theory]
    [InlineData("2025-06-18", McpErrorCode.ResourceNotFound)]
    [InlineData("2026-07-28", McpErrorCode.InvalidParams)]
    public async Task Resource_Unknown_HasTheCodeOfTheRevision(string version, McpErrorCode code)
    {
        await using var session = await PipeSession.OpenAsync(new McpClientOptions { ProtocolVersion = version }, 100, FakeSource.Of(1));
        var error = await Should.ThrowAsync<McpProtocolException>(() => session.Client.ReadResourceAsync("test://none").AsTask());
        error.ErrorCode.ShouldBe(code);
        error.Message.ShouldContain("test://none");
    }

    [Fact]
    public async Task Resource_ThatIsNotListed_IsReadFromTheSourceThatKnowsIt()
    {
        var other = new FakeSource();
        other.Texts["test://unlisted"] = "found";
        await using var session = await PipeSession.OpenAsync(FakeSource.Of(1), other);
        var result = await session.Client.ReadResourceAsync("test://unlisted");
        result.Contents.ShouldHaveSingleItem().ShouldBeOfType<TextResourceContents>().Text.ShouldBe("found");
    }

    [Fact]
    public async Task Subscription_ToAnUnlistedResource_IsRefused()
    {
        await using var session = await PipeSession.OpenAsync(new McpClientOptions { ProtocolVersion = "2025-11-25" }, 100, FakeSource.Of(1));
        var error = await Should.ThrowAsync<McpProtocolException>(() => session.Client.SubscribeToResourceAsync("test://none"));
        error.ErrorCode.ShouldBe(McpErrorCode.ResourceNotFound);
    }

    [Fact]
    public async Task Completion_ComesFromTheSource()
    {
        var source = FakeSource.Of(1);
        source.Completes = r => new Completion { Values = [r.Argument.Value + "x"], Total = 1 };
        await using var session = await PipeSession.OpenAsync(source);
        var result = await session.Client.CompleteAsync(new PromptReference { Name = "prompt-0000" }, "a", "v");
        result.Completion.Values.ShouldBe(["vx"]);
    }
}
