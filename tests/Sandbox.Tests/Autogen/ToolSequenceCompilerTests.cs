using System.Text.Json;
using ClawGrains.Components;
using ClawGrains.Sandbox.Autogen;
using ClawGrains.Wasm;

namespace ClawGrains.Sandbox.Tests.Autogen;

public sealed class ToolSequenceCompilerTests
{
    private static readonly string[] Tools = ["geo.find", "weather"];
    private readonly Engine _engine = new();
    private readonly List<(string Tool, string Json)> _calls = [];

    [Fact]
    public void Compile_Sequence_MakesTheCallsWithTheParametersInPlace()
    {
        var answer = Run(Plan(), """ { "days" : 3, "city":"Łódź \"x\" \u0041", "ignored": [1, {"a": null}] } """, (tool, _) => tool == "weather" ? "not json" : """{"at":[1,2]}""");
        _calls.ShouldBe([("geo.find", """{"city":"Łódź \"x\" \u0041","strict":true}"""), ("weather", """{"place":"Łódź \"x\" \u0041","days":3,"units":"metric"}""")]);
        answer.Ok.ShouldBe("""{"steps":[{"tool":"geo.find","result":{"at":[1,2]}},{"tool":"weather","result":"not json"}]}""");
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"city\":\"a\",\"days\":1}}")]
    [InlineData("{\"city\":\"a\",\"days\":1,}")]
    [InlineData("{\"city\":\"a\",\"days\":01}")]
    [InlineData("{\"city\":\"a\" \"days\":1}")]
    [InlineData("{\"city\":\"a\n\",\"days\":1}")]
    [InlineData("{\"city\":\"\\x\",\"days\":1}")]
    [InlineData("{\"city\":\"\\u12g4\",\"days\":1}")]
    [InlineData("{\"city\":tru,\"days\":1}")]
    [InlineData("{\"city\":\"a\",\"days\":1")]
    [InlineData("{\"city\":\"a")]
    [InlineData("{\"city\":-,\"days\":1}")]
    [InlineData("{\"city\":1.,\"days\":1}")]
    [InlineData("{\"city\":1e,\"days\":1}")]
    public void Execute_NotAJsonObject_IsAnErrorAndCallsNothing(string json)
    {
        Run(Plan(), json).Error.ShouldBe("the arguments are not a JSON object");
        _calls.ShouldBeEmpty();
    }

    [Fact]
    public void Execute_DeepNesting_IsAnError() =>
        Run(Plan(), $$"""{"city":{{new string('[', 100)}}{{new string(']', 100)}},"days":1}""").Error.ShouldBe("the arguments are not a JSON object");

    [Fact]
    public void Execute_ParameterMissing_NamesIt() => Run(Plan(), """{"city":"a"}""").Error.ShouldBe("the argument 'days' is missing");

    [Fact]
    public void Execute_SameNameTwice_TakesTheLast()
    {
        Run(Plan(), """{"city":"a","days":1,"city":"b"}""");
        _calls[0].Json.ShouldContain("\"city\":\"b\"");
    }

    [Fact]
    public void Execute_OtherTool_IsRefused() => Run(Plan(), "{}", tool: "another").Error.ShouldBe("there is one tool only: find-weather");

    [Theory]
    [InlineData("not-permitted", "step 2, weather: not permitted: why")]
    [InlineData("failed", "step 2, weather: failed: why")]
    public void Execute_StepFails_EndsWithTheStepAndTheReason(string kind, string expected) =>
        Run(Plan(), """{"city":"a","days":1}""", (tool, _) => tool == "weather" ? $"!{kind}" : "1").Error.ShouldBe(expected);

    [Fact]
    public void Execute_HostileResultText_IsEscaped()
    {
        var hostile = "\",\"x\":\"\\\u0001\r\n\t€";
        using var answer = JsonDocument.Parse(Run(Plan(), """{"city":"a","days":1}""", (_, _) => hostile).Ok!);
        answer.RootElement.GetProperty("steps")[0].GetProperty("result").GetString().ShouldBe(hostile);
        answer.RootElement.GetProperty("steps")[0].EnumerateObject().Count().ShouldBe(2);
    }

    [Fact]
    public void Execute_LargeTexts_GrowMemory()
    {
        var text = new string('x', 300_000);
        Run(Plan(), $$"""{"city":"{{text}}","days":1}""", (_, _) => text).Ok!.Length.ShouldBeGreaterThan(600_000);
        _calls[1].Json.Length.ShouldBeGreaterThan(300_000);
    }

    [Fact]
    public void Execute_RandomDocuments_AreJudgedAsTheParserOfThePlatformDoes()
    {
        var random = new Random(11);
        for (var round = 0; round < 400; round++)
        {
            var json = RandomJson(random, 4).ToCharArray();
            if (round % 2 == 0) json[random.Next(json.Length)] = "{}[]\",:0-1.eEtrue\\u "[random.Next(20)];
            var text = $$"""{"city":{{new string(json)}},"days":1}""";
            var valid = IsObject(text);
            var answer = Run(Plan(), text);
            (answer.Error != "the arguments are not a JSON object").ShouldBe(valid, text);
        }
    }

    [Fact]
    public void Describe_GivesTheToolWithItsSchema()
    {
        using var instance = Linker(null).Instantiate(Component.Load(_engine, ToolSequenceCompiler.Compile(Plan())));
        instance.GetFunction("plugin#init").Call()!.Value.IsOk.ShouldBeTrue();
        using var description = JsonDocument.Parse(instance.GetFunction("plugin#describe").Call()!.Value.AsString());
        var tool = description.RootElement.GetProperty("tools")[0];
        tool.GetProperty("name").GetString().ShouldBe("find-weather");
        var schema = tool.GetProperty("input_schema");
        schema.GetProperty("properties").GetProperty("days").GetProperty("type").GetString().ShouldBe("integer");
        schema.GetProperty("required").EnumerateArray().Select(r => r.GetString()).ShouldBe(["city", "days"]);
    }

    [Fact]
    public void Compile_SamePlan_GivesTheSameSmallComponent()
    {
        var bytes = ToolSequenceCompiler.Compile(Plan());
        ToolSequenceCompiler.Compile(Plan()).ShouldBe(bytes);
        bytes.Length.ShouldBeLessThan(8_000);
        Component.Load(_engine, bytes).Imports.ShouldBe(["clawgrains:tools/host-tools@1.0.0"]);
    }

    internal static ToolSequencePlan Plan()
    {
        var runs = new[] { ("Rome", 1), ("Oslo", 2), ("Bonn", 3) }.Select(r => (IReadOnlyList<JsonElement>)
            [Json($$"""{"city":"{{r.Item1}}","strict":true}"""), Json($$"""{"place":"{{r.Item1}}","days":{{r.Item2}},"units":"metric"}""")]).ToArray();
        var (calls, parameters) = ParameterLifter.Lift(Tools, runs)!.Value;
        return new ToolSequencePlan { Name = "find-weather", Description = "Finds a place and its weather.", Calls = calls, Parameters = parameters };
    }

    internal static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement.Clone();

    private (string? Ok, string? Error) Run(ToolSequencePlan plan, string json, Func<string, string, string>? host = null, string? tool = null)
    {
        _calls.Clear();
        using var instance = Linker(host).Instantiate(Component.Load(_engine, ToolSequenceCompiler.Compile(plan)));
        var result = instance.GetFunction("plugin#execute-tool").Call(ComponentValue.String(tool ?? plan.Name), ComponentValue.String(json))!.Value;
        var text = result.CasePayload!.Value.AsString();
        return result.IsOk ? (text, null) : (null, text);
    }

    private ComponentLinker Linker(Func<string, string, string>? host)
    {
        var linker = new ComponentLinker();
        linker.Instance("clawgrains:tools/host-tools@1.0.0").Func("call-tool", (HostCall _, ReadOnlySpan<ComponentValue> arguments) =>
        {
            var (name, json) = (arguments[0].AsString(), arguments[1].AsString());
            _calls.Add((name, json));
            var answer = host?.Invoke(name, json) ?? "null";
            return answer.StartsWith('!')
                ? ComponentValue.Error(ComponentValue.Variant(answer[1..], ComponentValue.String("why")))
                : ComponentValue.Ok(ComponentValue.String(answer));
        });
        return linker;
    }

    private static bool IsObject(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static string RandomJson(Random random, int depth) => random.Next(depth > 0 ? 9 : 6) switch
    {
        0 => "null",
        1 => "true",
        2 => $"{random.Next(-50, 50)}",
        3 => $"-{random.Next(9)}.{random.Next(99)}e{(random.Next(2) == 0 ? "+" : "")}{random.Next(9)}",
        4 => "\"a\\n\\u00e9ü\\\"\"",
        5 => "\"\"",
        6 => $"[{string.Join(random.Next(2) == 0 ? "," : " , ", Enumerable.Range(0, random.Next(4)).Select(_ => RandomJson(random, depth - 1)))}]",
        _ => $"{{{string.Join(',', Enumerable.Range(0, random.Next(4)).Select(i => $"\"k{i}\" : {RandomJson(random, depth - 1)}"))}}}",
    };
}
