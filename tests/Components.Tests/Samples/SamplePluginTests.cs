using System.Text.Json;
using System.Text.Json.Nodes;

namespace ClawGrains.Components.Tests.Samples;

/// <summary>The sample plugins, written three times: the same answers from each, here and in Node.</summary>
public sealed class SamplePluginTests
{
    private static readonly string[] Languages = ["assemblyscript", "c", "rust"];

    private static readonly string[]?[] Calls =
    [
        null,
        ["echo", "{\"text\":\"as it is\"}"],
        ["echo", "grüße 日本 😀"],
        ["echo", ""],
        ["word-count", "{\"text\":\"one  two three \"}"],
        ["word-count", "{\"other\":1, \"text\" : \"a \\\" quoted\\\\ word\"}"],
        ["word-count", "{}"],
        ["word-count", "{\"text\":\"" + string.Join(' ', Enumerable.Repeat("ü", 2000)) + "\"}"],
        ["unknown", "{}"],
        ["größe", "x"],
    ];

    [Fact]
    public void Plugins_OfEveryToolchain_AnswerTheSame()
    {
        var answers = Languages.Select(l => Answers(l).ToJsonString()).ToArray();
        answers.Distinct().ShouldHaveSingleItem();
        answers[0].ShouldContain("{\\u0022words\\u0022:2000}");
    }

    [ProgramFact("npm", "node")]
    public async Task Plugins_InNode_AnswerAsHere()
    {
        await SampleToolchain.InstallAsync();
        using var directory = new TemporaryDirectory();
        var calls = directory.Write("calls.json", JsonSerializer.Serialize(Calls));
        foreach (var language in Languages)
        {
            var output = await ToolProcess.SucceedAsync(SampleToolchain.Folder, "node", "assemblyscript/answers.mjs", $"{language}/plugin.wasm", calls);
            JsonNode.DeepEquals(JsonNode.Parse(output), Answers(language)).ShouldBeTrue($"{language}: {output}");
        }
    }

    [ProgramFact("npm", "node")]
    public Task AssemblyScript_BuiltAgain_HasTheSameBytes() => Rebuild("assemblyscript", "npm", "run", "build");

    [ProgramFact("npm", "node", "clang-19", "wasm-ld-19")]
    public Task C_BuiltAgain_HasTheSameBytes() => Rebuild("c", "./build.sh");

    [RustFact]
    public Task Rust_BuiltAgain_HasTheSameBytes() => Rebuild("rust", "./build.sh");

    private static async Task Rebuild(string language, string program, params string[] arguments)
    {
        await SampleToolchain.InstallAsync();
        var folder = Path.Combine(SampleToolchain.Folder, language);
        var committed = Fixture.Plugin(language);
        try
        {
            await ToolProcess.SucceedAsync(folder, program.StartsWith('.') ? Path.Combine(folder, program) : program, arguments);
            Fixture.Plugin(language).ShouldBe(committed);
        }
        finally
        {
            await File.WriteAllBytesAsync(Path.Combine(folder, "plugin.wasm"), committed);
        }
    }

    private static JsonArray Answers(string language)
    {
        var log = new JsonArray();
        var linker = new ComponentLinker();
        linker.Instance("host").Func("log", (byte level, string message) => log.Add($"{level} {message}"));
        var component = Component.Load(Fixture.Engine, Fixture.Plugin(language));
        return [.. Calls.Select(call =>
        {
            log = [];
            using var instance = linker.Instantiate(component);
            var answer = call is null ? new JsonObject { ["value"] = instance.GetFunction("plugin#describe").Call()!.Value.AsString() } : Execute(instance, call);
            answer["log"] = log;
            return (JsonNode)answer;
        })];
    }

    private static JsonObject Execute(ComponentInstance instance, string[] call)
    {
        var result = instance.GetFunction("plugin#execute-tool").Call(ComponentValue.String(call[0]), ComponentValue.String(call[1]))!.Value;
        return new JsonObject { [result.IsOk ? "value" : "error"] = result.CasePayload!.Value.AsString() };
    }
}
