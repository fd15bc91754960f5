using ClawGrains.Skills.Sources;

namespace ClawGrains.Skills.Tests.Sources;

/// <summary>Every kind of hostile archive in every format, by every way an archive comes in.</summary>
public sealed class HostileArchiveTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public static TheoryData<string, string> Archives
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var kind in HostileArchive.Kinds.Keys)
                foreach (var format in HostileArchive.Formats) data.Add(kind, format);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Archives))]
    public async Task Install_HostileFile_IsRefusedAndNothingIsWritten(string kind, string format)
    {
        var archive = Write(kind, format);
        await ShouldRefuse(archive);
    }

    [Theory]
    [InlineData("parent directory")]
    [InlineData("symbolic link")]
    [InlineData("bomb of one file")]
    public async Task Install_HostileDownload_IsRefusedAndNothingIsWritten(string kind)
    {
        foreach (var format in HostileArchive.Formats)
        {
            var bytes = File.ReadAllBytes(Write(kind, format));
            await using var web = new FakeWeb(_ => new FakeAnswer(200, bytes));
            await ShouldRefuse(new Uri(web.Uri, $"evil{format}").AbsoluteUri);
        }
    }

    public void Dispose() => _directory.Dispose();

    private string Outside => Directory.CreateDirectory(Path.Combine(_directory.Path, "outside")).FullName;

    private string Temporary => Directory.CreateDirectory(Path.Combine(_directory.Path, "temporary")).FullName;

    private string Write(string kind, string format)
    {
        var path = Path.Combine(Directory.CreateDirectory(Path.Combine(_directory.Path, "archives")).FullName, $"evil{format}");
        HostileArchive.Write(path, kind, Outside);
        return path;
    }

    private async Task ShouldRefuse(string source)
    {
        var managed = Path.Combine(_directory.Path, "managed");
        var options = new SourceOptions { Time = new ImmediateTime(), TemporaryDirectory = Temporary };
        var result = await new SkillInstaller(options).InstallAsync(source, managed);
        var error = result.Errors.ShouldHaveSingleItem();
        error.Code.ShouldBeOneOf(SourceCodes.Archive, SourceCodes.TooLarge);
        error.Message.ShouldAllBe(c => !char.IsControl(c) && c != '\u202e' && c != '\u200b', "what is shown can't deceive");
        Directory.Exists(managed).ShouldBeFalse();
        Directory.GetFileSystemEntries(Outside).ShouldBeEmpty();
        Directory.GetFileSystemEntries(Temporary).ShouldBeEmpty();
        Directory.GetFiles(_directory.Path, "evil", SearchOption.AllDirectories).ShouldBeEmpty();
    }
}
