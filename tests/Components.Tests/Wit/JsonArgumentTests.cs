using System.Text.Json;
using ClawGrains.Components.Types;
using ClawGrains.Components.Wit;

namespace ClawGrains.Components.Tests.Wit;

/// <summary>Arguments in JSON: what a schema permits is taken, and what is wrong is told with its path.</summary>
public sealed class JsonArgumentTests
{
    private static readonly RecordType Point = new(["x", "n"], [PrimitiveType.Of(PrimitiveKind.F64), PrimitiveType.Of(PrimitiveKind.U8)]);
    private static readonly RecordType Line = new(["from", "marks", "colors"], [Point, new FlagsType(["read", "write"]), new ListType(new EnumType(["red", "green"]))]);

    private static readonly VariantType Choice = new(["none", "some"], [null, PrimitiveType.Of(PrimitiveKind.U8)]);

    [Theory]
    [InlineData("5.0", nameof(PrimitiveKind.U8), "5")]
    [InlineData("1e2", nameof(PrimitiveKind.U8), "100")]
    [InlineData("-0.0", nameof(PrimitiveKind.U8), "0")]
    [InlineData("-9223372036854775808", nameof(PrimitiveKind.S64), "-9223372036854775808")]
    [InlineData("9223372036854775807.0", nameof(PrimitiveKind.S64), "9223372036854775807")]
    [InlineData("18446744073709551615", nameof(PrimitiveKind.U64), "18446744073709551615")]
    [InlineData("1e308", nameof(PrimitiveKind.F64), "1E+308")]
    public void NumberThatTheTypeHolds_IsTaken_HoweverItIsWritten(string json, string kind, string value) =>
        Read(json, PrimitiveType.Of(Enum.Parse<PrimitiveKind>(kind))).ToJson()!.ToJsonString().ShouldBe(value);

    [Theory]
    [InlineData("1.5", nameof(PrimitiveKind.U8), "value: expected a u8")]
    [InlineData("256", nameof(PrimitiveKind.U8), "value: expected a u8")]
    [InlineData("1e-40", nameof(PrimitiveKind.U8), "value: expected a u8")]
    [InlineData("1e400", nameof(PrimitiveKind.U64), "value: expected a u64")]
    [InlineData("18446744073709551616", nameof(PrimitiveKind.U64), "value: expected a u64")]
    [InlineData("9223372036854775808", nameof(PrimitiveKind.S64), "value: expected an s64")]
    [InlineData("1e39", nameof(PrimitiveKind.F32), "value: expected a number that an f32 holds")]
    [InlineData("1e999", nameof(PrimitiveKind.F64), "value: expected a number that an f64 holds")]
    [InlineData("\"\\ud800\"", nameof(PrimitiveKind.String), "value: expected characters, not half of a surrogate pair")]
    [InlineData("\"\\ud800\"", nameof(PrimitiveKind.Char), "value: expected characters, not half of a surrogate pair")]
    public void ValueThatTheTypeDoesNotHold_IsRefused(string json, string kind, string message) =>
        Should.Throw<ComponentException>(() => Read(json, PrimitiveType.Of(Enum.Parse<PrimitiveKind>(kind)))).Message.ShouldBe(message);

    [Theory]
    [InlineData("""{"from":{"x":"a","n":1},"marks":[],"colors":[]}""", "value.from.x: expected a number")]
    [InlineData("""{"from":{"x":1},"marks":[],"colors":[]}""", "`value.from.n` is missing")]
    [InlineData("""{"from":{"x":1,"n":1,"z":1},"marks":[],"colors":[]}""", "value.from: there is no field `z`")]
    [InlineData("""{"from":{"x":1,"n":1},"marks":["read","x"],"colors":[]}""", "value.marks[1]: expected one of read, write")]
    [InlineData("""{"from":{"x":1,"n":1},"marks":[],"colors":["red","blue"]}""", "value.colors[1]: expected one of red, green")]
    public void FaultInsideAValue_IsToldWithItsWholePath(string json, string message) =>
        Should.Throw<ComponentException>(() => Read(json, Line)).Message.ShouldBe(message);

    [Theory]
    [InlineData("""{"none":1}""", "value.none: expected null")]
    [InlineData("""{"none":{}}""", "value.none: expected null")]
    [InlineData("""{"some":"x"}""", "value.some: expected a number")]
    public void PayloadOfACase_OtherThanItsType_IsRefused(string json, string message)
    {
        Should.Throw<ComponentException>(() => Read(json, Choice)).Message.ShouldBe(message);
        Read("""{"none":null}""", Choice).Case.ShouldBe("none");
    }

    [Theory]
    [InlineData("""{"ok":1}""", "value.ok: expected null")]
    [InlineData("""{"error":false}""", "value.error: expected null")]
    public void PayloadOfAResultThatHasNone_IsRefused(string json, string message)
    {
        Should.Throw<ComponentException>(() => Read(json, new ResultType(null, null))).Message.ShouldBe(message);
        Read("""{"ok":null}""", new ResultType(null, null)).IsOk.ShouldBeTrue();
    }

    [Fact]
    public void Number_MayBeNull_InAResultAlone()
    {
        var function = new ComponentFunctionType("f", new FuncType(["p"], [Point], new ListType(Point)));
        var result = function.ResultSchema()!["items"]!["properties"]!;
        result["x"]!.ToJsonString().ShouldBe("""{"type":["number","null"]}""");
        result["n"]!["type"]!.ToString().ShouldBe("integer");
        function.ParametersSchema()["properties"]!["p"]!["properties"]!["x"]!.ToJsonString().ShouldBe("""{"type":"number"}""");
        JsonValues.Write(ComponentValue.F64(double.NaN), PrimitiveType.Of(PrimitiveKind.F64)).ShouldBeNull();
    }

    private static ComponentValue Read(string json, ValType type) => JsonValues.Read(JsonDocument.Parse(json).RootElement, type);
}
