using System.IO.Compression;
using ClawGrains.Contracts;
using ClawGrains.Sandbox.Packages;

namespace ClawGrains.Sandbox.Tests.Packages;

public sealed class PluginPackageTests
{
    [Theory]
    [InlineData("../escape")]
    [InlineData("a/../../escape")]
    [InlineData("/etc/cron.d/x")]
    [InlineData("..\\escape")]
    [InlineData("C:/x")]
    public void Zip_WithAPathThatLeaves_Refused(string path)
    {
        using var zip = Zip(path, [1]);
        Should.Throw<PluginException>(() => PluginPackage.FromZip(zip, new PackageLimits())).Error.Kind.ShouldBe(PluginErrorKind.InvalidManifest);
    }

    [Fact]
    public void Zip_WithALink_Refused()
    {
        using var zip = Zip("link", "/etc/passwd"u8.ToArray(), attributes: 0xA1FF << 16);
        Should.Throw<PluginException>(() => PluginPackage.FromZip(zip, new PackageLimits())).Message.ShouldContain("link");
    }

    [Fact]
    public void Zip_ThatUnpacksBeyondTheLimit_Refused()
    {
        using var zip = Zip("bomb", new byte[64 << 20]);
        zip.Length.ShouldBeLessThan(1 << 20);
        Should.Throw<PluginException>(() => PluginPackage.FromZip(zip, new PackageLimits())).Error.Code.ShouldBe("resource_exhausted.size");
    }

    [Fact]
    public void Zip_AndDirectory_OfTheSameFiles_HaveOneHash()
    {
        using var directory = new TemporaryDirectory();
        directory.Write("a/b.txt", "x");
        using var zip = Zip("a/b.txt", "x"u8.ToArray());
        PluginPackage.FromZip(zip, new PackageLimits()).Hash.ShouldBe(PluginPackage.FromDirectory(directory.Path, new PackageLimits()).Hash);
    }

    [Fact]
    public void Directory_WithALink_Refused()
    {
        using var directory = new TemporaryDirectory();
        File.CreateSymbolicLink(Path.Combine(directory.Path, "l"), "/etc/passwd");
        Should.Throw<PluginException>(() => PluginPackage.FromDirectory(directory.Path, new PackageLimits())).Message.ShouldContain("link");
    }

    private static MemoryStream Zip(string path, byte[] content, int attributes = 0)
    {
        var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            var entry = zip.CreateEntry(path);
            entry.ExternalAttributes = attributes;
            using var to = entry.Open();
            to.Write(content);
        }
        stream.Position = 0;
        return stream;
    }
}
