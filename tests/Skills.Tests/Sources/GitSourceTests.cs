using ClawGrains.Skills.Packages;
using ClawGrains.Skills.Sources;
using ClawGrains.Skills.Tests.Archives;

namespace ClawGrains.Skills.Tests.Sources;

public sealed class GitSourceTests : IDisposable
{
    private const string Host = "git.test";
    private readonly TemporaryDirectory _directory = new();

    private string Repository => Directory.CreateDirectory(Path.Combine(_directory.Path, "server", "owner", "repo")).FullName;
    private string Managed => Path.Combine(_directory.Path, "managed");
    private string Temporary => Directory.CreateDirectory(Path.Combine(_directory.Path, "temporary")).FullName;

    [ProgramFact("git")]
    public async Task Git_PathAndReference_InstallsThatCommit()
    {
        await Commit("first", ("skills/weather/SKILL.md", Skill("weather", "first")), ("skills/rain/SKILL.md", Skill("rain", "rain")), ("big.bin", "x"));
        var first = (await Git("rev-parse", "HEAD")).Trim();
        await Git("tag", "v1");
        await Git("branch", "feature/x");
        await Commit("second", ("skills/weather/SKILL.md", Skill("weather", "second")));

        foreach (var reference in (string[])["v1", "feature/x", first])
        {
            var old = await Install($"{Host}/owner/repo/skills/weather@{reference}");
            old.Errors.ShouldBeEmpty();
            old.Skill!.Description.ShouldBe("first");
            SkillLockFile.Read(Managed).Single().Origin.ShouldBe(new SkillOrigin("git", $"{Host}/owner/repo/skills/weather@{reference}", first));
        }
        var now = await Install($"{Host}/owner/repo/skills/weather");
        now.Skill!.Description.ShouldBe("second");
        Directory.GetFileSystemEntries(now.Directory!).Select(Path.GetFileName).ShouldBe(["SKILL.md"]);
    }

    [ProgramFact("git")]
    public async Task Git_WholeRepository_FindsTheOnlySkillOrNamesAll()
    {
        await Commit("one", ("deep/weather/SKILL.md", Skill("weather", "one")));
        (await Install($"{Host}/owner/repo")).Name.ShouldBe("weather");
        await Commit("two", ("rain/SKILL.md", Skill("rain", "two")));
        var error = (await Install($"{Host}/owner/repo")).Errors.Single();
        (error.Code, error.Message.Contains("deep/weather, rain")).ShouldBe((SourceCodes.Ambiguous, true), error.Message);
    }

    [ProgramFact("git")]
    public async Task Git_NothingThere_IsReportedAndLeavesNothing()
    {
        await Commit("one", ("SKILL.md", Skill("weather", "one")));
        foreach (var what in (string[])["owner/none", "owner/repo@none", "owner/repo/none"])
        {
            var error = (await Install($"{Host}/{what}")).Errors.Single();
            error.Code.ShouldBe(SourceCodes.NotFound, error.Message);
            Directory.Exists(Managed).ShouldBeFalse();
        }
    }

    [ProgramFact("git")]
    public async Task Git_LinkInTheSkill_IsRefused()
    {
        File.CreateSymbolicLink(Path.Combine(Repository, "secret"), "/etc/passwd");
        await Commit("link", ("SKILL.md", Skill("weather", "one")));
        var error = (await Install($"{Host}/owner/repo")).Errors.Single();
        (error.Code, error.Message.Contains("'secret' is a link")).ShouldBe((SourceCodes.Refused, true), error.Message);
    }

    [ProgramFact("git")]
    public async Task Git_FiltersAndHooks_AreNotRun()
    {
        var trace = Path.Combine(_directory.Path, "trace");
        var home = Directory.CreateDirectory(Path.Combine(_directory.Path, "home")).FullName;
        File.WriteAllText(Path.Combine(home, ".gitconfig"), $"[filter \"evil\"]\n\tsmudge = touch {trace}; cat\n\trequired = true\n[core]\n\thooksPath = {home}\n");
        File.WriteAllText(Path.Combine(home, "post-checkout"), $"#!/bin/sh\ntouch {trace}\n");
        File.SetUnixFileMode(Path.Combine(home, "post-checkout"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        await Commit("one", ("SKILL.md", Skill("weather", "one")), (".gitattributes", "* filter=evil\n"));
        var before = Environment.GetEnvironmentVariable("HOME");
        Environment.SetEnvironmentVariable("HOME", home);
        try
        {
            (await Install($"{Host}/owner/repo")).Errors.ShouldBeEmpty();
        }
        finally
        {
            Environment.SetEnvironmentVariable("HOME", before);
        }
        File.Exists(trace).ShouldBeFalse();
    }

    [ProgramFact("git")]
    public async Task Git_CancelledWhileFetching_LeavesNothing()
    {
        await Commit("one", ("SKILL.md", Skill("weather", "one")));
        using var cancel = new CancellationTokenSource();
        await Should.ThrowAsync<OperationCanceledException>(() => new SkillInstaller(Options()).InstallAsync(
            $"{Host}/owner/repo", Managed, progress: new CancelAt(InstallStage.Downloading, cancel), cancellationToken: cancel.Token));
        Directory.Exists(Managed).ShouldBeFalse();
    }

    [Fact]
    public async Task WithoutTheProgram_TheHostsArchiveIsTaken()
    {
        const string Commit = "0123456789abcdef0123456789abcdef01234567";
        var archive = File.ReadAllBytes(ArchiveFiles.Gzip(ArchiveFiles.Tar(_directory, t =>
        {
            t.WriteEntry(new System.Formats.Tar.PaxGlobalExtendedAttributesTarEntry(new Dictionary<string, string> { ["comment"] = Commit }));
            t.Add("repo-1/skills/weather/SKILL.md", Skill("weather", "archived"));
            t.Add("repo-1/SKILL.md", Skill("other", "other"));
        })));
        await using var web = new FakeWeb(_ => new FakeAnswer(200, archive, "application/x-gzip"));
        var options = Options() with { GitProgram = null, GitHosts = new Dictionary<string, Uri> { [Host] = web.Uri } };
        var result = await new SkillInstaller(options).InstallAsync($"{Host}/owner/repo/skills/weather@v1", Managed);
        result.Errors.ShouldBeEmpty();
        web.Asked.ShouldBe(["/owner/repo/archive/v1.tar.gz"]);
        SkillLockFile.Read(Managed).Single().Origin.ShouldBe(new SkillOrigin("git", $"{Host}/owner/repo/skills/weather@v1", Commit));
    }

    public void Dispose()
    {
        Directory.GetFileSystemEntries(Temporary).ShouldBeEmpty();
        _directory.Dispose();
    }

    private SourceOptions Options() => new()
    {
        GitHosts = new Dictionary<string, Uri> { [Host] = new($"file://{Path.Combine(_directory.Path, "server")}") },
        TemporaryDirectory = Temporary,
        Time = new ImmediateTime(),
    };

    private Task<SkillInstallResult> Install(string argument) => new SkillInstaller(Options()).InstallAsync(argument, Managed);

    private static string Skill(string name, string description) => $"---\nname: {name}\ndescription: {description}\n---\nDo it.\n";

    private async Task Commit(string message, params (string Path, string Content)[] files)
    {
        if (!Directory.Exists(Path.Combine(Repository, ".git"))) await Git("init", "-q");
        foreach (var (path, content) in files) _directory.Write(Path.Combine("server", "owner", "repo", path), content);
        await Git("add", "-A");
        await Git("-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "-q", "-m", message);
    }

    private Task<string> Git(params string[] arguments) => GitServer.GitAsync(Repository, arguments);

    private sealed class CancelAt(InstallStage stage, CancellationTokenSource cancel) : IProgress<InstallProgress>
    {
        public void Report(InstallProgress value)
        {
            if (value.Stage == stage) cancel.Cancel();
        }
    }
}
