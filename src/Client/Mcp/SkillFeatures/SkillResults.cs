using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ClawGrains.Client.Output;
using ClawGrains.Contracts;
using ClawGrains.Interfaces;
using ModelContextProtocol.Protocol;

namespace ClawGrains.Client.Mcp.SkillFeatures;

/// <summary>Answers made of skills.</summary>
internal static class SkillResults
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The result of calling a skill of instructions only: says that it is instructions, and what they are.</summary>
    public static CallToolResult Instructions(RenderedSkill skill) => new()
    {
        Content =
        [
            new TextContentBlock
            {
                Text = $"These are the instructions of the skill '{skill.Name}'. Nothing was done yet: follow them with the tools you have.\n\n{skill.Text}",
            },
        ],
        StructuredContent = JsonSerializer.SerializeToElement(
            new JsonObject
            {
                ["kind"] = "instructions",
                ["skill"] = skill.Name,
                ["uri"] = SkillUri.Of(skill.Name),
                ["snapshot"] = skill.SnapshotNumber,
                ["instructions"] = skill.Text,
            },
            SchemaJson.Default.JsonObject),
    };

    /// <summary>The prompt of a skill.</summary>
    public static GetPromptResult Prompt(RenderedSkill skill) => new()
    {
        Description = skill.Description,
        Messages = [new PromptMessage { Role = Role.User, Content = new TextContentBlock { Text = skill.Text } }],
    };

    /// <summary>A file: text where its bytes are UTF-8 and come back as they were, else a blob.</summary>
    public static ReadResourceResult File(string uri, string path, ReadOnlyMemory<byte> content)
    {
        var text = TryText(content.Span);
        var mimeType = MimeTypes.Of(path, text is not null);
        ResourceContents contents = text is not null
            ? new TextResourceContents { Uri = uri, MimeType = mimeType, Text = text }
            : BlobResourceContents.FromBytes(content, uri, mimeType);
        return new() { Contents = [contents] };
    }

    /// <summary>The skill was there when it was listed, and is no more.</summary>
    public static PluginException Gone(string skill) =>
        new(new PluginError(PluginErrorKind.NotFound, $"There is no skill '{skill}' any more. List again to see what there is."));

    /// <summary>The skill requires something that this host does not have.</summary>
    public static PluginException Lacks(string skill, MissingRequirements missing) => new(
        PluginErrorKind.Incompatible,
        $"The skill '{skill}' can't be used on this host, which lacks {MissingText.Of(missing)}. Provide it, then call again; "
        + $"its instructions can be read at {SkillUri.Of(skill)}.");

    private static string? TryText(ReadOnlySpan<byte> content)
    {
        if (content.Contains((byte)0)) return null;
        try
        {
            return StrictUtf8.GetString(content);
        }
        catch (DecoderFallbackException)
        {
            // Not text: it goes out as a blob.
            return null;
        }
    }
}
