using System.Threading.Channels;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace ClawGrains.Client.Tests.Mcp.Sessions;

public sealed class ChangeNoticeTests
{
    [Fact]
    public async Task Initialize_DeclaresWhatIsSent()
    {
        await using var session = await PipeSession.OpenAsync(Legacy(null), 100, FakeSource.Of(1));
        var capabilities = session.Client.ServerCapabilities;
        capabilities.Tools!.ListChanged.ShouldBe(true);
        capabilities.Prompts!.ListChanged.ShouldBe(true);
        capabilities.Resources!.ListChanged.ShouldBe(true);
        capabilities.Resources.Subscribe.ShouldBe(true);
        capabilities.Extensions!.ShouldContainKey("io.modelcontextprotocol/skills");
    }

    [Theory]
    [InlineData("tools", NotificationMethods.ToolListChangedNotification)]
    [InlineData("prompts", NotificationMethods.PromptListChangedNotification)]
    [InlineData("resources", NotificationMethods.ResourceListChangedNotification)]
    public async Task Change_OfOneList_TellsOfThatListOnly(string list, string expected)
    {
        var source = FakeSource.Of(1);
        var told = Channel.CreateUnbounded<string>();
        await using var session = await PipeSession.OpenAsync(Legacy(told), 100, source);
        source.Change(f => list switch
        {
            "tools" => f with { Tools = [] },
            "prompts" => f with { Prompts = [] },
            _ => f with { Resources = [] },
        });
        (await NextAsync(told)).ShouldBe(expected);
        await session.Client.PingAsync();
        told.Reader.TryRead(out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Resource_Subscribed_TellsOfItsUpdate()
    {
        var source = FakeSource.Of(2);
        var told = Channel.CreateUnbounded<string>();
        await using var session = await PipeSession.OpenAsync(Legacy(told), 100, source);
        await session.Client.SubscribeToResourceAsync("test://0001");
        source.Change(f => f with { ResourceVersions = new Dictionary<string, string> { ["test://0000"] = "a", ["test://0001"] = "b" } });
        (await NextAsync(told)).ShouldBe(NotificationMethods.ResourceUpdatedNotification + " test://0001");
        await session.Client.PingAsync();
        told.Reader.TryRead(out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Resource_Unsubscribed_TellsNothing()
    {
        var source = FakeSource.Of(2);
        var told = Channel.CreateUnbounded<string>();
        await using var session = await PipeSession.OpenAsync(Legacy(told), 100, source);
        await session.Client.SubscribeToResourceAsync("test://0001");
        await session.Client.UnsubscribeFromResourceAsync("test://0001");
        source.Change(f => f with
        {
            Tools = [],
            ResourceVersions = new Dictionary<string, string> { ["test://0001"] = "b" },
        });
        (await NextAsync(told)).ShouldBe(NotificationMethods.ToolListChangedNotification);
        await session.Client.PingAsync();
        told.Reader.TryRead(out _).ShouldBeFalse();
    }

    private static McpClientOptions Legacy(Channel<string>? told)
    {
        var options = new McpClientOptions { ProtocolVersion = "2025-11-25" };
        if (told is not null) options.Handlers.NotificationHandlers = [.. Methods.Select(m => Record(m, told))];
        return options;
    }

    private static string[] Methods =>
    [
        NotificationMethods.ToolListChangedNotification, NotificationMethods.PromptListChangedNotification,
        NotificationMethods.ResourceListChangedNotification, NotificationMethods.ResourceUpdatedNotification,
    ];

    private static KeyValuePair<string, Func<JsonRpcNotification, CancellationToken, ValueTask>> Record(string method, Channel<string> told) =>
        new(method, (n, ct) => told.Writer.WriteAsync(n.Params?["uri"] is { } uri ? $"{method} {uri}" : method, ct));

    private static Task<string> NextAsync(Channel<string> told) => told.Reader.ReadAsync().AsTask().WaitAsync(PipeSession.Patience);
}
