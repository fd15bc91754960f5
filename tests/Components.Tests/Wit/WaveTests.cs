using System.Text.Json;
using ClawGrains.Components.Types;
using ClawGrains.Components.Wit;

namespace ClawGrains.Components.Tests.Wit;

public sealed class WaveTests
{
    private static readonly ValType U32 = PrimitiveType.Of(PrimitiveKind.U32);
    private static readonly ValType Text = PrimitiveType.Of(PrimitiveKind.String);
    private static readonly ValType Point = new RecordType(["x", "name"], [U32, new OptionType(Text)]);
    private static readonly ValType Shape = new VariantType(["none", "circle"], [null, U32]);

    public static TheoryData<string, string> Values => new()
    {
        { "point", """{x: 1, name: some("a\"b")}""" },
        { "point", "{x: 7, name: none}" },
        { "shape", "circle(3)" },
        { "shape", "%none" },
        { "list", "[[1, 2], []]" },
        { "result", "err(\"bad\")" },
        { "result", "ok" },
        { "tuple", "(1, \"two\")" },
        { "flags", "{a, b}" },
    };

    private static ValType TypeOf(string name) => name switch
    {
        "point" => Point,
        "shape" => Shape,
        "list" => new ListType(new ListType(U32)),
        "result" => new ResultType(null, Text),
        "tuple" => new TupleType([U32, Text]),
        _ => new FlagsType(["a", "b", "c"]),
    };

    [Theory]
    [MemberData(nameof(Values))]
    public void ReadThenWrite_GivesTheTextBack(string type, string text) => WaveReader.Read(text, TypeOf(type)).ToString().ShouldBe(text);

    [Theory]
    [MemberData(nameof(Values))]
    public void Json_RoundTrip_KeepsTheValue(string type, string text)
    {
        var value = WaveReader.Read(text, TypeOf(type));
        var json = JsonSerializer.SerializeToElement(JsonValues.Write(value));
        JsonValues.Read(json, TypeOf(type)).ShouldBe(value);
    }

    [Theory]
    [InlineData("point", "{x: -1}")]
    [InlineData("point", "{name: none}")]
    [InlineData("shape", "square")]
    [InlineData("list", "[[1, 2]")]
    [InlineData("tuple", "(1)")]
    public void Read_BadText_SaysWhere(string type, string text) =>
        Should.Throw<ComponentException>(() => WaveReader.Read(text, TypeOf(type))).Message.ShouldStartWith("WAVE 1:");

    [Fact]
    public void Schema_OfParameters_RequiresWhatIsNoOption()
    {
        var schema = JsonSchema.OfParameters(new FuncType(["n", "note"], [U32, new OptionType(Text)], null));
        schema.ToJsonString().ShouldBe("""{"type":"object","properties":{"n":{"type":"integer","minimum":0,"maximum":4294967295},"note":{"anyOf":[{"type":"string"},{"type":"null"}]}},"required":["n"],"additionalProperties":false}""");
    }
}
