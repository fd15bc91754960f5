using ClawGrains.Skills.Discovery;
using ClawGrains.Skills.Model;
using ClawGrains.Skills.Packages;

namespace ClawGrains.Skills.Tests.Packages;

public sealed class SkillPackageTests : IDisposable
{
    private readonly TempTree _tree = new();

    public void Dispose() => _tree.Dispose();

    private string Managed => _tree["managed"];

    [Fact]
    public void Install_Directory_CopiesItAndLocksItsHash()
    {
        _tree.Skill("src/greet");
        File.SetUnixFileMode(_tree.Write("src/greet/scripts/run.sh", "#!/bin/sh"), (UnixFileMode)0b111_101_101);
        var result = SkillPackage.InstallFromDirectory(_tree["src/greet"], Managed);
        result.Succeeded.ShouldBeTrue();
        File.ReadAllText(Path.Combine(Managed, "greet/scripts/run.sh")).ShouldBe("#!/bin/sh");
        File.GetUnixFileMode(Path.Combine(Managed, "greet/scripts/run.sh")).HasFlag(UnixFileMode.UserExecute).ShouldBeTrue();
        var entry = SkillLockFile.Read(Managed).ShouldHaveSingleItem();
        (entry.Name, entry.Sha256, entry.Origin).ShouldBe(("greet", result.Sha256!, new SkillOrigin("path", _tree["src/greet"])));
        SkillDiscovery.Discover([new SkillLayerRoot(SkillLayer.Managed, Managed)]).Find("greet").ShouldNotBeNull();
    }

    [Fact]
    public void Install_Again_ReplacesTheWholeDirectory()
    {
        _tree.Skill("src/greet");
        _tree.Write("src/greet/old.txt", "x");
        var first = SkillPackage.InstallFromDirectory(_tree["src/greet"], Managed);
        File.Delete(_tree["src/greet/old.txt"]);
        var second = SkillPackage.InstallFromDirectory(_tree["src/greet/SKILL.md"], Managed);
        second.PreviousSha256.ShouldBe(first.Sha256);
        File.Exists(Path.Combine(Managed, "greet/old.txt")).ShouldBeFalse();
        Directory.GetDirectories(Managed).ShouldHaveSingleItem();
    }

    [Fact]
    public void Install_InvalidSkill_ChangesNothing()
    {
        _tree.Write("src/SKILL.md", "---\nname: x\n---\n");
        SkillPackage.InstallFromDirectory(_tree["src"], Managed).Errors.Single().Code.ShouldBe(SkillCodes.DescriptionRequired);
        Directory.Exists(Managed).ShouldBeFalse();
    }

    [Fact]
    public void Install_WithALink_IsRefused()
    {
        _tree.Skill("src/x");
        File.CreateSymbolicLink(_tree["src/x/link"], "/etc/passwd");
        SkillPackage.InstallFromDirectory(_tree["src/x"], Managed).Errors.Single().Code.ShouldBe(SkillCodes.LinkEscape);
    }

    [Theory]
    [InlineData(1, 1000)]
    [InlineData(1000, 10)]
    public void Install_BeyondTheLimits_IsRefused(int files, long bytes)
    {
        _tree.Skill("src/x");
        _tree.Write("src/x/more.txt", "more");
        var options = new SkillInstallOptions { MaxFiles = files, MaxBytes = bytes };
        SkillPackage.InstallFromDirectory(_tree["src/x"], Managed, options).Errors.Single().Code.ShouldBe(SkillCodes.TooLarge);
    }

    [Fact]
    public void Install_NameWithAPath_StaysBelowTheRoot()
    {
        _tree.Skill("src/x", "../../evil");
        var result = SkillPackage.InstallFromDirectory(_tree["src/x"], Managed);
        result.Directory.ShouldBe(Path.Combine(Managed, "evil"));
    }

    [Fact]
    public void Install_OverAnotherSkillsDirectory_IsRefused()
    {
        _tree.Skill("managed/greet", "by-hand");
        _tree.Skill("src/greet");
        SkillPackage.InstallFromDirectory(_tree["src/greet"], Managed).Errors.Single().Message.ShouldContain("'by-hand'");
    }

    [Fact]
    public void Install_WhileAnotherInstalls_SaysSo()
    {
        _tree.Skill("src/greet");
        Directory.CreateDirectory(Managed);
        using var held = new FileStream(Path.Combine(Managed, ".install.lock"), FileMode.Create, FileAccess.ReadWrite, FileShare.None);
        SkillPackage.InstallFromDirectory(_tree["src/greet"], Managed).Errors.Single().Code.ShouldBe("BUSY");
    }

    [Fact]
    public void Remove_Installed_TakesItAndItsEntry()
    {
        _tree.Skill("src/greet");
        SkillPackage.InstallFromDirectory(_tree["src/greet"], Managed);
        SkillPackage.Remove("greet", Managed).Succeeded.ShouldBeTrue();
        Directory.GetDirectories(Managed).ShouldBeEmpty();
        SkillLockFile.Read(Managed).ShouldBeEmpty();
        SkillPackage.Remove("greet", Managed).Errors.Single().Code.ShouldBe("NOT_FOUND");
    }

    [Fact]
    public void Read_DamagedLockFile_IsNamed()
    {
        _tree.Write("managed/skills.lock.json", "{");
        Should.Throw<InvalidDataException>(() => SkillLockFile.Read(Managed)).Message.ShouldContain("skills.lock.json");
    }
}
