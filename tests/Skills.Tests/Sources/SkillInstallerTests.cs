using System.IO.Compression;
using ClawGrains.Skills.Packages;
using ClawGrains.Skills.Sources;
using ClawGrains.Skills.Tests.Archives;

namespace ClawGrains.Skills.Tests.Sources;

public sealed class SkillInstallerTests : IDisposable
{
    private const string Skill = "---\nname: weather\ndescription: Tells the weather.\n---\nDo it.\n";
    private readonly TemporaryDirectory _directory = new();
    private readonly List<InstallProgress> _progress = [];
    private bool _once;

    private string Managed => Path.Combine(_directory.Path, "managed");

    [Fact]
    public async Task Install_Directory_IsInstalledAndStays()
    {
        var source = _directory.WriteSkill("source/weather", "weather");
        (await Install(Path.GetDirectoryName(source)!)).Succeeded.ShouldBeTrue();
        File.Exists(source).ShouldBeTrue();
        Locked().Origin.Kind.ShouldBe("path");
    }

    [Theory]
    [InlineData("")]
    [InlineData("weather/")]
    [InlineData("a/b/weather/")]
    public async Task Install_Archive_IsInstalledWhereverTheSkillLies(string folder)
    {
        var archive = ArchiveFiles.Zip(_directory, z => z.Add(folder + "SKILL.md", Skill), "weather.skill");
        var result = await Install(archive);
        result.Errors.ShouldBeEmpty();
        result.Skill!.Name.ShouldBe("weather");
        Locked().Origin.ShouldBe(new SkillOrigin("archive", archive));
        _progress.Select(p => p.Stage).Distinct().ShouldBe([InstallStage.Resolving, InstallStage.Unpacking, InstallStage.Installing]);
    }

    [Fact]
    public async Task Install_ArchiveWithSeveralSkills_NamesThem()
    {
        var archive = ArchiveFiles.Zip(_directory, z =>
        {
            z.Add("one/SKILL.md", Skill);
            z.Add("two/SKILL.md", Skill);
        });
        var error = await ShouldFail(archive, SourceCodes.Ambiguous);
        error.ShouldContain("one, two");
    }

    [Fact]
    public async Task Install_HostileArchive_LeavesNothing() =>
        await ShouldFail(ArchiveFiles.Zip(_directory, z =>
        {
            z.Add("SKILL.md", Skill);
            z.Add("../../evil");
        }), SourceCodes.Archive);

    [Fact]
    public async Task Install_UrlOfAnArchive_IsInstalledThroughARedirect()
    {
        await using var web = new FakeWeb(r => r.Url!.AbsolutePath == "/moved"
            ? new FakeAnswer(302, []) { Headers = { ["Location"] = "/weather.zip" } }
            : new FakeAnswer(200, Zip(Skill)));
        (await Install(new Uri(web.Uri, "moved").AbsoluteUri)).Errors.ShouldBeEmpty();
        Locked().Origin.Kind.ShouldBe("url");
        _progress.ShouldContain(p => p.Stage == InstallStage.Downloading && p.Done > 0 && p.Done == p.Total);
    }

    [Fact]
    public async Task Install_UrlOfASkillFile_IsInstalled()
    {
        await using var web = new FakeWeb(_ => FakeAnswer.Text(200, Skill));
        (await Install(new Uri(web.Uri, "skills/weather/SKILL.md").AbsoluteUri)).Name.ShouldBe("weather");
    }

    [Theory]
    [InlineData(200, "", "a web page (HTML) came instead of the file", SourceCodes.Archive)]
    [InlineData(302, "/a.zip", "leads on to /a.zip, which is not followed", SourceCodes.Unavailable)]
    [InlineData(302, "file:///etc/passwd", "leads on to", SourceCodes.Unavailable)]
    public async Task Install_UrlThatAnswersWithNoFile_SaysWhatCame(int status, string location, string why, string code)
    {
        await using var web = new FakeWeb(_ => new FakeAnswer(status, "<html>"u8.ToArray(), "text/html")
        {
            Headers = location.Length == 0 ? [] : new Dictionary<string, string> { ["Location"] = location },
        });
        var url = new Uri(web.Uri, "a.zip").AbsoluteUri;
        (await ShouldFail(url, code, Quick())).ShouldSatisfyAllConditions(e => e.ShouldStartWith(url), e => e.ShouldContain(why));
    }

    [Fact]
    public async Task Install_PlainHttpToAnotherMachine_IsRefused() => await ShouldFail("http://example.com/weather.zip", SourceCodes.Refused);

    [Fact]
    public async Task Install_UrlMissing_IsReported()
    {
        await using var web = new FakeWeb(_ => FakeAnswer.Text(404, "no\u001b[31m such file"));
        (await ShouldFail(new Uri(web.Uri, "a.zip").AbsoluteUri, SourceCodes.NotFound)).ShouldNotContain("\u001b");
        web.Asked.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Install_ConnectionBreaks_IsBegunAnew()
    {
        var zip = Zip(Skill);
        var asked = 0;
        await using var web = new FakeWeb(_ => ++asked switch
        {
            1 => FakeAnswer.Text(503, "busy"),
            2 => new FakeAnswer(200, zip[..10], Announced: zip.Length),
            _ => new FakeAnswer(200, zip),
        });
        (await Install(new Uri(web.Uri, "a.zip").AbsoluteUri)).Errors.ShouldBeEmpty();
        asked.ShouldBe(3);
    }

    [Fact]
    public async Task Install_ConnectionBreaksMidwayThroughALargeFile_BeginsAnewWithTheWholeAndLeavesNoHalf()
    {
        var zip = LargeZip();
        await using var breaking = new FakeWeb(_ => Once() ? new FakeAnswer(200, zip[..(zip.Length / 2)], Announced: zip.Length) : new FakeAnswer(200, zip));
        (await Install(new Uri(breaking.Uri, "a.zip").AbsoluteUri)).Errors.ShouldBeEmpty();
        breaking.Asked.Count.ShouldBe(2);
        breaking.Ranges.ShouldAllBe(r => r == null, "a download is begun anew, not resumed");
        var done = _progress.Where(p => p.Stage == InstallStage.Downloading).Select(p => p.Done).ToArray();
        done.ShouldContain(zip.Length);
        done.Zip(done.Skip(1)).Count(p => p.Second < p.First).ShouldBe(1, "the bar went back once");
    }

    [Fact]
    public async Task Install_ConnectionBreaksEachTime_IsGivenUpAfterThreeAndLeavesNothing()
    {
        var zip = LargeZip();
        await using var web = new FakeWeb(_ => new FakeAnswer(200, zip[..(zip.Length / 2)], Announced: zip.Length));
        (await ShouldFail(new Uri(web.Uri, "a.zip").AbsoluteUri, SourceCodes.Unavailable)).ShouldContain("cannot be downloaded");
        web.Asked.Count.ShouldBe(3);
    }

    [Fact]
    public async Task Install_DownloadBeyondTheLimit_IsRefused()
    {
        await using var web = new FakeWeb(_ => new FakeAnswer(200, new byte[5000]));
        await ShouldFail(new Uri(web.Uri, "a.zip").AbsoluteUri, SourceCodes.TooLarge, Quick() with { Archives = new() { MaxArchiveBytes = 4000 } });
    }

    [Fact]
    public async Task Install_CancelledWhileUnpacking_LeavesNothing()
    {
        using var cancel = new CancellationTokenSource();
        var archive = ArchiveFiles.Zip(_directory, z =>
        {
            z.Add("SKILL.md", Skill);
            z.Add("other");
        });
        await Should.ThrowAsync<OperationCanceledException>(() => new SkillInstaller(Quick()).InstallAsync(
            archive, Managed, progress: new Direct(p => Array.ForEach(p.Stage == InstallStage.Unpacking ? [1] : Array.Empty<int>(), _ => cancel.Cancel())), cancellationToken: cancel.Token));
        Directory.Exists(Managed).ShouldBeFalse();
    }

    [Fact]
    public async Task ClawHub_Slug_IsResolvedVerifiedAndInstalled()
    {
        var hub = new FakeClawHub();
        await using var web = new FakeWeb(hub.Answer);
        var options = Quick() with { ClawHub = web.Uri, ClawHubToken = "secret" };
        (await Install("gifgrep", options)).Errors.ShouldBeEmpty();
        Locked().Origin.ShouldBe(new SkillOrigin("clawhub", "clawhub:gifgrep", "1.2.3"));
        web.Asked.ShouldBe(["/api/v1/skills/gifgrep", "/api/v1/skills/gifgrep/versions/1.2.3", "/api/v1/download?slug=gifgrep&version=1.2.3"]);
        web.Tokens.ShouldAllBe(t => t == "Bearer secret");
        (await Install("@steipete/gifgrep@1.2.3", options)).Errors.ShouldBeEmpty();
        web.Asked[^1].ShouldBe("/api/v1/download?slug=gifgrep&ownerHandle=steipete&version=1.2.3");
    }

    [Fact]
    public async Task ClawHub_Search_GivesHits()
    {
        await using var web = new FakeWeb(new FakeClawHub().Answer);
        var hits = await new SkillInstaller(Quick() with { ClawHub = web.Uri }).SearchAsync("gif & grep", 5);
        hits.ShouldBe([new ClawHubSkill("gifgrep", "GifGrep", "Finds.", "1.2.3", "steipete")]);
        web.Asked.ShouldBe(["/api/v1/search?q=gif%20%26%20grep&limit=5"]);
    }

    [Theory]
    [InlineData("SKILL.md", "---\nname: gifgrep\ndescription: Other.\n---\n")]
    [InlineData("extra.sh", "evil")]
    public async Task ClawHub_ArchiveIsNotWhatIsListed_IsRefused(string file, string content)
    {
        var hub = new FakeClawHub();
        foreach (var (name, text) in hub.Files) hub.Sent[name] = text;
        hub.Sent[file] = content;
        await using var web = new FakeWeb(hub.Answer);
        (await ShouldFail("gifgrep", SourceCodes.HashChanged, Quick() with { ClawHub = web.Uri })).ShouldContain(file);
    }

    [Fact]
    public async Task ClawHub_SameVersionWithOtherContent_IsRefusedByTheLockFile()
    {
        var hub = new FakeClawHub();
        await using var web = new FakeWeb(hub.Answer);
        var options = Quick() with { ClawHub = web.Uri };
        var first = await Install("gifgrep", options);
        hub.Files["scripts/run.sh"] = "changed";
        var second = await Install("gifgrep", options);
        second.Errors.Single().Code.ShouldBe(SourceCodes.HashChanged);
        File.ReadAllText(Path.Combine(first.Directory!, "scripts", "run.sh")).ShouldBe("run");
        hub.Latest = "1.2.4";
        (await Install("gifgrep", options)).Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task ClawHub_Flagged_IsRefused()
    {
        var hub = new FakeClawHub { Moderation = new { isSuspicious = true, isMalwareBlocked = false } };
        await using var web = new FakeWeb(hub.Answer);
        var options = Quick() with { ClawHub = web.Uri };
        await ShouldFail("gifgrep", SourceCodes.Refused, options);
        (await Install("gifgrep", options with { AllowSuspicious = true })).Errors.ShouldBeEmpty();
        hub.Moderation = new { isSuspicious = true, isMalwareBlocked = true };
        (await Install("gifgrep", options with { AllowSuspicious = true })).Errors.Single().Code.ShouldBe(SourceCodes.Refused);
    }

    [Theory]
    [InlineData("unknown")]
    [InlineData("gifgrep@9.9.9")]
    public async Task ClawHub_NoSuchSkillOrVersion_IsReported(string argument)
    {
        await using var web = new FakeWeb(new FakeClawHub().Answer);
        await ShouldFail(argument, SourceCodes.NotFound, Quick() with { ClawHub = web.Uri });
    }

    public void Dispose()
    {
        Directory.GetFileSystemEntries(Temporary).ShouldBeEmpty();
        _directory.Dispose();
    }

    private string Temporary => Directory.CreateDirectory(Path.Combine(_directory.Path, "temporary")).FullName;

    private SourceOptions Quick() => new() { Time = new ImmediateTime(), TemporaryDirectory = Temporary };

    private static byte[] Zip(string skill)
    {
        var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true)) zip.Add("SKILL.md", skill);
        return stream.ToArray();
    }

    private bool Once() => !_once && (_once = true);

    private static byte[] LargeZip()
    {
        var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            zip.Add("SKILL.md", Skill);
            var noise = new byte[1 << 20];
            new Random(1).NextBytes(noise);
            using var entry = zip.CreateEntry("data.bin", CompressionLevel.NoCompression).Open();
            entry.Write(noise);
        }
        return stream.ToArray();
    }

    private SkillLockEntry Locked() => SkillLockFile.Read(Managed).Single();

    private Task<SkillInstallResult> Install(string argument, SourceOptions? options = null) =>
        new SkillInstaller(options ?? Quick()).InstallAsync(argument, Managed, progress: new Direct(_progress.Add));

    private async Task<string> ShouldFail(string argument, string code, SourceOptions? options = null)
    {
        var result = await Install(argument, options);
        result.Errors.Single().Code.ShouldBe(code, result.Errors[0].Message);
        Directory.Exists(Managed).ShouldBeFalse();
        return result.Errors[0].Message;
    }

    private sealed class Direct(Action<InstallProgress> report) : IProgress<InstallProgress>
    {
        public void Report(InstallProgress value) => report(value);
    }
}
