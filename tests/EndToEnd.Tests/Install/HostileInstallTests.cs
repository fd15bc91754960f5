using ClawGrains.EndToEnd.Tests.Command;
using ClawGrains.Skills.Tests.Sources;

namespace ClawGrains.EndToEnd.Tests.Install;

/// <summary>What means no good, through the command.</summary>
public sealed class HostileInstallTests : IDisposable
{
    private readonly Claw _claw = new();

    public void Dispose() => _claw.Dispose();

    [Theory]
    [InlineData(".zip")]
    [InlineData(".skill")]
    [InlineData(".tar.gz")]
    public async Task Install_HostileArchives_AreRefusedAndNothingIsWritten(string format)
    {
        var outside = Directory.CreateDirectory(Path.Combine(_claw.Home.Path, "outside")).FullName;
        var archive = Path.Combine(_claw.Home.Path, $"archive{format}");
        foreach (var kind in (string[])["parent directory", "absolute path", "file through a link", "block device", "bomb of one file", "names that differ in case", "text that turns around"])
        {
            HostileArchive.Write(archive, kind, outside);
            var result = (await _claw.RunAsync("skill", "install", archive, "--approve", "--json")).ShouldFail();
            result.Json.GetProperty("code").GetString().ShouldBeOneOf("source_archive", "source_too_large");
        }
        Directory.GetFileSystemEntries(outside).ShouldBeEmpty();
        Directory.GetFiles(_claw.Home.Path, "evil", SearchOption.AllDirectories).ShouldBeEmpty();
        Directory.Exists(Path.Combine(_claw.Data, "skills", "evil")).ShouldBeFalse();
    }

    [Fact]
    public async Task Install_DownloadThatBreaksOff_IsBegunAnewAndInstalled()
    {
        var archive = Path.Combine(_claw.Home.Path, "tides.zip");
        System.IO.Compression.ZipFile.CreateFromDirectory(Path.GetDirectoryName(_claw.Home.WriteSkill("elsewhere/tides", "tides"))!, archive);
        var bytes = await File.ReadAllBytesAsync(archive);
        var asked = 0;
        await using var web = new FakeWeb(_ => ++asked == 1 ? new FakeAnswer(200, bytes[..(bytes.Length / 2)], Announced: bytes.Length) : new FakeAnswer(200, bytes));
        (await _claw.RunAsync("skill", "install", new Uri(web.Uri, "tides.zip").AbsoluteUri, "--yes")).ShouldSucceed().Output.ShouldContain("Installed tides");
        asked.ShouldBe(2);
    }

    [Fact]
    public async Task Install_ByThePolicyOfTheSettings_IsRefusedOrLetThrough()
    {
        var skill = Path.GetDirectoryName(_claw.Home.WriteSkill("elsewhere/tides", "tides", body: "Buy at tides.example."))!;
        (await _claw.RunAsync("config", "set", "plugins.scan", """{"extra":[{"name":"no-tides","severity":"critical","pattern":"tides\\.example","message":"names a shop"}]}""")).ShouldSucceed();
        (await _claw.RunAsync("skill", "install", skill, "--yes")).ShouldFail().Error.ShouldContain("--accept-findings");
        (await _claw.RunAsync("config", "set", "plugins.scan.may_force", "false")).ShouldSucceed();
        (await _claw.RunAsync("skill", "install", skill, "--yes", "--accept-findings")).ShouldFail().Error.ShouldContain("policy (plugins.scan) lets nobody accept");
        (await _claw.RunAsync("config", "set", "plugins.scan.rules", """{"no-tides":"off"}""")).ShouldSucceed();
        (await _claw.RunAsync("skill", "install", skill, "--yes")).ShouldSucceed();
        (await _claw.RunAsync("config", "set", "plugins.scan.rules", """{"no-such-rule":"off"}""")).ShouldFail().Error.ShouldContain("no rule 'no-such-rule'");
    }
}
