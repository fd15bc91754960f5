using ClawGrains.Components.Wasi.Filesystem;

namespace ClawGrains.Components.Tests.Wasi;

public sealed class PathResolverTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("claw-wasi").FullName;

    public PathResolverTests()
    {
        Directory.CreateDirectory(Path.Combine(_root, "inside/deep"));
        File.WriteAllText(Path.Combine(_root, "inside/deep/file"), "hello");
        File.WriteAllText(Path.Combine(_root, "outside"), "secret");
        File.CreateSymbolicLink(Path.Combine(_root, "inside/up"), "..");
        File.CreateSymbolicLink(Path.Combine(_root, "inside/absolute"), Path.Combine(_root, "outside"));
        File.CreateSymbolicLink(Path.Combine(_root, "inside/escape"), "../outside");
        File.CreateSymbolicLink(Path.Combine(_root, "inside/good"), "deep/../deep/file");
        File.CreateSymbolicLink(Path.Combine(_root, "inside/loop"), "loop");
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private Descriptor Open(bool readOnly = false) => Descriptor.OpenPreopen(Path.Combine(_root, "inside"), readOnly);

    private string Read(string path)
    {
        using var root = Open();
        using var file = root.OpenAt(path, follow: true, default, DescriptorRights.Read);
        return System.Text.Encoding.UTF8.GetString(file.Read(100, 0));
    }

    private string Refusal(string path) => Should.Throw<FilesystemException>(() => Read(path)).Code;

    [Theory]
    [InlineData("deep/file")]
    [InlineData("./deep//file")]
    [InlineData("deep/../deep/file")]
    [InlineData("good")]
    public void OpenAt_PathInside_IsRead(string path) => Read(path).ShouldBe("hello");

    [Theory]
    [InlineData("../outside")]
    [InlineData("deep/../../outside")]
    [InlineData("/etc/passwd")]
    [InlineData("up/outside")]
    [InlineData("absolute")]
    [InlineData("escape")]
    public void OpenAt_PathOutside_IsNotPermitted(string path) => Refusal(path).ShouldBe("not-permitted");

    [Theory]
    [InlineData("loop", "loop")]
    [InlineData("missing", "no-entry")]
    [InlineData("deep/file/x", "not-directory")]
    [InlineData("", "no-entry")]
    [InlineData("a\0b", "invalid")]
    public void OpenAt_BadPath_HasItsCode(string path, string code) => Refusal(path).ShouldBe(code);

    [Fact]
    public void OpenAt_CreateUnderReadOnly_IsRefused()
    {
        using var root = Open(readOnly: true);
        Should.Throw<FilesystemException>(() => root.OpenAt("new", true, new OpenOptions(true, false, false, false), DescriptorRights.Write)).Code.ShouldBe("not-permitted");
        Should.Throw<FilesystemException>(() => root.ToMutate("deep")).Code.ShouldBe("read-only");
    }

    [Fact]
    public void ToMutate_LinkToDirectoryWithSlash_IsTheLinkItself()
    {
        File.CreateSymbolicLink(Path.Combine(_root, "inside/link"), "deep");
        using var root = Open();
        using var entry = root.ToMutate("link/");
        entry.Name.ShouldBe("link");
        Should.Throw<FilesystemException>(() => Posix.UnlinkAt(entry.Directory, entry.Name, Posix.RemoveDirectory)).Code.ShouldBe("not-directory");
        using var through = root.ToRead("link/", follow: false);
        through.Name.ShouldBe("deep");
    }

    [Theory]
    [InlineData("new/")]
    [InlineData("deep/")]
    public void OpenAt_CreateWithSlash_IsADirectory(string path)
    {
        using var root = Open();
        Should.Throw<FilesystemException>(() => root.OpenAt(path, true, new OpenOptions(true, false, false, false), DescriptorRights.Write)).Code.ShouldBe("is-directory");
    }

    [Fact]
    public void List_Directory_GivesNamesWithoutDots()
    {
        using var root = Open();
        Posix.List(root.Handle).Select(e => e.Name).Order().ShouldBe(["absolute", "deep", "escape", "good", "loop", "up"]);
    }
}
