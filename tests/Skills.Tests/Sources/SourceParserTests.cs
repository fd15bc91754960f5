using ClawGrains.Skills.Sources;

namespace ClawGrains.Skills.Tests.Sources;

public sealed class SourceParserTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    [Theory]
    [InlineData("github.com/owner/repo", "", null)]
    [InlineData("github.com/owner/repo.git", "", null)]
    [InlineData("github.com/owner/repo/skills/weather", "skills/weather", null)]
    [InlineData("github.com/owner/repo/skills/weather/", "skills/weather", null)]
    [InlineData("github.com/owner/repo/skills/weather/SKILL.md", "skills/weather", null)]
    [InlineData("github.com/owner/repo@v1.2", "", "v1.2")]
    [InlineData("github.com/owner/repo/a b@feature/x", "a b", "feature/x")]
    [InlineData("https://github.com/owner/repo", "", null)]
    [InlineData("https://github.com/owner/repo.git", "", null)]
    [InlineData("https://github.com/owner/repo/tree/main/skills/weather", "skills/weather", "main")]
    [InlineData("https://github.com/owner/repo/blob/main/skills/weather/SKILL.md", "skills/weather", "main")]
    public void Parse_Repository_IsGit(string argument, string path, string? reference) =>
        SourceParser.Parse(argument).ShouldBe(new GitSource("github.com", "owner", "repo", path, reference));

    [Theory]
    [InlineData("gifgrep", null, "gifgrep", null)]
    [InlineData("gifgrep@1.2.3", null, "gifgrep", "1.2.3")]
    [InlineData("@steipete/gifgrep", "steipete", "gifgrep", null)]
    [InlineData("steipete/gifgrep@1.2.3-rc.1", "steipete", "gifgrep", "1.2.3-rc.1")]
    [InlineData("clawhub:gifgrep", null, "gifgrep", null)]
    public void Parse_Slug_IsClawHub(string argument, string? owner, string slug, string? version) =>
        SourceParser.Parse(argument).ShouldBe(new ClawHubSource(slug, owner, version));

    [Theory]
    [InlineData("https://example.com/weather.zip")]
    [InlineData("https://github.com/owner/repo/archive/main.tar.gz")]
    [InlineData("https://github.com/owner/repo/releases/download/v1/weather.skill")]
    [InlineData("http://127.0.0.1:8080/SKILL.md")]
    public void Parse_OtherAddress_IsUrl(string argument) => SourceParser.Parse(argument).ShouldBe(new UrlSource(new Uri(argument)));

    [Fact]
    public void Parse_WhatExists_IsThat()
    {
        var skill = _directory.WriteSkill("weather", "weather");
        var archive = _directory.Write("weather.zip", "");
        SourceParser.Parse(skill).ShouldBe(new PathSource(skill));
        SourceParser.Parse(Path.GetDirectoryName(skill)!).ShouldBe(new PathSource(Path.GetDirectoryName(skill)!));
        SourceParser.Parse(archive).ShouldBe(new ArchiveSource(archive));
    }

    [Theory]
    [InlineData("./missing")]
    [InlineData("/no/such/path")]
    [InlineData("github.com/owner")]
    [InlineData("github.com/owner/repo/../../x")]
    [InlineData("github.com/owner/repo@--upload-pack=touch")]
    [InlineData("github.com/owner/repo@a..b")]
    [InlineData("github.com/-owner/repo")]
    [InlineData("github.com/owner/repo/-c")]
    [InlineData("https://user:secret@github.com/owner/repo")]
    [InlineData("gitlab.com/owner/repo/x")]
    [InlineData("ext::sh -c touch% /tmp/x")]
    [InlineData("Not A Slug")]
    [InlineData("a/b/c")]
    public void Parse_Other_Throws(string argument) => Should.Throw<FormatException>(() => SourceParser.Parse(argument));

    [Fact]
    public void ToString_OfGitAndClawHub_IsAnArgumentForTheSame()
    {
        foreach (var source in (SkillSource[])[new GitSource("github.com", "o", "r", "p/q", "v1"), new GitSource("github.com", "o", "r"), new ClawHubSource("s", "o"), new ClawHubSource("s")])
            SourceParser.Parse(source.ToString()!).ShouldBe(source);
    }

    public void Dispose() => _directory.Dispose();
}
