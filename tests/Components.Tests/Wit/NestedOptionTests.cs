using System.Text.Json;
using ClawGrains.Components.Types;
using ClawGrains.Components.Wit;

namespace ClawGrains.Components.Tests.Wit;

/// <summary>Options in options: each value has its own text in WAVE and its own JSON.</summary>
public sealed class NestedOptionTests
{
    private static readonly OptionType Twice = new(new OptionType(PrimitiveType.Of(PrimitiveKind.U8)));
    private static readonly OptionType Thrice = new(Twice);
    private static readonly ComponentValue Five = ComponentValue.U8(5);

    private static ComponentValue Some(ComponentValue value) => ComponentValue.Some(value);

    public static TheoryData<string, string> Forms => new()
    {
        { "none", "null" },
        { "some(none)", """{"some":null}""" },
        { "some(some(none))", """{"some":{"some":null}}""" },
        { "some(some(some(5)))", """{"some":{"some":5}}""" },
    };

    private static ComponentValue Value(string wave) => wave switch
    {
        "none" => ComponentValue.None,
        "some(none)" => Some(ComponentValue.None),
        "some(some(none))" => Some(Some(ComponentValue.None)),
        _ => Some(Some(Some(Five))),
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public void ThreeOptions_HaveTheirOwnForms(string wave, string json)
    {
        Value(wave).ToString().ShouldBe(wave);
        WaveReader.Read(wave, Thrice).ShouldBe(Value(wave));
        JsonValues.Write(Value(wave), Thrice).ToJson().ShouldBe(json);
        Value(wave).ToJson().ToJson().ShouldBe(json);
        JsonValues.Read(JsonDocument.Parse(json).RootElement, Thrice).ShouldBe(Value(wave));
    }

    [Theory]
    [InlineData("5", "some(some(5))")]
    [InlineData("some(5)", "some(some(5))")]
    [InlineData("some(none)", "some(none)")]
    [InlineData("none", "none")]
    public void Wave_WithoutSome_MeansAllOfThem(string text, string value) => WaveReader.Read(text, Twice).ToString().ShouldBe(value);

    [Fact]
    public void Map_WithoutItsType_IsAnObjectWhereItCameAsOne()
    {
        var map = new MapType(PrimitiveType.Of(PrimitiveKind.String), Twice);
        WaveReader.Read("[(\"a\", some(none)), (\"b\", none)]", map).ToJson().ToJson().ShouldBe("""{"a":{"some":null},"b":null}""");
        ComponentValue.Map((Five, Five)).ToJson().ToJson().ShouldBe("[[5,5]]");
        ComponentValue.List(ComponentValue.Tuple(ComponentValue.String("a"), Five)).ToJson().ToJson().ShouldBe("""[["a",5]]""");
    }
}

internal static class JsonText
{
    public static string ToJson(this System.Text.Json.Nodes.JsonNode? node) => node?.ToJsonString() ?? "null";
}
