using System.Text.Json;
using ClawGrains.Contracts;
using ClawGrains.Sandbox.Tools;

namespace ClawGrains.Sandbox.Tests.Tools;

public sealed class ToolDescriptionTests
{
    [Theory]
    [InlineData("""{"name":"p","tools":[{"name":"a","description":"d","parameters":{"type":"object","required":["x"]}}]}""")]
    [InlineData("""{"tools":[{"name":"a","description":"d","input_schema":{"type":"object","required":["x"]}}]}""")]
    [InlineData("""[{"name":"a","description":"d","inputSchema":"{\"type\":\"object\",\"required\":[\"x\"]}"}]""")]
    [InlineData("""[{"name":"a","description":"d","schema":{"required":["x"]}}]""")]
    public void Read_AnyUsualForm_GivesNameDescriptionAndSchema(string json)
    {
        var tool = ToolDescription.Read(json).ShouldHaveSingleItem();
        (tool.Name, tool.Description).ShouldBe(("a", "d"));
        using var schema = JsonDocument.Parse(tool.InputSchema);
        schema.RootElement.GetProperty("type").GetString().ShouldBe("object");
        schema.RootElement.GetProperty("required")[0].GetString().ShouldBe("x");
    }

    [Theory]
    [InlineData("not json", "no JSON")]
    [InlineData("{}", "no list")]
    [InlineData("""[{"description":"d"}]""", "no name")]
    [InlineData("""[{"name":"a b"}]""", "not a tool's name")]
    [InlineData("""[{"name":"a"},{"name":"a"}]""", "two tools")]
    [InlineData("""[{"name":"a","parameters":{"type":"string"}}]""", "of type object")]
    [InlineData("""[{"name":"a","parameters":7}]""", "is no object")]
    [InlineData("""[{"name":"\ud800"}]""", "surrogate pair")]
    [InlineData("""[{"name":"a","parameters":{"type":"object","properties":{"x":{"enum":["\udc00"]}}}}]""", "surrogate pair")]
    [InlineData("""[{"name":"a","parameters":{"type":"object","properties":{"\ud800":{}}}}]""", "surrogate pair")]
    [InlineData("""[{"name":"a","parameters":"{\"type\":\"object\",\"title\":\"\\ud800\"}"}]""", "surrogate pair")]
    [InlineData("""[{"name":"a","parameters":{"type":"object","properties":{"x":1,"x":2}}}]""", "uplicate")]
    public void Read_UnfitText_SaysWhatIsWrong(string json, string why) =>
        Should.Throw<PluginException>(() => ToolDescription.Read(json)).Error.ShouldSatisfyAllConditions(
            e => e.Kind.ShouldBe(PluginErrorKind.Incompatible), e => e.Message.ShouldContain(why));

    [Fact]
    public void Read_MoreToolsThanThereMayBe_IsRefused() =>
        Should.Throw<PluginException>(() => ToolDescription.Read($"[{string.Join(',', Enumerable.Range(0, 300).Select(i => $"\"t{i}\""))}]")).Error.Message.ShouldContain("256");
}
