using System.Text.Json;
using ClawGrains.Contracts;
using ClawGrains.Sandbox.Execution;
using ClawGrains.Sandbox.Limits;
using ClawGrains.Sandbox.Permissions;
using ClawGrains.Sandbox.Tests.Support;

namespace ClawGrains.Sandbox.Tests.Wasi;

/// <summary>A C program on wasi-libc (tests/Guests/files), held to the same permissions as the five host functions.</summary>
public sealed class WasiPluginTests : IAsyncLifetime
{
    private readonly Host _host = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Command_IsATool_WithStandardInputAndOutput()
    {
        (await _host.Runtime.GetToolsAsync(Host.Plugin(guest: "files"), TenantId.Default)).ShouldHaveSingleItem().Name.ShouldBe("run");
        (await Run(PluginPermissions.None, [], "shout\n")).Result.ShouldBe("SHOUT\n");
        _host.Lines.ShouldHaveSingleItem().Message.ShouldBe("started with 1 arguments");
    }

    [Fact]
    public async Task Files_BelowAPermittedDirectory_AreReadAndWritten()
    {
        var permitted = new PluginPermissions { Filesystem = ["data"] };
        (await Run(permitted, ["write", "data/a.txt", "hello"])).Result.ShouldBe("wrote data/a.txt\n");
        (await File.ReadAllTextAsync(Path.Combine(_host.Workspace, "data", "a.txt"))).ShouldBe("hello");
        (await Run(permitted, ["read", "/data/a.txt"])).Result.ShouldBe("hello");
        (await _host.Entries("open-at")).Select(e => e.Arguments).ShouldBe(["write a.txt", "read a.txt"]);
    }

    [Theory]
    [InlineData("/etc/passwd")]
    [InlineData("../outside.txt")]
    [InlineData("data/../../outside.txt")]
    [InlineData("other/b.txt")]
    [InlineData("data/link")]
    [InlineData("linked/b.txt")]
    public async Task Files_Elsewhere_AreNotThere(string path)
    {
        await File.WriteAllTextAsync(Path.Combine(_host.Outside, "outside.txt"), "secret");
        Directory.CreateDirectory(Path.Combine(_host.Workspace, "data"));
        Directory.CreateDirectory(Path.Combine(_host.Workspace, "other"));
        await File.WriteAllTextAsync(Path.Combine(_host.Workspace, "other", "b.txt"), "secret");
        File.CreateSymbolicLink(Path.Combine(_host.Workspace, "data", "link"), Path.Combine(_host.Outside, "outside.txt"));
        Directory.CreateSymbolicLink(Path.Combine(_host.Workspace, "linked"), Path.Combine(_host.Workspace, "other"));
        var outcome = await Run(new PluginPermissions { Filesystem = ["data", "linked"] }, ["read", path]);
        outcome.ToolError.ShouldNotBeNull().ShouldNotContain("secret");
    }

    [Fact]
    public async Task Files_ReadOnly_CannotBeWritten()
    {
        Directory.CreateDirectory(Path.Combine(_host.Workspace, "data"));
        (await Run(new PluginPermissions { Filesystem = ["data:ro"] }, ["write", "data/a.txt", "hello"])).ToolError.ShouldNotBeNull();
        Directory.EnumerateFileSystemEntries(Path.Combine(_host.Workspace, "data")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Files_LargerThanMayBeWritten_EndAtTheLimit()
    {
        (await Run(new PluginPermissions { Filesystem = ["data"] }, ["big", "data/big"])).ToolError.ShouldNotBeNull();
        new FileInfo(Path.Combine(_host.Workspace, "data", "big")).Length.ShouldBeLessThanOrEqualTo(PluginLimits.Default.WriteBytes);
    }

    [Fact]
    public async Task Variables_AreThoseThatWereApproved()
    {
        _host.Variables["REGION"] = "north";
        _host.Variables["OPENAI_API_KEY"] = "sk-secret";
        var permitted = new PluginPermissions { Environment = ["REGION"] };
        (await Run(permitted, ["env", "REGION"])).Result.ShouldBe("north\n");
        (await Run(permitted, ["env", "OPENAI_API_KEY"])).Result.ShouldBe("(none)\n");
    }

    private Task<PluginOutcome> Run(PluginPermissions permissions, string[] args, string stdin = "") =>
        _host.Runtime.ExecuteToolAsync(Host.Plugin(permissions, guest: "files"), TenantId.Default, ("run", JsonSerializer.Serialize(new { args, stdin })));
}
