using ClawGrains.Skills.Parsing;
using ClawGrains.Skills.Scaffold;
using ClawGrains.Skills.Strict;

namespace ClawGrains.Skills.Tests.Scaffold;

public sealed class SkillScaffoldTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    [Theory]
    [InlineData("weather", null)]
    [InlineData("a", "x")]
    [InlineData("no", "Reads: \"the\" weather # and 'more' {of} it, für alle")]
    [InlineData("123", "123")]
    [InlineData("true", "null")]
    public void Create_ValidName_PassesStrictValidation(string name, string? description)
    {
        var path = SkillScaffold.Create(name, Path.Combine(_directory.Path, "new"), description);
        var skill = SkillReader.Read(path);
        StrictRules.Check(skill).ShouldBeEmpty();
        skill.Errors.ShouldBeEmpty();
        skill.Name.ShouldBe(name);
        if (description is not null) skill.Description.ShouldBe(description);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Weather")]
    [InlineData("-a")]
    [InlineData("a-")]
    [InlineData("a--b")]
    [InlineData("../a")]
    [InlineData("a\n")]
    [InlineData("an_underscore")]
    public void Create_InvalidName_ThrowsAndWritesNothing(string name)
    {
        Should.Throw<ArgumentException>(() => SkillScaffold.Create(name, _directory.Path));
        Directory.GetFileSystemEntries(_directory.Path).ShouldBeEmpty();
    }

    [Fact]
    public void Create_LimitsOfTheSpecification_AreKept()
    {
        SkillScaffold.Create(new string('a', 64), _directory.Path, new string('d', 1024));
        Should.Throw<ArgumentException>(() => SkillScaffold.Create(new string('a', 65), _directory.Path));
        Should.Throw<ArgumentException>(() => SkillScaffold.Create("b", _directory.Path, new string('d', 1025)));
        Should.Throw<ArgumentException>(() => SkillScaffold.Create("b", _directory.Path, "two\nlines"));
    }

    [Fact]
    public void Create_NameTaken_ThrowsAndKeepsWhatIsThere()
    {
        var path = SkillScaffold.Create("weather", _directory.Path, "first");
        Should.Throw<IOException>(() => SkillScaffold.Create("weather", _directory.Path, "second"));
        File.ReadAllText(path).ShouldContain("first");
    }

    public void Dispose() => _directory.Dispose();
}
