using System.Text.Json;

namespace ClawGrains.EndToEnd.Tests.Command;

public sealed class SkillCommandTests : IDisposable
{
    private readonly Claw _claw = new();

    public void Dispose() => _claw.Dispose();

    [Fact]
    public async Task List_WithoutHost_ShowsTheWorkspacesAndTheBundledSkills()
    {
        _claw.Home.WriteSkill("work/skills/tides", "tides", "Tide tables.");
        var skills = (await _claw.RunAsync("skill", "list", "--json")).ShouldSucceed().Json.GetProperty("skills").EnumerateArray().ToArray();
        skills.Single(s => s.GetProperty("name").GetString() == "tides").GetProperty("layer").GetString().ShouldBe("workspace");
        skills.ShouldContain(s => s.GetProperty("layer").GetString() == "bundled");
    }

    [Fact]
    public async Task List_OfARunningHost_AsksIt()
    {
        _claw.Home.WriteSkill("work/skills/tides", "tides");
        await using var host = await _claw.ServeAsync();
        (await _claw.RunAsync("skill", "list", "--json")).ShouldSucceed().Json.GetProperty("host").GetString().ShouldBe(host.Url);
    }

    [Fact]
    public async Task List_Verbose_NamesLayerShadowInvalidAndMissing()
    {
        _claw.Home.WriteSkill("work/skills/tides", "tides");
        _claw.Home.WriteSkill("data/skills/tides", "tides");
        _claw.Home.Write("work/skills/bad/SKILL.md", "nothing here");
        _claw.Home.Write("work/skills/needy/SKILL.md",
            "---\nname: needy\ndescription: Needs.\nmetadata: {openclaw: {requires: {bins: [\"no-such-program-xyz\"]}}}\n---\n");
        var text = (await _claw.RunAsync("skill", "list", "--verbose")).ShouldSucceed().Output;
        text.ShouldContain("shadows");
        text.ShouldContain("bad/SKILL.md");
        text.ShouldContain("program no-such-program-xyz");
        text.ShouldNotContain("\e[");
    }

    [Fact]
    public async Task Show_UnknownName_FailsAndSuggests()
    {
        _claw.Home.WriteSkill("work/skills/tides", "tides");
        (await _claw.RunAsync("skill", "show", "tide")).ShouldFail().Error.ShouldContain("Did you mean tides?");
    }

    [Fact]
    public async Task Install_ThenRemove_LeavesNothingBehind()
    {
        var source = Path.GetDirectoryName(_claw.Home.WriteSkill("elsewhere/tides", "tides"))!;
        var installed = (await _claw.RunAsync("skill", "install", source, "--yes", "--json")).ShouldSucceed().Json;
        installed.GetProperty("directory").GetString().ShouldBe(Path.Combine(_claw.Data, "skills", "tides"));
        (await _claw.RunAsync("skill", "show", "tides", "--json")).ShouldSucceed().Json.GetProperty("entry").GetProperty("layer").GetString().ShouldBe("managed");
        (await _claw.RunAsync("skill", "remove", "tides")).ShouldSucceed();
        Directory.EnumerateDirectories(Path.Combine(_claw.Data, "skills")).ShouldBeEmpty();
        (await _claw.RunAsync("skill", "remove", "tides")).ShouldFail().Error.ShouldContain("no managed skill 'tides'");
    }

    [Fact]
    public async Task Install_IntoARunningHost_IsServedAtOnce()
    {
        await using var host = await _claw.ServeAsync();
        var source = Path.GetDirectoryName(_claw.Home.WriteSkill("elsewhere/tides", "tides"))!;
        (await _claw.RunAsync("skill", "install", source, "--yes")).ShouldSucceed();
        using var answer = JsonDocument.Parse(await host.WithToken(_claw.Data).Http.GetStringAsync("/api/v1/skills"));
        answer.RootElement.GetProperty("skills").EnumerateArray().ShouldContain(s => s.GetProperty("name").GetString() == "tides");
    }

    [Fact]
    public async Task Install_NameThatIsTaken_IsRefusedUnlessForced()
    {
        var source = Path.GetDirectoryName(_claw.Home.WriteSkill("elsewhere/tides", "tides"))!;
        (await _claw.RunAsync("skill", "install", source, "--yes")).ShouldSucceed();
        _claw.Home.WriteSkill("elsewhere/tides", "tides", "Newer.");
        (await _claw.RunAsync("skill", "install", source, "--yes")).ShouldFail().Error.ShouldContain("--force");
        (await _claw.RunAsync("skill", "install", source, "--yes", "--force", "--json")).ShouldSucceed().Json.GetProperty("replaced").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task Install_BadSkill_SaysWhereAndWritesNothing()
    {
        _claw.Home.Write("elsewhere/bad/SKILL.md", "---\nname: bad\n---\n");
        (await _claw.RunAsync("skill", "install", Path.Combine(_claw.Home.Path, "elsewhere/bad"), "--yes")).ShouldFail().Error.ShouldContain("SKILL.md");
        Directory.Exists(Path.Combine(_claw.Data, "skills", "bad")).ShouldBeFalse();
    }

    [Fact]
    public async Task Validate_MixedTree_PrintsARowEachAndFails()
    {
        _claw.Home.WriteSkill("tree/good", "good");
        _claw.Home.Write("tree/bad/SKILL.md", "---\nname: bad\n---\nNo description.\n");
        var result = await _claw.RunAsync("skill", "validate", Path.Combine(_claw.Home.Path, "tree"), "--json");
        result.ExitCode.ShouldBe(1);
        var rows = result.Json.EnumerateArray().ToDictionary(r => Path.GetFileName(Path.GetDirectoryName(r.GetProperty("path").GetString()!))!);
        rows["good"].GetProperty("loaded").GetBoolean().ShouldBeTrue();
        foreach (var key in (string[])["path", "loaded", "name", "description", "eligible", "missing", "modelVisible", "userInvocable", "commandVisible", "warnings", "errors"])
            rows["good"].TryGetProperty(key, out _).ShouldBeTrue(key);
    }

    [Fact]
    public async Task Validate_NoSuchPath_NamesIt() =>
        (await _claw.RunAsync("skill", "validate", "/no/such/tree")).ShouldFail().Error.ShouldContain("/no/such/tree");

    [Theory]
    [InlineData("skill", "lst")]
    [InlineData("nonsense")]
    [InlineData("serve", "--port", "seventy")]
    [InlineData("serve", "--port", "70000")]
    public async Task BadWords_EndWithTwoAndPointToHelp(params string[] args) =>
        (await _claw.RunAsync(args)).ShouldFail(2).Error.ShouldContain("--help");
}
