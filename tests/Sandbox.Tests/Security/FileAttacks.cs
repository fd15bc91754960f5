using ClawGrains.Sandbox.Permissions;
using ClawGrains.Sandbox.Tests.Support;

namespace ClawGrains.Sandbox.Tests.Security;

public sealed class FileAttacks : IAsyncLifetime
{
    private static readonly PluginPermissions Data = new() { Filesystem = ["data"] };
    private readonly Host _host = new();

    private string Inside => Path.Combine(_host.Workspace, "data");

    public Task InitializeAsync()
    {
        Directory.CreateDirectory(Inside);
        File.WriteAllText(Path.Combine(Inside, "a.txt"), "contents");
        File.WriteAllText(Path.Combine(_host.Outside, "secret.txt"), "not yours");
        return Task.CompletedTask;
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task T14_ReadInside_GivesContents() => (await Read("data/a.txt")).Result.ShouldBe("contents");

    [Fact]
    public async Task T15_ReadEtcPasswd_Denied() => (await Read("/etc/passwd")).ToolError!.ShouldStartWith("permission_denied: path outside");

    [Fact]
    public async Task T16_ReadByParentDirectories_Denied() => (await Read("../../etc/passwd")).ToolError!.ShouldStartWith("permission_denied: path outside");

    [Fact]
    public async Task T17_ReadThroughSymlinkThatLeaves_Denied()
    {
        File.CreateSymbolicLink(Path.Combine(Inside, "link"), Path.Combine(_host.Outside, "secret.txt"));
        (await Read("data/link")).ToolError.ShouldBe("permission_denied: symlink");
        Directory.CreateSymbolicLink(Path.Combine(Inside, "dir"), _host.Outside);
        (await Read("data/dir/secret.txt")).ToolError.ShouldBe("permission_denied: symlink");
    }

    [Fact]
    public async Task T18_WriteInside_Succeeds()
    {
        (await Write("data/new/b.txt", "written")).Result.ShouldBe("\"written\"");
        File.ReadAllText(Path.Combine(Inside, "new", "b.txt")).ShouldBe("written");
        Directory.EnumerateFiles(Path.Combine(Inside, "new")).Count().ShouldBe(1, "a temporary file was left");
    }

    [Theory]
    [InlineData("/tmp/clawgrains-outside")]
    [InlineData("../outside.txt")]
    [InlineData("other/b.txt")]
    [InlineData("data/../other.txt")]
    public async Task T19_WriteOutside_Denied(string path) => (await Write(path, "x")).ToolError!.ShouldStartWith("permission_denied: path outside");

    [Fact]
    public async Task T20_ReadMoreThanEightMegabytes_Denied()
    {
        File.WriteAllBytes(Path.Combine(Inside, "big"), new byte[(8 << 20) + 1]);
        (await Read("data/big")).ToolError!.ShouldContain("too large");
    }

    [Fact]
    public async Task T21_NoFilesystemPermission_Denied() =>
        (await _host.Run(Host.Plugin(), "read", new { path = "data/a.txt" })).ToolError.ShouldBe("permission_denied: filesystem access not permitted");

    [Fact]
    public async Task T22_WriteThroughSymlinkThatLeaves_Denied()
    {
        File.CreateSymbolicLink(Path.Combine(Inside, "link"), Path.Combine(_host.Outside, "secret.txt"));
        (await Write("data/link", "x")).ToolError.ShouldBe("permission_denied: symlink");
        File.ReadAllText(Path.Combine(_host.Outside, "secret.txt")).ShouldBe("not yours");
    }

    [Theory]
    [InlineData("/proc/self/environ")]
    [InlineData("data/../../../../proc/self/environ")]
    [InlineData("/proc/self/root/etc/passwd")]
    [InlineData("/proc/self/cwd/../../etc/passwd")]
    [InlineData("//etc/passwd")]
    [InlineData("file:///etc/passwd")]
    [InlineData("data//../..//../etc/passwd")]
    [InlineData("~/.ssh/id_rsa")]
    public async Task ProcSelf_Denied(string path) => (await Read(path)).ToolError!.ShouldStartWith("permission_denied");

    [Fact]
    public async Task Write_MoreThanFourMegabytes_Denied() =>
        (await _host.Run(Host.Plugin(Data), "write", new { path = "data/big", bytes = $"{(4 << 20) + 1}" })).ToolError!.ShouldContain("too large");

    [Fact]
    public async Task ReadOnlyPath_Written_Denied() =>
        (await _host.Run(Host.Plugin(new PluginPermissions { Filesystem = ["data:ro"] }), "write", new { path = "data/a.txt", content = "x" }))
            .ToolError!.ShouldContain("permitted for writing");

    [ProgramFact("ln")]
    public async Task HardLink_ReadAndWritten_Denied()
    {
        using (var ln = System.Diagnostics.Process.Start("ln", [Path.Combine(_host.Outside, "secret.txt"), Path.Combine(Inside, "hard")])) await ln.WaitForExitAsync();
        (await Read("data/hard")).ToolError!.ShouldContain("hard link");
        (await Write("data/hard", "x")).ToolError!.ShouldContain("hard link");
        File.ReadAllText(Path.Combine(_host.Outside, "secret.txt")).ShouldBe("not yours");
    }

    [ProgramFact("mkfifo")]
    public async Task Fifo_Denied_WithoutBlocking()
    {
        using (var make = System.Diagnostics.Process.Start("mkfifo", [Path.Combine(Inside, "pipe")])) await make.WaitForExitAsync();
        (await Read("data/pipe")).ToolError.ShouldBe("permission_denied: not a regular file");
    }

    [Fact]
    public async Task Symlink_SwappedInWhileReading_NeverLeaves()
    {
        var (path, link) = (Path.Combine(Inside, "a.txt"), Path.Combine(Inside, "swap"));
        var swapper = Task.Run(() =>
        {
            for (var i = 0; i < 500; i++)
            {
                File.CreateSymbolicLink(link, Path.Combine(_host.Outside, "secret.txt"));
                File.Move(link, path, overwrite: true);
                File.WriteAllText(link, "contents");
                File.Move(link, path, overwrite: true);
            }
        });
        while (!swapper.IsCompleted) (await Read("data/a.txt")).Result.ShouldBeOneOf("contents", "", null);
        await swapper;
    }

    [Fact]
    public async Task Directory_SwappedForALinkWhileWriting_NeverLeaves()
    {
        var (path, aside) = (Path.Combine(Inside, "dir"), Path.Combine(_host.Workspace, "aside"));
        Directory.CreateDirectory(path);
        var target = Directory.CreateDirectory(Path.Combine(_host.Outside, "target")).FullName;
        var swapper = Task.Run(() =>
        {
            for (var i = 0; i < 300; i++)
            {
                Directory.Move(path, aside);
                Directory.CreateSymbolicLink(path, target);
                File.Delete(path);
                Directory.Move(aside, path);
            }
        });
        while (!swapper.IsCompleted) await Write("data/dir/x", "x");
        await swapper.ContinueWith(_ => { }, TaskScheduler.Default);
        Directory.EnumerateFileSystemEntries(target).ShouldBeEmpty();
    }

    private Task<Execution.PluginOutcome> Read(string path) => _host.Run(Host.Plugin(Data), "read", new { path });

    private Task<Execution.PluginOutcome> Write(string path, string content) => _host.Run(Host.Plugin(Data), "write", new { path, content });
}
