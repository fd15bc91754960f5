using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

#pragma warning disable MCP9001, MCP9005 // The suite asks for deprecated forms on the revisions that have them.

namespace ClawGrains.EndToEnd.Tests.Mcp.Fixtures;

/// <summary>Tools that ask the client while they run, as sessions allow.</summary>
internal static class AskingTools
{
    public static IEnumerable<FixtureTool> All =>
    [
        FixtureTool.Of("test_sampling", "Asks the client's model", async (request, cancellationToken) =>
        {
            var result = await request.Server.SampleAsync(Questions.Sampling(Argument(request, "prompt")), cancellationToken);
            return FixtureTool.Text($"LLM response: {result.Content.OfType<TextContentBlock>().FirstOrDefault()?.Text}");
        }, """{"type":"object","properties":{"prompt":{"type":"string"}},"required":["prompt"]}"""),
        FixtureTool.Of("test_elicitation", "Asks the user", (request, cancellationToken) =>
            ElicitAsync(request, Argument(request, "message"), new() { ["response"] = new ElicitRequestParams.StringSchema() }, cancellationToken),
            """{"type":"object","properties":{"message":{"type":"string"}},"required":["message"]}"""),
        FixtureTool.Of("test_elicitation_sep1034_defaults", "Asks with defaults", (request, cancellationToken) =>
            ElicitAsync(request, "Please review the defaults", Defaults, cancellationToken)),
        FixtureTool.Of("test_elicitation_sep1330_enums", "Asks for choices", (request, cancellationToken) =>
            ElicitAsync(request, "Please choose", Choices, cancellationToken)),
    ];

    private static Dictionary<string, ElicitRequestParams.PrimitiveSchemaDefinition> Defaults => new()
    {
        ["name"] = new ElicitRequestParams.StringSchema { Default = "John Doe" },
        ["age"] = new ElicitRequestParams.NumberSchema { Type = "integer", Default = 30 },
        ["score"] = new ElicitRequestParams.NumberSchema { Default = 95.5 },
        ["status"] = new ElicitRequestParams.UntitledSingleSelectEnumSchema { Enum = ["active", "inactive", "pending"], Default = "active" },
        ["verified"] = new ElicitRequestParams.BooleanSchema { Default = true },
    };

    private static Dictionary<string, ElicitRequestParams.PrimitiveSchemaDefinition> Choices => new()
    {
        ["untitledSingle"] = new ElicitRequestParams.UntitledSingleSelectEnumSchema { Enum = Options },
        ["titledSingle"] = new ElicitRequestParams.TitledSingleSelectEnumSchema { OneOf = Titled },
        ["legacyEnum"] = new ElicitRequestParams.LegacyTitledEnumSchema { Enum = Options, EnumNames = ["One", "Two", "Three"] },
        ["untitledMulti"] = new ElicitRequestParams.UntitledMultiSelectEnumSchema
        {
            Items = new ElicitRequestParams.UntitledEnumItemsSchema { Enum = Options },
        },
        ["titledMulti"] = new ElicitRequestParams.TitledMultiSelectEnumSchema
        {
            Items = new ElicitRequestParams.TitledEnumItemsSchema { AnyOf = Titled },
        },
    };

    private static IList<string> Options => ["option1", "option2", "option3"];

    private static IList<ElicitRequestParams.EnumSchemaOption> Titled =>
    [
        new() { Const = "value1", Title = "First" }, new() { Const = "value2", Title = "Second" }, new() { Const = "value3", Title = "Third" },
    ];

    private static async ValueTask<CallToolResult> ElicitAsync(
        RequestContext<CallToolRequestParams> request, string message,
        Dictionary<string, ElicitRequestParams.PrimitiveSchemaDefinition> properties, CancellationToken cancellationToken)
    {
        var result = await request.Server.ElicitAsync(
            new ElicitRequestParams { Message = message, RequestedSchema = new() { Properties = properties } }, cancellationToken);
        var content = string.Join(", ", result.Content?.Select(c => $"{c.Key}={c.Value}") ?? []);
        return FixtureTool.Text($"Elicitation completed: action={result.Action}, content={content}");
    }

    private static string Argument(RequestContext<CallToolRequestParams> request, string name) =>
        request.Params.Arguments?[name].GetString() ?? "";
}
