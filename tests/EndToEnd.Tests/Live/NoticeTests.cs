using ClawGrains.EndToEnd.Tests.Command;
using ClawGrains.EndToEnd.Tests.Install;
using ModelContextProtocol.Protocol;

namespace ClawGrains.EndToEnd.Tests.Live;

/// <summary>What a connected MCP client is told of changes: each list once for a batch, and only what did change.</summary>
public sealed class NoticeTests : IAsyncLifetime
{
    private const string Tools = NotificationMethods.ToolListChangedNotification, Prompts = NotificationMethods.PromptListChangedNotification,
        Resources = NotificationMethods.ResourceListChangedNotification, Updated = NotificationMethods.ResourceUpdatedNotification;

    private readonly Claw _claw = new();
    private ClawHost _host = null!;
    private LiveClient _mcp = null!;
    private int _sentinels;

    public async Task InitializeAsync()
    {
        _claw.Home.WriteSkill("work/skills/sentinel", "sentinel");
        _claw.Home.WriteSkill("work/skills/tides", "tides");
        _host = (await _claw.ServeAsync("--enable-plugins")).WithToken(_claw.Data);
        _mcp = await LiveClient.ConnectAsync(_host);
        (await _mcp.HasToolAsync("tides")).ShouldBeTrue();
        await _mcp.Client.SubscribeToResourceAsync(new Uri("skill://sentinel/SKILL.md"));
    }

    public async Task DisposeAsync()
    {
        await _mcp.DisposeAsync();
        await _host.DisposeAsync();
        _claw.Dispose();
    }

    [Fact]
    public async Task Batch_OfTwentyNewSkills_EachListIsToldOnce()
    {
        for (var i = 0; i < 20; i++) _claw.Home.WriteSkill($"work/made/new{i}", $"new{i}");
        // In one step: twenty files written one by one are as many batches as the machine makes of them.
        Directory.CreateDirectory(Path.Combine(_claw.Home.Path, "work/.clawgrains"));
        Directory.Move(Path.Combine(_claw.Home.Path, "work/made"), Path.Combine(_claw.Home.Path, "work/.clawgrains/skills"));
        await ListedAsync("new19");
        (await ToldAsync()).ShouldBe([Tools, Prompts, Resources], ignoreOrder: true);
        (await _mcp.Client.ListPromptsAsync()).Count(p => p.Name.StartsWith("new", StringComparison.Ordinal)).ShouldBe(20);
    }

    [Fact]
    public async Task Batch_OfAnInstalledSkillWithAComponent_EachListIsToldOnce()
    {
        var skill = new CarryingSkill(_claw.Home, "elsewhere/words");
        skill.Write();
        (await _claw.RunAsync("skill", "install", skill.Folder, "--approve")).ShouldSucceed();
        await ListedAsync("word-count");
        (await _mcp.HasToolAsync("words")).ShouldBeTrue();
        (await ToldAsync()).ShouldBe([Tools, Prompts, Resources], ignoreOrder: true);
        (await _claw.RunAsync("skill", "remove", "words")).ShouldSucceed();
        await ListedAsync("word-count", there: false);
        (await _mcp.HasToolAsync("words")).ShouldBeFalse();
        (await ToldAsync()).ShouldBe([Tools, Prompts, Resources], ignoreOrder: true);
    }

    [Fact]
    public async Task Text_OfASubscribedSkill_IsToldOnceAndNoList()
    {
        await _mcp.Client.SubscribeToResourceAsync(new Uri("skill://tides/SKILL.md"));
        _claw.Home.WriteSkill("work/skills/tides", "tides", body: "Look at the moon.");
        var notice = await _mcp.NextAsync("the text changed");
        (notice.Method, notice.Params!["uri"]!.GetValue<string>()).ShouldBe((Updated, "skill://tides/SKILL.md"));
        (await _mcp.Client.ReadResourceAsync(new Uri("skill://tides/SKILL.md"))).Contents.OfType<TextResourceContents>().Single().Text.ShouldContain("Look at the moon.");
        (await ToldAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Text_OfASkillWithoutSubscription_IsNotTold()
    {
        _claw.Home.WriteSkill("work/skills/tides", "tides", body: "Look at the moon.");
        (await ToldAsync()).ShouldBeEmpty();
        (await _mcp.TextAsync("tides")).ShouldContain("Look at the moon.");
    }

    [Fact]
    public async Task Prompt_TakenFromASkill_OnlyPromptsAreTold()
    {
        _claw.Home.Write("work/skills/tides/SKILL.md", "---\nname: tides\ndescription: A skill of a test.\nuser-invocable: false\n---\nDo it.\n");
        (await _mcp.NextAsync("the prompt is gone")).Method.ShouldBe(Prompts);
        (await ToldAsync()).ShouldBeEmpty();
        (await _mcp.Client.ListPromptsAsync()).ShouldNotContain(p => p.Name == "tides");
    }

    // Asks the list itself, so that no notice is taken.
    private async Task ListedAsync(string tool, bool there = true)
    {
        using var limit = new CancellationTokenSource(LiveClient.Patience);
        while (await _mcp.HasToolAsync(tool) != there) limit.IsCancellationRequested.ShouldBeFalse($"waited in vain for {tool}");
    }

    // A change whose own notice comes after all others shows what was told before it.
    private async Task<IReadOnlyList<string>> ToldAsync()
    {
        _claw.Home.WriteSkill("work/skills/sentinel", "sentinel", body: $"Sentinel {++_sentinels}.");
        var told = new List<string>();
        while (await _mcp.NextAsync("the sentinel") is var notice && !(notice.Method == Updated && notice.Params!["uri"]!.GetValue<string>() == "skill://sentinel/SKILL.md"))
            told.Add(notice.Method);
        told.AddRange(_mcp.Rest().Select(n => n.Method));
        return told;
    }
}
