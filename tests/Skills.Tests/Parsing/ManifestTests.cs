using ClawGrains.Skills.Model;

namespace ClawGrains.Skills.Tests.Parsing;

public sealed class ManifestTests
{
    [Theory]
    [InlineData("metadata:\n  openclaw:\n    requires: {bins: [git], env: [KEY]}")]
    [InlineData("metadata: {\"openclaw\":{\"requires\":{\"bins\":[\"git\"],\"env\":[\"KEY\"]}}}")]
    [InlineData("metadata: {'openclaw':{requires:{bins:['git',], env: 'KEY', /* c */}}}")]
    [InlineData("metadata:\n  clawdbot:\n    requires:\n      bins: git\n      env: ' KEY ,'")]
    public void Block_MappingOrJson5_ReadsTheSame(string yaml)
    {
        var requires = Docs.Described(yaml).OpenClaw.Requires;
        requires.Bins.ShouldBe(["git"]);
        requires.Env.ShouldBe(["KEY"]);
    }

    [Theory]
    [InlineData("metadata:\n  plugin: a", "a")]
    [InlineData("metadata:\n  plugins: [a, b]", "a b")]
    [InlineData("metadata:\n  plugins: a, b", "a b")]
    [InlineData("metadata: {\"openclaw\": {\"plugin\": \"a\"}, \"clawgrains\": {\"plugins\": [\"a\", \"b\"]}}", "b a")]
    [InlineData("metadata:\n  author: x", "")]
    [InlineData("license: MIT", "")]
    public void Plugins_ThatAreNamed_AreReadOnceWhereverTheyStand(string yaml, string names) =>
        Docs.Described(yaml + "\n").Plugins.ShouldBe(names.Split(' ', StringSplitOptions.RemoveEmptyEntries), ignoreOrder: true);

    [Fact]
    public void Block_Both_TheNewNameWins() => Docs.Described("metadata: {openclaw: {emoji: n}, clawdbot: {emoji: o}}\n").OpenClaw.Emoji.ShouldBeNull();

    [Fact]
    public void Block_BothAsMapping_TheNewNameWins() =>
        Docs.Described("metadata:\n  clawdbot: {emoji: o}\n  openclaw: {emoji: n}").OpenClaw.Emoji.ShouldBe("n");

    [Fact]
    public void Metadata_NoJson_IsIgnoredWithAWarning() =>
        Docs.Described("metadata: {openclaw: x y").Errors.ShouldNotBeEmpty();

    [Fact]
    public void Metadata_PlainText_IsIgnoredWithAWarning()
    {
        var skill = Docs.Described("metadata: some words");
        skill.IsValid.ShouldBeTrue();
        skill.Warnings.Single().Code.ShouldBe(SkillCodes.MetadataIgnored);
    }

    [Fact]
    public void Metadata_Entries_AreText() =>
        Docs.Described("metadata:\n  author: me\n  version: 1.0\n  tags: [a]").Metadata
            .ShouldBe(new Dictionary<string, string> { ["author"] = "me", ["version"] = "1", ["tags"] = "[\"a\"]" }, ignoreOrder: true);

    [Theory]
    [InlineData("{kind: brew, formula: jq}", true)]
    [InlineData("{kind: brew, cask: some/tap/jq}", true)]
    [InlineData("{kind: brew, formula: --force}", false)]
    [InlineData("{kind: brew, formula: ../x}", false)]
    [InlineData("{kind: node, package: '@a/b@^1'}", false)]
    [InlineData("{kind: node, package: '@a/b@1.2.3'}", true)]
    [InlineData("{kind: node, package: 'git+https://x/y'}", false)]
    [InlineData("{kind: uv, package: 'x[y]>=1'}", true)]
    [InlineData("{kind: go, module: 'github.com/a/b@latest'}", true)]
    [InlineData("{kind: go, module: 'https://x/y'}", false)]
    [InlineData("{kind: download, url: 'https://x.test/y'}", true)]
    [InlineData("{kind: download, url: 'file:///etc/passwd'}", false)]
    [InlineData("{kind: download, url: 'https://x.test/y', sha256: abc}", false)]
    [InlineData("{kind: apt, package: x}", false)]
    public void Install_UnsafeOrIncomplete_IsDropped(string spec, bool kept)
    {
        var skill = Docs.Described($"metadata:\n  openclaw:\n    install:\n      - {spec}");
        skill.OpenClaw.Install.Count.ShouldBe(kept ? 1 : 0);
        skill.Warnings.Count.ShouldBe(kept ? 0 : 1);
    }
}
