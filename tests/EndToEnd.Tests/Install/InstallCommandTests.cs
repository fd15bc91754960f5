using System.IO.Compression;
using ClawGrains.EndToEnd.Tests.Command;
using ClawGrains.Skills.Tests.Sources;

namespace ClawGrains.EndToEnd.Tests.Install;

public sealed class InstallCommandTests : IDisposable
{
    private readonly Claw _claw = new();

    public void Dispose() => _claw.Dispose();

    [Fact]
    public async Task Install_NobodyToAsk_IsRefusedAndSaysWhatToGive()
    {
        var result = (await _claw.RunAsync("skill", "install", Plain())).ShouldFail();
        result.Error.ShouldContain("--yes");
        result.Error.ShouldContain("asks for  nothing");
        Directory.Exists(Path.Combine(_claw.Data, "skills", "tides")).ShouldBeFalse();
    }

    [Fact]
    public async Task Install_RunsPrograms_WaitsUntilApprovedWithoutAHost()
    {
        var pending = (await _claw.RunAsync("skill", "install", Shell(), "--yes", "--json")).ShouldSucceed().Json;
        pending.GetProperty("state").GetString().ShouldBe("pending");
        var id = pending.GetProperty("approval").GetString()!;
        (await _claw.RunAsync("skill", "show", "tides")).ShouldFail();
        (await _claw.RunAsync("approvals", "list")).ShouldSucceed().Output.ShouldContain(id);
        (await _claw.RunAsync("approvals", "show", id)).ShouldSucceed().Output.ShouldContain("commands in SKILL.md");
        (await _claw.RunAsync("approvals", "approve", id, "--reason", "fine")).ShouldSucceed();
        var shown = (await _claw.RunAsync("skill", "show", "tides", "--json")).ShouldSucceed().Json.GetProperty("provenance");
        shown.GetProperty("source").GetProperty("kind").GetString().ShouldBe("path");
        shown.GetProperty("isIntact").GetBoolean().ShouldBeTrue();
        var decided = (await _claw.RunAsync("approvals", "list", "--all", "--json")).ShouldSucceed().Json.EnumerateArray().Single();
        decided.GetProperty("decidedBy").GetString().ShouldStartWith("cli:");
        decided.GetProperty("reason").GetString().ShouldBe("fine");
    }

    [Fact]
    public async Task Install_Approve_InstallsAtOnceIntoARunningHost()
    {
        await using var host = await _claw.ServeAsync();
        (await _claw.RunAsync("skill", "install", Shell(), "--approve")).ShouldSucceed().Output.ShouldContain("Installed tides");
        (await _claw.RunAsync("skill", "list", "--json")).ShouldSucceed().Json.GetProperty("skills").EnumerateArray()
            .ShouldContain(s => s.GetProperty("name").GetString() == "tides");
        (await _claw.RunAsync("skill", "reject", "tides")).ShouldFail().Error.ShouldContain("is waiting for approval");
    }

    [Fact]
    public async Task Install_FromAFakeClawHub_SearchesInstallsAndRecordsWhereFrom()
    {
        var hub = new FakeClawHub();
        hub.Files.Remove("scripts/run.sh");
        await using var web = new FakeWeb(hub.Answer);
        var address = web.Uri.AbsoluteUri;
        (await _claw.RunAsync("skill", "search", "gif", "--clawhub", address)).ShouldSucceed().Output.ShouldContain("gifgrep");
        (await _claw.RunAsync("skill", "install", "gifgrep", "--yes", "--clawhub", address)).ShouldSucceed();
        (await _claw.RunAsync("skill", "show", "gifgrep")).ShouldSucceed().Output.ShouldContain("clawhub: clawhub:gifgrep (1.2.3)");
        (await _claw.RunAsync("skill", "update", "--all", "--clawhub", address)).ShouldSucceed().Output.ShouldContain("gifgrep: current");

        hub.Files["SKILL.md"] = "---\nname: gifgrep\ndescription: Finds.\n---\nDo it otherwise.\n";
        (await _claw.RunAsync("skill", "update", "gifgrep", "--yes", "--clawhub", address)).ShouldFail().Error.ShouldContain("has changed since it was installed");
        hub.Latest = "1.3.0";
        var dry = (await _claw.RunAsync("skill", "update", "gifgrep", "--dry-run", "--json", "--clawhub", address)).ShouldSucceed().Json.EnumerateArray().Single();
        (dry.GetProperty("state").GetString(), dry.GetProperty("from").GetString(), dry.GetProperty("to").GetString()).ShouldBe(("available", "1.2.3", "1.3.0"));
        dry.GetProperty("diff").GetString()!.ShouldContain("+Do it otherwise.");
        (await _claw.RunAsync("skill", "update", "gifgrep", "--yes", "--clawhub", address)).ShouldSucceed().Output.ShouldContain("updated 1.2.3 → 1.3.0");
    }

    [Fact]
    public async Task Update_GrowthOfPermissions_WaitsAndTheOldVersionServes()
    {
        var source = Plain();
        (await _claw.RunAsync("skill", "install", source, "--yes")).ShouldSucceed();
        _claw.Home.Write("elsewhere/tides/SKILL.md", "---\nname: tides\ndescription: Newer.\nallowed-tools: Bash(tide:*)\n---\nDo it.\n");
        var result = (await _claw.RunAsync("skill", "update", "tides", "--yes")).ShouldSucceed();
        result.Error.ShouldContain("+ asks for tool Bash(tide:*)");
        result.Output.ShouldContain("tides: pending");
        (await _claw.RunAsync("skill", "show", "tides")).ShouldSucceed().Output.ShouldContain("A skill of a test.");
        (await _claw.RunAsync("skill", "approve", "tides")).ShouldSucceed();
        (await _claw.RunAsync("skill", "show", "tides")).ShouldSucceed().Output.ShouldContain("Newer.");
    }

    [Fact]
    public async Task Update_FromADirectory_TellsBothVersionsOfTheFrontMatter()
    {
        var source = _claw.Home.Write("elsewhere/tides/SKILL.md", "---\nname: tides\ndescription: One.\nversion: 1.0.0\n---\nDo it.\n");
        (await _claw.RunAsync("skill", "install", Path.GetDirectoryName(source)!, "--yes")).ShouldSucceed();
        _claw.Home.Write("elsewhere/tides/SKILL.md", "---\nname: tides\ndescription: Two.\nversion: 1.1.0\n---\nDo it.\n");
        (await _claw.RunAsync("skill", "update", "tides", "--dry-run")).ShouldSucceed().Output.ShouldContain("tides: available 1.0.0 → 1.1.0");
        (await _claw.RunAsync("skill", "update", "tides", "--yes")).ShouldSucceed().Output.ShouldContain("tides: updated 1.0.0 → 1.1.0");
    }

    [Fact]
    public async Task Audit_ThatIsDamaged_IsAMessage()
    {
        _claw.Home.Write("data/audit.db", new string('x', 5000));
        var said = (await _claw.RunAsync("audit", "verify")).ShouldFail();
        said.Error.ShouldSatisfyAllConditions(e => e.ShouldContain("audit.db is damaged or is no SQLite database"), e => e.ShouldNotContain("   at "));
    }

    [Fact]
    public async Task Update_WithoutNameOrAll_IsUsage() => (await _claw.RunAsync("skill", "update")).ShouldFail(2).Error.ShouldContain("--all");

    [Fact]
    public async Task Install_HostileArchive_WritesNothing()
    {
        var path = Path.Combine(_claw.Home.Path, "evil.zip");
        using (var zip = ZipFile.Open(path, ZipArchiveMode.Create))
            foreach (var name in (string[])["SKILL.md", "../../evil.txt"])
            {
                using var writer = new StreamWriter(zip.CreateEntry(name).Open());
                writer.Write("---\nname: evil\ndescription: e\n---\n");
            }
        var result = (await _claw.RunAsync("skill", "install", path, "--yes", "--json")).ShouldFail();
        result.Json.GetProperty("code").GetString().ShouldBe("source_archive");
        Directory.Exists(Path.Combine(_claw.Data, "skills", "evil")).ShouldBeFalse();
        Directory.GetFiles(_claw.Home.Path, "evil.txt", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [Fact]
    public async Task Remove_Installed_ForgetsTheLockEntry()
    {
        (await _claw.RunAsync("skill", "install", Plain(), "--yes")).ShouldSucceed();
        (await _claw.RunAsync("skill", "remove", "tides")).ShouldSucceed();
        File.ReadAllText(Path.Combine(_claw.Data, "skills", "skills.lock.json")).ShouldNotContain("tides");
    }

    [Fact]
    public async Task New_ThenValidate_IsAValidSkill()
    {
        var made = (await _claw.RunAsync("skill", "new", "my-skill", "--json")).ShouldSucceed().Json.GetProperty("path").GetString()!;
        (await _claw.RunAsync("skill", "validate", "--strict", made)).ShouldSucceed();
        (await _claw.RunAsync("skill", "new", "My Skill")).ShouldFail().Error.ShouldContain("is no name for a skill");
    }

    [Fact]
    public async Task ImportOpenClaw_Home_TakesSkillsAndSoulAndNamesWhatIsLeft()
    {
        _claw.Home.WriteSkill("openclaw/skills/tides", "tides");
        _claw.Home.WriteSkill("openclaw/workspace/skills/weather", "weather", body: "```sh\nw\n```");
        _claw.Home.Write("openclaw/workspace/skills/bad/SKILL.md", "nothing");
        _claw.Home.Write("openclaw/workspace/SOUL.md", "Be kind.");
        _claw.Home.Write("openclaw/openclaw.json", "{ channels: { telegram: { botToken: 'hush-hush' } } }");
        var home = Path.Combine(_claw.Home.Path, "openclaw");
        (await _claw.RunAsync("import", "openclaw", home)).ShouldFail().Error.ShouldContain("--yes");
        (await _claw.RunAsync("import", "openclaw", home, "--dry-run")).Output.ShouldContain("needs approval");
        Directory.Exists(Path.Combine(_claw.Data, "skills", "tides")).ShouldBeFalse();
        var result = await _claw.RunAsync("import", "openclaw", home, "--yes", "--json");
        result.ExitCode.ShouldBe(1, "one of the skills is bad");
        result.Json.GetProperty("skills").EnumerateArray().ToDictionary(s => s.GetProperty("name").GetString()!, s => s.GetProperty("state").GetString())
            .ShouldBe(new Dictionary<string, string?> { ["bad"] = "failed", ["weather"] = "pending", ["tides"] = "installed" });
        File.ReadAllText(Path.Combine(_claw.Data, "SOUL.md")).ShouldBe("Be kind.");
        result.Output.ShouldNotContain("hush-hush");
        result.Json.GetProperty("notImported").EnumerateArray().ShouldContain(l => l.GetString()!.Contains("openclaw.json"));
        (await _claw.RunAsync("import", "openclaw", "/no/such/home")).ShouldFail().Error.ShouldContain("does not exist");
    }

    private string Plain() => Path.GetDirectoryName(_claw.Home.WriteSkill("elsewhere/tides", "tides"))!;

    private string Shell() => Path.GetDirectoryName(_claw.Home.WriteSkill("elsewhere/tides", "tides", body: "```sh\ntide\n```"))!;
}
