using ClawGrains.Client.Mcp.SkillFeatures;

namespace ClawGrains.Client.Tests.Mcp.SkillFeatures;

public sealed class FrontmatterJsonTests
{
    [Theory]
    [InlineData("a: text", """{"a":"text"}""")]
    [InlineData("a: 'true'\nb: true", """{"a":"true","b":true}""")]
    [InlineData("a: 1\nb: 1.5\nc: \"1\"\nd: 0x1F\ne: 1.2.3", """{"a":1,"b":1.5,"c":"1","d":31,"e":"1.2.3"}""")]
    [InlineData("a:\nb: ~\nc: null", """{"a":null,"b":null,"c":null}""")]
    [InlineData("a: [x, 2]\nb: {c: {d: e}}", """{"a":["x",2],"b":{"c":{"d":"e"}}}""")]
    [InlineData("a: 2024-01-01\nb: -\u200b", """{"a":"2024-01-01","b":"-\u200B"}""")]
    [InlineData("a: |\n  two\n  lines\n", """{"a":"two\nlines\n"}""")]
    public void Fields_AreAsTheyWereWritten(string yaml, string json) =>
        FrontmatterJson.TryRead($"---\n{yaml}\n---\nbody")!.ToJsonString().ShouldBe(json);

    [Theory]
    [InlineData("no front matter")]
    [InlineData("---\nnever ends")]
    [InlineData("---\n- a\n- b\n---\n")]
    [InlineData("---\na: [\n---\n")]
    [InlineData("---\n? [complex]\n: key\n---\n")]
    public void Text_WithoutAMapping_IsNull(string source) => FrontmatterJson.TryRead(source).ShouldBeNull();

    [Fact]
    public void Bomb_OfAliases_IsNull()
    {
        var lines = Enumerable.Range(1, 12).Select(i => $"a{i}: &a{i} [{string.Join(',', Enumerable.Repeat($"*a{i - 1}", 10))}]");
        FrontmatterJson.TryRead($"---\na0: &a0 [x]\n{string.Join('\n', lines)}\n---\n").ShouldBeNull();
    }
}
