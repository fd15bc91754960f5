using ClawGrains.EndToEnd.Tests.Command;
using ClawGrains.Skills.Tests.Sources;

namespace ClawGrains.EndToEnd.Tests.Install;

/// <summary><c>github.com/owner/repo[/path][@ref]</c> through the command, from a git server of this machine.</summary>
public sealed class GitInstallTests : IAsyncLifetime
{
    private readonly Claw _claw = new();
    private GitServer _git = null!;

    public Task InitializeAsync()
    {
        _git = new GitServer(Path.Combine(_claw.Home.Path, "git"));
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await _git.DisposeAsync();
        _claw.Dispose();
    }

    [ProgramFact("git")]
    public async Task Install_PathAndBranch_IsInstalledAtItsCommitAndUpdatedWithADiff()
    {
        var first = await _git.CommitAsync("owner/repo", ("skills/tides/SKILL.md", Skill("Look at the moon.")), ("skills/other/SKILL.md", Skill("Other.")), ("big.bin", new string('x', 100_000)));
        await _git.RunAsync("owner/repo", "branch", "stable");
        (await RunAsync("install", "github.com/owner/repo/skills/tides@stable", "--yes")).ShouldSucceed();
        var from = (await _claw.RunAsync("skill", "show", "tides", "--json")).ShouldSucceed().Json.GetProperty("provenance").GetProperty("source");
        (from.GetProperty("kind").GetString(), from.GetProperty("revision").GetString()).ShouldBe(("git", first));
        Directory.GetFileSystemEntries(Path.Combine(_claw.Data, "skills", "tides")).Select(Path.GetFileName).ShouldBe(["SKILL.md"]);
        (await RunAsync("update", "tides")).ShouldSucceed().Output.ShouldContain("tides: current");

        var second = await _git.CommitAsync("owner/repo", ("skills/tides/SKILL.md", Skill("Look at the sun.", "allowed-tools: Bash(date)\n")));
        await _git.RunAsync("owner/repo", "branch", "-f", "stable");
        var dry = (await RunAsync("update", "tides", "--dry-run", "--json")).ShouldSucceed().Json.EnumerateArray().Single();
        (dry.GetProperty("from").GetString(), dry.GetProperty("to").GetString()).ShouldBe((first, second));
        dry.GetProperty("diff").GetString()!.ShouldContain("+Look at the sun.");
        (await RunAsync("update", "tides", "--yes")).ShouldSucceed().Error.ShouldContain("+ asks for tool Bash(date)");
        (await _claw.RunAsync("skill", "show", "tides")).ShouldSucceed().Output.ShouldContain("Look at the moon.", customMessage: "what grows waits");
        (await _claw.RunAsync("skill", "approve", "tides")).ShouldSucceed();
        (await _claw.RunAsync("skill", "show", "tides")).ShouldSucceed().Output.ShouldContain("Look at the sun.");
    }

    [ProgramFact("git")]
    public async Task Install_Commit_IsInstalled()
    {
        var first = await _git.CommitAsync("owner/repo", ("SKILL.md", Skill("First.")));
        await _git.CommitAsync("owner/repo", ("SKILL.md", Skill("Second.")));
        (await RunAsync("install", $"github.com/owner/repo@{first}", "--yes")).ShouldSucceed();
        (await _claw.RunAsync("skill", "show", "tides")).ShouldSucceed().Output.ShouldContain("First.");
    }

    [ProgramFact("git")]
    public async Task Install_NoSuchRepositoryBranchOrPath_SaysWhich()
    {
        await _git.CommitAsync("owner/repo", ("SKILL.md", Skill("First.")));
        foreach (var source in (string[])["github.com/owner/none", "github.com/owner/repo@none", "github.com/owner/repo/none"])
            (await RunAsync("install", source, "--yes", "--json")).ShouldFail().Json.GetProperty("code").GetString().ShouldBe("source_not_found");
        Directory.Exists(Path.Combine(_claw.Data, "skills", "tides")).ShouldBeFalse();
    }

    private Task<ClawResult> RunAsync(string command, params string[] words) => _claw.RunAsync(["skill", command, .. words, "--github", _git.Uri.AbsoluteUri]);

    private static string Skill(string body, string fields = "") => $"---\nname: tides\ndescription: Tells the tides.\n{fields}---\n{body}\n";
}
