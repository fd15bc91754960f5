using ModelContextProtocol.Protocol;

#pragma warning disable MCP9005, MCPEXP001, MCPEXP002 // The suite asks for them.

namespace ClawGrains.EndToEnd.Tests.Mcp.Fixtures;

/// <summary>What fixture tools ask a client for.</summary>
internal static class Questions
{
    public static CreateMessageRequestParams Sampling(string prompt) => new()
    {
        Messages = [new SamplingMessage { Role = Role.User, Content = [new TextContentBlock { Text = prompt }] }],
        MaxTokens = 100,
    };

    public static InputRequest Model(string prompt) => InputRequest.ForSampling(Sampling(prompt));

    public static InputRequest Roots => InputRequest.ForRootsList(new ListRootsRequestParams());

    public static InputRequest Text(string message, string field) => Ask(message, field, new ElicitRequestParams.StringSchema());

    public static InputRequest Confirmation => Ask("Please confirm", "ok", new ElicitRequestParams.BooleanSchema());

    private static InputRequest Ask(string message, string field, ElicitRequestParams.PrimitiveSchemaDefinition schema) =>
        InputRequest.ForElicitation(new ElicitRequestParams
        {
            Message = message,
            RequestedSchema = new()
            {
                Properties = new Dictionary<string, ElicitRequestParams.PrimitiveSchemaDefinition> { [field] = schema },
                Required = [field],
            },
        });
}
