using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace ClawGrains.Client.Tests.Mcp.Sessions;

public sealed class ListTests
{
    [Fact]
    public async Task Tools_OverSeveralPages_AreAllListedOnce()
    {
        await using var session = await PipeSession.OpenAsync(new McpClientOptions(), 100, FakeSource.Of(250));
        var tools = await session.Client.ListToolsAsync();
        tools.Select(t => t.Name).ShouldBe(Enumerable.Range(0, 250).Select(i => $"tool-{i:0000}"));
        (await session.Client.ListPromptsAsync()).Count.ShouldBe(250);
        (await session.Client.ListResourcesAsync()).Count.ShouldBe(250);
    }

    [Fact]
    public async Task Pages_HaveThePageSize_AndTheLastNoCursor()
    {
        await using var session = await PipeSession.OpenAsync(new McpClientOptions(), 2, FakeSource.Of(3));
        var first = await session.Client.ListToolsAsync(new ListToolsRequestParams());
        first.Tools.Count.ShouldBe(2);
        var last = await session.Client.ListToolsAsync(new ListToolsRequestParams { Cursor = first.NextCursor });
        last.Tools.Select(t => t.Name).ShouldBe(["tool-0002"]);
        last.NextCursor.ShouldBeNull();
    }

    [Fact]
    public async Task Listing_UnderWay_StaysOnTheSnapshotItBeganWith()
    {
        var source = FakeSource.Of(4);
        await using var session = await PipeSession.OpenAsync(new McpClientOptions { ProtocolVersion = "2025-11-25" }, 2, source);
        var first = await session.Client.ListToolsAsync(new ListToolsRequestParams());
        await ChangeAsync(session, source);
        var second = await session.Client.ListToolsAsync(new ListToolsRequestParams { Cursor = first.NextCursor });
        second.Tools.Select(t => t.Name).ShouldBe(["tool-0002", "tool-0003"]);
        (await session.Client.ListToolsAsync(new ListToolsRequestParams())).Tools.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("")]
    public async Task Cursor_OfNoOne_IsInvalidParams(string cursor)
    {
        await using var session = await PipeSession.OpenAsync(FakeSource.Of(1));
        var error = await Should.ThrowAsync<McpProtocolException>(
            () => session.Client.ListToolsAsync(new ListToolsRequestParams { Cursor = cursor }).AsTask());
        error.ErrorCode.ShouldBe(McpErrorCode.InvalidParams);
    }

    [Fact]
    public async Task Cursor_OfAnotherList_IsInvalidParams()
    {
        await using var session = await PipeSession.OpenAsync(new McpClientOptions(), 1, FakeSource.Of(2));
        var tools = await session.Client.ListToolsAsync(new ListToolsRequestParams());
        var error = await Should.ThrowAsync<McpProtocolException>(
            () => session.Client.ListPromptsAsync(new ListPromptsRequestParams { Cursor = tools.NextCursor }).AsTask());
        error.ErrorCode.ShouldBe(McpErrorCode.InvalidParams);
    }

    private static async Task ChangeAsync(PipeSession session, FakeSource source)
    {
        var told = new TaskCompletionSource();
        await using var registration = session.Client.RegisterNotificationHandler(
            NotificationMethods.ToolListChangedNotification, (_, _) =>
            {
                told.TrySetResult();
                return default;
            });
        source.Change(f => f with { Tools = [] });
        await told.Task.WaitAsync(PipeSession.Patience);
    }
}
