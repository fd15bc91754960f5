using System.Text;
using ClawGrains.Contracts;
using ClawGrains.Grains.Skills;

namespace ClawGrains.Grains.Tests.Skills;

public sealed class SkillDirectoryTests : IDisposable
{
    private readonly TemporaryDirectory _home = new();

    private string Skill => Path.Combine(_home.Path, "skill");

    public SkillDirectoryTests()
    {
        _home.Write("skill/SKILL.md", "x");
        _home.Write("skill/refs/a.md", "hello");
        _home.Write("secret.txt", "secret");
    }

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task Read_FileWithin_GivesItsContent() =>
        Encoding.UTF8.GetString((await SkillDirectory.ReadAsync(Skill, "refs/a.md", default))!.Value.AsSpan()).ShouldBe("hello");

    [Theory]
    [InlineData("../secret.txt")]
    [InlineData("refs/../../secret.txt")]
    [InlineData("/etc/passwd")]
    [InlineData("")]
    [InlineData("refs")]
    [InlineData("nope.md")]
    [InlineData("a\0b")]
    public async Task Read_PathThatIsNoFileWithin_IsNull(string path) =>
        (await SkillDirectory.ReadAsync(Skill, path, default)).ShouldBeNull();

    [Fact]
    public async Task Read_ThroughLinks_IsNull()
    {
        File.CreateSymbolicLink(Path.Combine(Skill, "link.txt"), Path.Combine(_home.Path, "secret.txt"));
        Directory.CreateSymbolicLink(Path.Combine(Skill, "out"), _home.Path);
        (await SkillDirectory.ReadAsync(Skill, "link.txt", default)).ShouldBeNull();
        (await SkillDirectory.ReadAsync(Skill, "out/secret.txt", default)).ShouldBeNull();
    }

    [Fact]
    public async Task Read_FileOverTheLimit_SaysTheLimit()
    {
        using (var big = File.Create(Path.Combine(Skill, "big.bin"))) big.SetLength(Interfaces.SkillFile.MaxReadBytes + 1);
        var error = await Should.ThrowAsync<PluginException>(async () => await SkillDirectory.ReadAsync(Skill, "big.bin", default));
        error.Error.Code.ShouldBe("resource_exhausted.size");
    }
}
