using System.IO.Compression;
using System.Text;
using ClawGrains.Contracts;
using ClawGrains.Sandbox.Packages;
using ClawGrains.Sandbox.Tests.Support;

namespace ClawGrains.Sandbox.Tests.Security;

/// <summary>Archives with a good plugin in them, and something else.</summary>
public sealed class ArchiveAttacks
{
    private const string Manifest = """{"id":"com.example.probe","name":"Probe","version":"1.0.0"}""";

    [Fact]
    public async Task GoodArchive_InstallsAndRuns()
    {
        await using var host = new Host();
        var registry = (await Installs.OnAsync(host)).Open();
        await registry.InstallAsync(PluginPackage.FromZip(Zip(), new PackageLimits()));
        (await host.Run(registry.Runnable(Installs.Id), "echo")).Result.ShouldBe("{}");
    }

    [Theory]
    [InlineData("../../etc/cron.d/evil")]
    [InlineData("/etc/cron.d/evil")]
    [InlineData("skills/../../evil")]
    [InlineData("..\\evil")]
    [InlineData("C:\\evil")]
    [InlineData("plugin.wasm:stream")]
    public void PathThatLeaves_Refused(string path) => Refused(Zip((path, "x"u8.ToArray(), 0)), "not a path inside");

    [Theory]
    [InlineData(0xA1FF)]
    [InlineData(0x21B6)]
    [InlineData(0x61B6)]
    public void LinksAndDevices_Refused(int mode) => Refused(Zip(("skills/x", "/etc/passwd"u8.ToArray(), mode << 16)), "link or a device");

    [Fact]
    public void SameFileTwice_Refused() => Refused(Zip(("plugin.wasm", [0], 0)), "there twice");

    [Fact]
    public void BombOfOneFile_Refused() => Exhausted(Zip(("bomb", new byte[64 << 20], 0)));

    [Fact]
    public void BombOfManyFiles_Refused() => Exhausted(Zip([.. Enumerable.Range(0, 1_000).Select(i => ($"f{i}", new byte[10], 0))]));

    [Fact]
    public void BombOfMiddlingFiles_Refused() => Exhausted(Zip([.. Enumerable.Range(0, 20).Select(i => ($"f{i}", new byte[1 << 20], 0))]));

    [Fact]
    public void ArchiveThatLiesAboutItsSizes_UnpacksNoMoreThanItSays()
    {
        var bytes = Zip(("bomb", new byte[32 << 20], 0)).ToArray();
        // The uncompressed size in the central directory's last entry is made small.
        var entry = bytes.AsSpan().LastIndexOf("PK\u0001\u0002"u8);
        BitConverter.TryWriteBytes(bytes.AsSpan(entry + 24), 16);
        PluginPackage.FromZip(new MemoryStream(bytes), new PackageLimits()).Files["bomb"].Length.ShouldBeLessThanOrEqualTo(16);
    }

    [Theory]
    [InlineData("PK\u0003\u0004 and nothing more")]
    [InlineData("")]
    public void TextThatIsNoArchive_Refused(string text) => Refused(new MemoryStream(Encoding.Latin1.GetBytes(text)), "not a zip archive");

    private static void Refused(Stream archive, string why) =>
        Should.Throw<PluginException>(() => PluginPackage.FromZip(archive, new PackageLimits())).Message.ShouldContain(why);

    private static void Exhausted(Stream archive) =>
        Should.Throw<PluginException>(() => PluginPackage.FromZip(archive, new PackageLimits())).Error.Code.ShouldBe("resource_exhausted.size");

    private static MemoryStream Zip(params (string Path, byte[] Content, int Attributes)[] more)
    {
        var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (path, content, attributes) in more.Prepend(("plugin.wasm", Host.Guest("probe"), 0)).Prepend(("clawgrains.plugin.json", Encoding.UTF8.GetBytes(Manifest), 0)))
            {
                var entry = zip.CreateEntry(path);
                entry.ExternalAttributes = attributes;
                using var to = entry.Open();
                to.Write(content);
            }
        }
        stream.Position = 0;
        return stream;
    }
}
