using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

#pragma warning disable MCP9005, MCPEXP001, MCPEXP002 // The suite asks for them.

namespace ClawGrains.EndToEnd.Tests.Mcp.Fixtures;

/// <summary>Tools that answer "input required" and are called again with the answers (SEP-2322).</summary>
internal static class RoundTripTools
{
    private const string Prefix = "test_input_required_result_";
    private static readonly byte[] Key = RandomNumberGenerator.GetBytes(32);

    public static IEnumerable<FixtureTool> All =>
    [
        FixtureTool.Of(Prefix + "elicitation", "Asks for a name", Name),
        FixtureTool.Of("test_incomplete_result_elicitation", "Asks for a name", Name),
        FixtureTool.Of(Prefix + "sampling", "Asks the model", (request, _) =>
            Answer(request, "capital_question") is { } answer
                ? new(FixtureTool.Text($"Sampling said: {answer.GetRawText()}"))
                : throw Ask(null, ("capital_question", Questions.Model("What is the capital of France?")))),
        FixtureTool.Of(Prefix + "list_roots", "Asks for the roots", (request, _) =>
            Answer(request, "client_roots") is { } answer
                ? new(FixtureTool.Text($"Roots: {answer.GetRawText()}"))
                : throw Ask(null, ("client_roots", Questions.Roots))),
        FixtureTool.Of(Prefix + "request_state", "Has its state returned", SignedState),
        FixtureTool.Of(Prefix + "tampered_state", "Refuses state of another", SignedState),
        FixtureTool.Of(Prefix + "multiple_inputs", "Asks three things at once", (request, _) =>
            request.Params.InputResponses is { Count: >= 3 }
                ? new(FixtureTool.Text("All three answers are there."))
                : throw Ask(Sign("multiple"), ("user_name", Questions.Text("What is your name?", "name")),
                    ("greeting", Questions.Model("Generate a greeting")), ("client_roots", Questions.Roots))),
        FixtureTool.Of(Prefix + "multi_round", "Asks twice", (request, _) => (request.Params.RequestState is { } s ? Verify(s) : "") switch
        {
            "" => throw Ask(Sign("first"), ("step1", Questions.Text("Step 1: What is your name?", "name"))),
            "first" => throw Ask(Sign("second"), ("step2", Questions.Text("Step 2: What is your favourite colour?", "color"))),
            _ => new(FixtureTool.Text("Both rounds are done.")),
        }),
        FixtureTool.Of(Prefix + "capabilities", "Asks only for what the client can do", OnlyCapable),
    ];

    /// <summary>The prompt of the same kind.</summary>
    public static GetPromptResult Prompt(RequestContext<GetPromptRequestParams> request)
    {
        if (request.Params.InputResponses?.ContainsKey("user_context") != true)
            throw Ask(null, ("user_context", Questions.Text("What context should the prompt use?", "context")));
        return FixturePrompts.Of("Please continue with the given context.");
    }

    private static ValueTask<CallToolResult> Name(RequestContext<CallToolRequestParams> request, CancellationToken cancellationToken)
    {
        var content = Answer(request, "user_name") is { } answer && answer.TryGetProperty("content", out var c) ? c : default;
        return content.ValueKind == JsonValueKind.Object && content.TryGetProperty("name", out var name) && name.ValueKind == JsonValueKind.String
            ? new(FixtureTool.Text($"Hello, {name.GetString()}!"))
            : throw Ask(null, ("user_name", Questions.Text("What is your name?", "name")));
    }

    private static ValueTask<CallToolResult> SignedState(RequestContext<CallToolRequestParams> request, CancellationToken cancellationToken)
    {
        if (request.Params.RequestState is not { } state) throw Ask(Sign("confirm"), ("confirm", Questions.Confirmation));
        Verify(state);
        return new(FixtureTool.Text("state-ok"));
    }

    private static ValueTask<CallToolResult> OnlyCapable(RequestContext<CallToolRequestParams> request, CancellationToken cancellationToken)
    {
        if (request.Params.InputResponses is { Count: > 0 }) return new(FixtureTool.Text("Answered."));
        var can = request.JsonRpcRequest.Context?.ClientCapabilities;
        var questions = new List<(string, InputRequest)>();
        if (can?.Sampling is not null) questions.Add(("capital_question", Questions.Model("What is the capital of France?")));
        if (can?.Elicitation is not null) questions.Add(("user_name", Questions.Text("What is your name?", "name")));
        if (can?.Roots is not null) questions.Add(("client_roots", Questions.Roots));
        return questions.Count == 0 ? new(FixtureTool.Text("Nothing to ask.")) : throw Ask(null, [.. questions]);
    }

    private static JsonElement? Answer(RequestContext<CallToolRequestParams> request, string key) =>
        request.Params.InputResponses?.TryGetValue(key, out var response) == true ? response.RawValue : null;

    private static InputRequiredException Ask(string? state, params (string Key, InputRequest Question)[] questions) =>
        state is null
            ? new(questions.ToDictionary(q => q.Key, q => q.Question))
            : new(questions.ToDictionary(q => q.Key, q => q.Question), state);

    private static string Sign(string value) =>
        $"{value}.{Convert.ToHexString(HMACSHA256.HashData(Key, Encoding.UTF8.GetBytes(value)))}";

    private static string Verify(string state)
    {
        var value = state.Split('.')[0];
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Sign(value)), Encoding.UTF8.GetBytes(state))
            ? value
            : throw new McpProtocolException("The requestState is not one of this server.", McpErrorCode.InvalidParams);
    }
}
