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

    [Fact]
    public void WriteTo_OfLongValues_IsTheSameTextInPieces()
    {
        var text = string.Concat(Enumerable.Repeat("plain 'text' \"quoted\"\n\u0001😀", 5_000));
        var value = ComponentValue.Tuple(
            ComponentValue.String(text), ComponentValue.String(new string('a', 100_000)), ComponentValue.Bytes([.. Enumerable.Range(0, 50_000).Select(i => (byte)i)]),
            ComponentValue.List([.. Enumerable.Range(0, 10_000).Select(i => ComponentValue.F64(-i / 3e200))]));
        using var pieces = new Pieces();
        value.WriteTo(pieces);
        pieces.Longest.ShouldBeLessThanOrEqualTo(16_384);
        pieces.ToString().ShouldBe(value.ToString());
        var type = new TupleType([Text, Text, new ListType(PrimitiveType.Of(PrimitiveKind.U8)), new ListType(PrimitiveType.Of(PrimitiveKind.F64))]);
        WaveReader.Read(pieces.ToString(), type).ShouldBe(value);
    }

    /// <summary>Keeps the length of the longest piece that was written to it.</summary>
    private sealed class Pieces : StringWriter
    {
        public int Longest { get; private set; }

        public override void Write(char[] buffer, int index, int count)
        {
            Longest = Math.Max(Longest, count);
            base.Write(buffer, index, count);
        }
    }

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

    public static TheoryData<string, string> BadCalls => new()
    {
        { "(1)", "WAVE 1:3: the parameter `at` (record) is missing: the function takes (n: u32, at: record, tags: list<option<string>>, last: option<u32>)" },
        { "(-1, {x: 1}, [])", "WAVE 1:2: parameter `n` (u32): expected u32, an integer from 0 to 4294967295, found `-1`" },
        { "(\"1\", {x: 1}, [])", "WAVE 1:2: parameter `n` (u32): expected u32, an integer from 0 to 4294967295, found `\"`" },
        { "(1, {x: x}, [])", "WAVE 1:9: parameter `at` (record): field `x` (u32): expected u32, an integer from 0 to 4294967295, found `x`" },
        { "(1, {y: 1}, [])", "WAVE 1:6: parameter `at` (record): expected one of x, name, found `y`" },
        { "(1, {x: 1, x: 2}, [])", "WAVE 1:12: parameter `at` (record): the field `x` is there twice, found `x`" },
        { "(1, {name: none}, [])", "WAVE 1:16: parameter `at` (record): the field `x` (u32) is missing" },
        { "(1,\n {x: 1}, [none, 5])", "WAVE 2:17: parameter `tags` (list<option<string>>): item 1: expected a string, which begins with `\"`, found `5`" },
        { "(1, {x: 1}, none)", "WAVE 1:13: parameter `tags` (list<option<string>>): expected list<option<string>>, which begins with `[`, found `none`" },
        { "(1, {x: 1}, [], 2, 3)", "WAVE 1:20: expected `)`: the function takes (n: u32, at: record, tags: list<option<string>>, last: option<u32>), found `3`" },
        { "(1, {x: 1}, [\"a\\q\"])", "WAVE 1:16: parameter `tags` (list<option<string>>): item 0: unknown escape \\q" },
        { "(1, {x: 1}, [\"a", "WAVE 1:16: parameter `tags` (list<option<string>>): item 0: expected the closing quote" },
        { "(1, {x: 1}, []) 1", "WAVE 1:17: expected the end, found `1`" },
        { "(1, {x: 1}, []", "WAVE 1:15: expected `,` or `)`, found the end of the text" },
    };

    private static readonly FuncType Call = new(
        ["n", "at", "tags", "last"], [U32, Point, new ListType(new OptionType(Text)), new OptionType(U32)], null);

    [Theory]
    [MemberData(nameof(BadCalls))]
    public void ReadArguments_Mistake_NamesTheParameterAndWhatWasExpected(string text, string message) =>
        Should.Throw<ComponentException>(() => WaveReader.ReadArguments(text, Call)).Message.ShouldBe(message);

    [Fact]
    public void Invoke_Mistake_PointsIntoTheWholeCall()
    {
        using var instance = Fixture.Instance();
        Should.Throw<ComponentException>(() => instance.Invoke("add(1, x)")).Message.ShouldBe("WAVE 1:8: parameter `b` (u32): expected u32, an integer from 0 to 4294967295, found `x`");
        instance.Invoke(" add (1, 2)").ShouldBe("3");
    }

    [Fact]
    public void ReadArguments_WithoutOptionsAtTheEnd_TakesThemAsNone()
    {
        WaveReader.ReadArguments("(1, // n\n {x: 1}, [\"a\", none,],)", Call)[3].ShouldBe(ComponentValue.None);
        WaveReader.ReadArguments("(1, {x: 1}, [], 4)", Call)[3].ShouldBe(ComponentValue.Some(ComponentValue.U32(4)));
    }

    [Fact]
    public void Read_LinesBetweenThreeQuotes_LosesTheirIndentation() =>
        WaveReader.Read("\"\"\"\n  one \\t\n   \"two\"\n  \"\"\"", Text).AsString().ShouldBe("one \t\n \"two\"");

    [Fact]
    public void Schema_OfParameters_RequiresWhatIsNoOption()
    {
        var schema = JsonSchema.OfParameters(new FuncType(["n", "note"], [U32, new OptionType(Text)], null));
        schema.ToJsonString().ShouldBe("""{"type":"object","properties":{"n":{"type":"integer","minimum":0,"maximum":4294967295},"note":{"anyOf":[{"type":"string"},{"type":"null"}]}},"required":["n"],"additionalProperties":false}""");
    }
}
