using System.Formats.Tar;
using System.IO.Compression;
using ClawGrains.Skills.Archives;

namespace ClawGrains.Skills.Tests.Archives;

public sealed class ArchiveExtractorTests : IDisposable
{
    private readonly TemporaryDirectory _archives = new();
    private readonly TemporaryDirectory _outside = new();

    private string Parent => Directory.CreateDirectory(Path.Combine(_outside.Path, "parent")).FullName;

    [Theory]
    [InlineData("a.zip")]
    [InlineData("a.skill")]
    public async Task Zip_Honest_IsUnpacked(string name)
    {
        var result = await Extract(ArchiveFiles.Zip(_archives, z =>
        {
            z.CreateEntry("weather/");
            z.Add("weather/SKILL.md", "skill");
            z.Add("weather/run.sh", "run", 0x81ed);
            z.Add("__MACOSX/weather/._SKILL.md", "trace");
        }, name));
        result.Succeeded.ShouldBeTrue();
        (result.Files, result.Bytes).ShouldBe((2, 8));
        File.ReadAllText(Path.Combine(result.Directory!, "weather", "SKILL.md")).ShouldBe("skill");
        if (!OperatingSystem.IsWindows())
            (File.GetUnixFileMode(Path.Combine(result.Directory!, "weather", "run.sh")) & UnixFileMode.UserExecute).ShouldBe(UnixFileMode.UserExecute);
        Directory.GetFileSystemEntries(result.Directory!).Length.ShouldBe(1);
    }

    [Theory]
    [InlineData(TarEntryFormat.Pax)]
    [InlineData(TarEntryFormat.Gnu)]
    [InlineData(TarEntryFormat.Ustar)]
    [InlineData(TarEntryFormat.V7)]
    public async Task Tar_EachFormatPlainAndPacked_IsUnpacked(TarEntryFormat format)
    {
        var source = Directory.CreateDirectory(Path.Combine(_archives.Path, "source")).FullName;
        File.WriteAllText(Path.Combine(source, "SKILL.md"), "skill");
        var tar = ArchiveFiles.Tar(_archives, t => t.WriteEntry(Path.Combine(source, "SKILL.md"), "./weather/SKILL.md"), format);
        foreach (var archive in (string[])[tar, ArchiveFiles.Gzip(tar)])
        {
            var result = await Extract(archive);
            result.Refusal.ShouldBeNull();
            File.ReadAllText(Path.Combine(result.Directory!, "weather", "SKILL.md")).ShouldBe("skill");
        }
    }

    [ProgramFact("tar")]
    public async Task Tar_MadeByTheTarProgram_IsUnpacked()
    {
        var longName = new string('n', 120);
        _archives.Write($"source/{longName}/SKILL.md", "skill");
        var path = Path.Combine(_archives.Path, "b.tgz");
        using (var tar = System.Diagnostics.Process.Start("tar", ["-czf", path, "-C", Path.Combine(_archives.Path, "source"), "."])) await tar.WaitForExitAsync();
        var result = await Extract(path);
        result.Refusal.ShouldBeNull();
        File.Exists(Path.Combine(result.Directory!, longName, "SKILL.md")).ShouldBeTrue();
    }

    [Theory]
    [InlineData("../evil", ArchiveRefusalReason.Traversal)]
    [InlineData("a/../../evil", ArchiveRefusalReason.Traversal)]
    [InlineData("a/..", ArchiveRefusalReason.Traversal)]
    [InlineData("/etc/evil", ArchiveRefusalReason.Traversal)]
    [InlineData("..\\evil", ArchiveRefusalReason.Traversal)]
    [InlineData("C:/evil", ArchiveRefusalReason.Traversal)]
    [InlineData("file.txt:stream", ArchiveRefusalReason.Traversal)]
    [InlineData("a//b", ArchiveRefusalReason.Name)]
    [InlineData("a/./b", ArchiveRefusalReason.Name)]
    [InlineData("con", ArchiveRefusalReason.Name)]
    [InlineData("a/NUL.txt", ArchiveRefusalReason.Name)]
    [InlineData("COM1 .md", ArchiveRefusalReason.Name)]
    [InlineData("trailing.", ArchiveRefusalReason.Name)]
    [InlineData("trailing ", ArchiveRefusalReason.Name)]
    [InlineData("what?", ArchiveRefusalReason.Name)]
    [InlineData("a\u202egpj.sh", ArchiveRefusalReason.Name)]
    [InlineData("SKILL\u200b.md", ArchiveRefusalReason.Name)]
    [InlineData("\ufeffSKILL.md", ArchiveRefusalReason.Name)]
    [InlineData("\uff0e\uff0e\uff0fevil", ArchiveRefusalReason.Name)]
    [InlineData("a\u2215b", ArchiveRefusalReason.Name)]
    [InlineData("\u212aelvin", ArchiveRefusalReason.Name)]
    public async Task Name_Hostile_IsRefusedInBothFormats(string name, ArchiveRefusalReason reason)
    {
        await ShouldRefuse(ArchiveFiles.Zip(_archives, z => z.Add(name)), reason);
        await ShouldRefuse(ArchiveFiles.Tar(_archives, t => t.Add(name)), reason);
    }

    [Fact]
    public async Task Name_WithALineBreak_IsRefusedAndShownOnOneLine() =>
        await ShouldRefuse(ArchiveFiles.Zip(_archives, z => z.Add("line\nbreak")), ArchiveRefusalReason.Name);

    [Fact]
    public async Task Name_TooLong_IsRefused()
    {
        await ShouldRefuse(ArchiveFiles.Zip(_archives, z => z.Add(new string('n', 256))), ArchiveRefusalReason.Name);
        File.Delete(Path.Combine(_archives.Path, "a.zip"));
        await ShouldRefuse(ArchiveFiles.Zip(_archives, z => z.Add(string.Join('/', Enumerable.Repeat(new string('n', 200), 6)))), ArchiveRefusalReason.Name);
    }

    [Theory]
    [InlineData("SKILL.md", "SKILL.md")]
    [InlineData("SKILL.md", "skill.MD")]
    [InlineData("A/x", "a/y")]
    [InlineData("\u00e9.md", "e\u0301.md")]
    [InlineData("\u00c9.md", "e\u0301.md")]
    [InlineData("\ud55c", "\u1112\u1161\u11ab")]
    [InlineData("a", "a/b")]
    [InlineData("a/b", "a")]
    public async Task Names_ThatCollide_AreRefused(string first, string second)
    {
        await ShouldRefuse(ArchiveFiles.Zip(_archives, z =>
        {
            z.Add(first);
            z.Add(second);
        }), ArchiveRefusalReason.Collision);
    }

    [Fact]
    public async Task Names_InOtherScripts_AreTaken()
    {
        string[] names = ["日本.md", "中国.md", "é.md", "è.md", "हिन्दी.md", "मराठी.md", "Ünïcode/ß.txt", "a b.md"];
        var result = await Extract(ArchiveFiles.Zip(_archives, z => Array.ForEach(names, n => z.Add(n))));
        result.Refusal.ShouldBeNull();
        result.Files.ShouldBe(names.Length);
    }

    [Theory]
    [InlineData(TarEntryType.SymbolicLink)]
    [InlineData(TarEntryType.HardLink)]
    [InlineData(TarEntryType.CharacterDevice)]
    [InlineData(TarEntryType.BlockDevice)]
    [InlineData(TarEntryType.Fifo)]
    public async Task Tar_SpecialFile_IsRefused(TarEntryType type) => await ShouldRefuse(ArchiveFiles.Tar(_archives, t =>
    {
        t.Add("SKILL.md");
        t.AddSpecial(type, "bad", type is TarEntryType.SymbolicLink or TarEntryType.HardLink ? "SKILL.md" : "");
    }), ArchiveRefusalReason.SpecialFile);

    [Theory]
    [InlineData(0xa1ff)]
    [InlineData(0x2180)]
    [InlineData(0x6180)]
    [InlineData(0x1180)]
    [InlineData(0xc180)]
    public async Task Zip_SpecialFile_IsRefused(int mode) =>
        await ShouldRefuse(ArchiveFiles.Zip(_archives, z => z.Add("bad", "/etc/passwd", mode)), ArchiveRefusalReason.SpecialFile);

    [Fact]
    public async Task Tar_LinkThenFileThroughIt_WritesNothingOutside() => await ShouldRefuse(ArchiveFiles.Tar(_archives, t =>
    {
        t.AddSpecial(TarEntryType.SymbolicLink, "d", _outside.Path);
        t.Add("d/evil");
    }), ArchiveRefusalReason.SpecialFile);

    [Fact]
    public async Task Zip_Bomb_IsRefused()
    {
        await ShouldRefuse(ArchiveFiles.Zip(_archives, z => z.Add("zeros", new string('\0', 8 << 20))), ArchiveRefusalReason.TooLarge);
    }

    [Fact]
    public async Task TarGz_Bomb_IsRefused() =>
        await ShouldRefuse(ArchiveFiles.Gzip(ArchiveFiles.Tar(_archives, t => t.Add("zeros", new string('\0', 8 << 20)))), ArchiveRefusalReason.TooLarge);

    [Fact]
    public async Task TarGz_BombInAPassedOverEntry_IsRefused() => await ShouldRefuse(ArchiveFiles.Gzip(ArchiveFiles.Tar(_archives, t =>
    {
        t.Add("other/zeros", new string('\0', 8 << 20));
        t.Add("wanted/SKILL.md");
    })), ArchiveRefusalReason.TooLarge, new ArchiveOptions { Below = "wanted" });

    [Fact]
    public async Task Size_BeyondEachLimit_IsRefused()
    {
        var zip = ArchiveFiles.Zip(_archives, z =>
        {
            z.Add("a", "0123456789");
            z.Add("b/c/d", "0123456789");
        });
        await ShouldRefuse(zip, ArchiveRefusalReason.TooLarge, new ArchiveOptions { MaxBytes = 19 });
        await ShouldRefuse(zip, ArchiveRefusalReason.TooLarge, new ArchiveOptions { MaxEntries = 1 });
        await ShouldRefuse(zip, ArchiveRefusalReason.TooLarge, new ArchiveOptions { MaxDepth = 1 });
        await ShouldRefuse(zip, ArchiveRefusalReason.TooLarge, new ArchiveOptions { MaxArchiveBytes = 100 });
        (await Extract(zip, new ArchiveOptions { MaxBytes = 20, MaxEntries = 2, MaxDepth = 2 })).Refusal.ShouldBeNull();
    }

    [Fact]
    public async Task Zip_Encrypted_IsRefused()
    {
        var path = ArchiveFiles.Zip(_archives, z => z.Add("secret"));
        var bytes = File.ReadAllBytes(path);
        Mark(bytes, [0x50, 0x4b, 3, 4], 6);
        Mark(bytes, [0x50, 0x4b, 1, 2], 8);
        File.WriteAllBytes(path, bytes);
        await ShouldRefuse(path, ArchiveRefusalReason.Encrypted);

        static void Mark(byte[] bytes, ReadOnlySpan<byte> signature, int offset) => bytes[bytes.AsSpan().IndexOf(signature) + offset] |= 1;
    }

    [Fact]
    public async Task Zip_ContentChanged_IsRefused()
    {
        var path = ArchiveFiles.Zip(_archives, z =>
        {
            using var stream = z.CreateEntry("SKILL.md", CompressionLevel.NoCompression).Open();
            stream.Write("content"u8);
        });
        var bytes = File.ReadAllBytes(path);
        bytes[bytes.AsSpan().IndexOf("content"u8)] ^= 1;
        File.WriteAllBytes(path, bytes);
        await ShouldRefuse(path, ArchiveRefusalReason.Damaged);
    }

    [Fact]
    public async Task Any_CutOffAnywhere_IsRefusedAndLeavesNothing()
    {
        var zip = ArchiveFiles.Zip(_archives, z =>
        {
            z.Add("SKILL.md", "some content");
            z.Add("b", "more");
        });
        var tar = ArchiveFiles.Tar(_archives, t =>
        {
            t.Add("SKILL.md", "some content");
            t.Add("b", "more");
        });
        foreach (var path in (string[])[zip, tar, ArchiveFiles.Gzip(tar)])
        {
            var bytes = File.ReadAllBytes(path);
            for (var length = 0; length < bytes.Length - 1024; length += Math.Max(1, bytes.Length / 40)) await Cut(path, bytes, length);
            if (!path.EndsWith(".tar")) await Cut(path, bytes, bytes.Length - 1);
        }

        async Task Cut(string path, byte[] bytes, int length)
        {
            var cut = path + ".cut";
            File.WriteAllBytes(cut, bytes[..length]);
            var result = await Extract(cut);
            result.Refusal.ShouldNotBeNull($"{path} cut at {length} of {bytes.Length}");
            result.Refusal.Reason.ShouldBeOneOf(ArchiveRefusalReason.Damaged, ArchiveRefusalReason.UnknownFormat);
            ShouldBeClean();
        }
    }

    [Fact]
    public async Task Any_OtherFile_IsRefused() => await ShouldRefuse(_archives.Write("a.zip", "no archive"), ArchiveRefusalReason.UnknownFormat);

    [Fact]
    public async Task Any_WithoutFiles_IsRefused() => await ShouldRefuse(ArchiveFiles.Zip(_archives, z => z.CreateEntry("a/")), ArchiveRefusalReason.Empty);

    [Fact]
    public async Task Below_OneFolderOfARepository_TakesOnlyThat()
    {
        var tar = ArchiveFiles.Tar(_archives, t =>
        {
            t.WriteEntry(new PaxGlobalExtendedAttributesTarEntry(new Dictionary<string, string> { ["comment"] = "0123abcd" }));
            t.AddSpecial(TarEntryType.SymbolicLink, "repo-main/link", "/etc/passwd");
            t.Add("repo-main/skills/weather/SKILL.md", "skill");
            t.Add("repo-main/skills/weather2/SKILL.md", "other");
        });
        var result = await Extract(tar, new ArchiveOptions { Below = "*/skills/weather" });
        result.Refusal.ShouldBeNull();
        result.Comment.ShouldBe("0123abcd");
        Directory.GetFileSystemEntries(result.Directory!).Select(Path.GetFileName).ShouldBe(["SKILL.md"]);
        await ShouldRefuse(tar, ArchiveRefusalReason.Empty, new ArchiveOptions { Below = "*/none" }, keep: result.Directory);
    }

    [Fact]
    public async Task Progress_EachFile_IsReported()
    {
        var reports = new List<ArchiveProgress>();
        var path = ArchiveFiles.Zip(_archives, z =>
        {
            z.Add("a");
            z.Add("b");
        });
        await ArchiveExtractor.ExtractAsync(path, Parent, progress: new Direct(reports.Add));
        reports.Select(r => (r.Files, r.Bytes)).ShouldBe([(1, 1), (2, 2)]);
    }

    [Fact]
    public async Task Cancelled_Midway_LeavesNothing()
    {
        using var cancel = new CancellationTokenSource();
        var path = ArchiveFiles.Zip(_archives, z =>
        {
            z.Add("a");
            z.Add("b");
        });
        await Should.ThrowAsync<OperationCanceledException>(() =>
            ArchiveExtractor.ExtractAsync(path, Parent, progress: new Direct(_ => cancel.Cancel()), cancellationToken: cancel.Token));
        ShouldBeClean();
    }

    public void Dispose()
    {
        _archives.Dispose();
        _outside.Dispose();
    }

    private Task<ArchiveResult> Extract(string path, ArchiveOptions? options = null) => ArchiveExtractor.ExtractAsync(path, Parent, options);

    private async Task ShouldRefuse(string path, ArchiveRefusalReason reason, ArchiveOptions? options = null, string? keep = null)
    {
        var result = await Extract(path, options);
        result.Refusal.ShouldNotBeNull();
        result.Refusal.Reason.ShouldBe(reason, result.Refusal.Message);
        result.Refusal.Message.ShouldAllBe(c => !char.IsControl(c) && c != '\u202e');
        ShouldBeClean(keep);
    }

    private void ShouldBeClean(string? keep = null)
    {
        Directory.GetFileSystemEntries(_outside.Path).ShouldBe([Parent]);
        Directory.GetFileSystemEntries(Parent).Where(e => e != keep).ShouldBeEmpty();
    }

    private sealed class Direct(Action<ArchiveProgress> report) : IProgress<ArchiveProgress>
    {
        public void Report(ArchiveProgress value) => report(value);
    }
}
