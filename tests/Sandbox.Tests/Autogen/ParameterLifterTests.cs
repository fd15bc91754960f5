using System.Text.Json;
using ClawGrains.Sandbox.Autogen;

namespace ClawGrains.Sandbox.Tests.Autogen;

public sealed class ParameterLifterTests
{
    [Fact]
    public void Lift_SameArguments_AreConstants()
    {
        var (calls, parameters) = Lift("a", """{"x":1}""", """{"x":1.0}""", """{ "x" : 1 }""");
        parameters.ShouldBeEmpty();
        Text(calls[0]).ShouldBe("""{"x":1}""");
    }

    [Fact]
    public void Lift_DifferingValues_AreParametersWithNameAndType()
    {
        var (calls, parameters) = Lift("a", """{"x":1,"s":"p","b":true,"m":1}""", """{"x":2,"s":"q","b":false,"m":"two"}""");
        parameters.Select(p => (p.Name, p.Type)).ShouldBe([("x", "integer"), ("s", "string"), ("b", "boolean"), ("m", null)]);
        Text(calls[0]).ShouldBe("""{"x":<0>,"s":<1>,"b":<2>,"m":<3>}""");
    }

    [Fact]
    public void Lift_Nested_LiftsOnlyWhatDiffers() =>
        Text(Lift("a", """{"o":{"k":1,"l":[1,2]}}""", """{"o":{"l":[1,3],"k":1}}""").Calls[0]).ShouldBe("""{"o":{"k":1,"l":[1,<0>]}}""");

    [Fact]
    public void Lift_OtherKeysOrLengths_LiftsTheWhole()
    {
        var (calls, parameters) = Lift("a", """{"o":{"k":1},"l":[1]}""", """{"o":{"m":1},"l":[1,2]}""");
        Text(calls[0]).ShouldBe("""{"o":<0>,"l":<1>}""");
        parameters.Select(p => p.Type).ShouldBe(["object", "array"]);
    }

    [Fact]
    public void Lift_OtherKeysAtTheTop_TakeTheArgumentsAsAWhole() =>
        Lift("a", """{"k":1}""", """{"m":1}""").Parameters.ShouldHaveSingleItem().ShouldBe(new PlannedParameter("arguments", "object", "'arguments' of step 1, a"));

    [Fact]
    public void Lift_SameValuesInTwoPlaces_ShareAParameterAndOthersGetAnotherName()
    {
        var runs = new[] { (1, 5), (2, 6) }.Select(r => (IReadOnlyList<JsonElement>)
            [Json($$"""{"id":{{r.Item1}}}"""), Json($$"""{"id":{{r.Item1}}}"""), Json($$"""{"id":{{r.Item2}}}""")]).ToArray();
        var (calls, parameters) = ParameterLifter.Lift(["a", "b", "c"], runs)!.Value;
        calls.Select(Text).ShouldBe(["""{"id":<0>}""", """{"id":<0>}""", """{"id":<1>}"""]);
        parameters.Select(p => p.Name).ShouldBe(["id", "id_2"]);
    }

    [Fact]
    public void Lift_HostileKeys_BecomePlainNamesAndEscapedTexts()
    {
        var (calls, parameters) = Lift("a", """{"a\"b\\":1}""", """{"a\"b\\":2}""");
        parameters.ShouldHaveSingleItem().Name.ShouldBe("a_b");
        Text(calls[0]).ShouldBe("""{"a\"b\\":<0>}""");
    }

    [Fact]
    public void Lift_TooManyParameters_IsNoPlan()
    {
        string Many(int value) => $$"""{{{string.Join(',', Enumerable.Range(0, 40).Select(i => $"\"k{i}\":{value + i}"))}}}""";
        ParameterLifter.Lift(["a"], [[Json(Many(0))], [Json(Many(100))]]).ShouldBeNull();
    }

    private static (IReadOnlyList<PlannedCall> Calls, IReadOnlyList<PlannedParameter> Parameters) Lift(string tool, params string[] runs)
    {
        var (calls, parameters) = ParameterLifter.Lift([tool], [.. runs.Select(r => (IReadOnlyList<JsonElement>)[Json(r)])])!.Value;
        return (calls, parameters);
    }

    private static string Text(PlannedCall call) => string.Concat(call.Arguments.Select(p => p.Text ?? $"<{p.Parameter}>"));

    private static JsonElement Json(string text) => ToolSequenceCompilerTests.Json(text);
}
