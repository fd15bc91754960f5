using System.Text;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace ClawGrains.EndToEnd.Tests.Mcp.Fixtures;

/// <summary>The prompts that scenarios ask for by name.</summary>
internal static class FixturePrompts
{
    public static IReadOnlyList<Prompt> All { get; } =
    [
        new() { Name = "test_simple_prompt", Description = "No arguments" },
        new() { Name = "test_prompt_with_arguments", Description = "Two arguments", Arguments = [Required("arg1"), Required("arg2")] },
        new() { Name = "test_prompt_with_embedded_resource", Description = "A resource", Arguments = [Required("resourceUri")] },
        new() { Name = "test_prompt_with_image", Description = "An image" },
        new() { Name = "test_input_required_result_prompt", Description = "Asks for context" },
    ];

    public static GetPromptResult Get(RequestContext<GetPromptRequestParams> request) => request.Params.Name switch
    {
        "test_simple_prompt" => Of("This is a simple prompt for testing."),
        "test_prompt_with_arguments" => Of($"Prompt with arguments: arg1='{Argument(request, "arg1")}', arg2='{Argument(request, "arg2")}'"),
        "test_prompt_with_embedded_resource" => WithResource(Argument(request, "resourceUri")),
        "test_prompt_with_image" => Of(
            new ImageContentBlock { Data = Encoding.UTF8.GetBytes(ContentTools.Png), MimeType = "image/png" }, Text("Please look at the image.")),
        "test_input_required_result_prompt" => RoundTripTools.Prompt(request),
        _ => Of("A prompt that was added."),
    };

    public static GetPromptResult Of(string text) => Of(Text(text));

    private static GetPromptResult WithResource(string uri) => Of(
        new EmbeddedResourceBlock { Resource = new TextResourceContents { Uri = uri, MimeType = "text/plain", Text = "Embedded resource content for testing." } },
        Text("Please process the embedded resource above."));

    private static GetPromptResult Of(params ContentBlock[] content) =>
        new() { Messages = [.. content.Select(c => new PromptMessage { Role = Role.User, Content = c })] };

    private static TextContentBlock Text(string text) => new() { Text = text };

    private static PromptArgument Required(string name) => new() { Name = name, Required = true };

    private static string Argument(RequestContext<GetPromptRequestParams> request, string name) =>
        request.Params.Arguments?[name].GetString() ?? "";
}
