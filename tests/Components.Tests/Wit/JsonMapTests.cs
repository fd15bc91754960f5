using System.Text.Json;
using ClawGrains.Components.Types;
using ClawGrains.Components.Wit;

namespace ClawGrains.Components.Tests.Wit;

public sealed class JsonMapTests
{
    private static readonly ValType Map = new MapType(PrimitiveType.Of(PrimitiveKind.String), new OptionType(PrimitiveType.Of(PrimitiveKind.U8)));

    [Theory]
    [InlineData("""{"a":1,"b":null}""")]
    [InlineData("{}")]
    public void Write_MapOfStrings_IsTheObjectThatTheSchemaSays(string json)
    {
        JsonSchema.Of(Map)["type"]!.GetValue<string>().ShouldBe("object");
        using var document = JsonDocument.Parse($"[{json}]");
        var list = new ListType(Map, null);
        JsonValues.Write(JsonValues.Read(document.RootElement, list), list)!.ToJsonString().ShouldBe($"[{json}]");
    }

    [Fact]
    public void Write_KeyTwice_KeepsTheLast()
    {
        ComponentValue Pair(byte value) => ComponentValue.Tuple(ComponentValue.String("k"), ComponentValue.Some(ComponentValue.U8(value)));
        JsonValues.Write(ComponentValue.List(Pair(1), Pair(2)), Map)!.ToJsonString().ShouldBe("""{"k":2}""");
    }
}
