using ClawGrains.EndToEnd.Tests.Command;
using ClawGrains.EndToEnd.Tests.Install;

namespace ClawGrains.EndToEnd.Tests.Live;

/// <summary>The section <c>skills</c> of the settings.</summary>
public sealed class SettingsTests : IDisposable
{
    private readonly Claw _claw = new();

    public void Dispose() => _claw.Dispose();

    [Fact]
    public async Task FolderThatVanishes_WhereNoneIsKept_IsRemovedAtOnce()
    {
        (await _claw.RunAsync("config", "set", "skills.keep_missing_seconds", "0")).ShouldSucceed();
        _claw.Home.WriteSkill("work/skills/words", "words");
        // Another stays, as a layer that is empty all at once is taken for a lost mount.
        _claw.Home.WriteSkill("work/skills/stays", "stays");
        await using var host = (await _claw.ServeAsync()).WithToken(_claw.Data);
        await using var mcp = await LiveClient.ConnectAsync(host);
        await mcp.WhenToolAsync("words");
        Directory.Delete(Path.Combine(_claw.Workspace, "skills", "words"), recursive: true);
        await mcp.WhenToolAsync("words", there: false);
        (await mcp.HasToolAsync("stays")).ShouldBeTrue();
    }

    [Theory]
    [InlineData("skills.keep_missing_seconds", "-1", "skills.keep_missing_seconds must be a whole number from 0 to 2592000")]
    [InlineData("skills.drain_seconds", "0", "skills.drain_seconds must be a whole number from 1 to 2592000")]
    [InlineData("skills.drain", "5", "skills.drain is not known; known are drain_seconds, keep_missing_seconds, kept_snapshots")]
    [InlineData("skills", "5", "skills must be an object")]
    [InlineData("skils.drain_seconds", "5", "'skils.drain_seconds' is no setting: a section 'skils' is not known; known are plugins, skills")]
    [InlineData("plugins.capabilities.allow", """["tool","netwrk"]""", "plugins.capabilities.allow names 'netwrk', which is not known")]
    [InlineData("plugins.limits.max_memory_mb", "4294967297", "plugins.limits.max_memory_mb must be a whole number from 1 to 4096")]
    [InlineData("plugins.limits.max_execution_seconds", "999999999999", "plugins.limits.max_execution_seconds must be a whole number from 1 to 86400")]
    public async Task Setting_ThatIsNotValid_IsRefused(string key, string value, string why)
    {
        // After --, since a value may begin with a dash.
        (await _claw.RunAsync("config", "set", "--", key, value)).ShouldFail().Error.ShouldContain(why);
        (await _claw.RunAsync("config", "list")).ShouldSucceed().Output.ShouldBe("{}\n");
    }
}
