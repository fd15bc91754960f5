using ClawGrains.Contracts;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace ClawGrains.Client.Mcp.Sessions;

/// <summary>The errors of requests for features, with the codes of the revision in use.</summary>
internal static class FeatureErrors
{
    /// <summary>The <c>_meta</c> key under which a failed tool call carries its stable code.</summary>
    public const string CodeKey = "clawgrains/code";

    /// <summary>No tool of that name.</summary>
    public static McpProtocolException UnknownTool(string name, IEnumerable<string> known) => Unknown("tool", "tools/list", name, known);

    /// <summary>No prompt of that name.</summary>
    public static McpProtocolException UnknownPrompt(string name, IEnumerable<string> known) =>
        Unknown("prompt", "prompts/list", name, known);

    /// <summary>No such resource: -32602 from 2026-07-28 on (SEP-2164), -32002 before.</summary>
    public static McpProtocolException UnknownResource(string uri, JsonRpcRequest request, McpServer? server)
    {
        var code = ProtocolVersions.IsStateless(request, server) ? McpErrorCode.InvalidParams : McpErrorCode.ResourceNotFound;
        var error = new McpProtocolException(
            $"No resource is served at {uri}. resources/list and resources/templates/list tell what there is.", code);
        error.Data["uri"] = uri;
        return error;
    }

    /// <summary>The request's parameters are wrong.</summary>
    public static McpProtocolException InvalidParams(string message) => new(message, McpErrorCode.InvalidParams);

    /// <summary>An error of a skill or plugin, as the error of a prompt or resource request.</summary>
    public static McpProtocolException From(PluginError error)
    {
        var code = error.Kind is PluginErrorKind.NotFound or PluginErrorKind.InvalidArguments or PluginErrorKind.InvalidManifest
            ? McpErrorCode.InvalidParams
            : McpErrorCode.InternalError;
        var exception = new McpProtocolException(error.Message, code);
        exception.Data["code"] = error.Code;
        return exception;
    }

    /// <summary>An error of a skill or plugin, as the result of a tool call, which the model can read and act on.</summary>
    public static CallToolResult ToolResult(PluginError error) => new()
    {
        IsError = true,
        Content = [new TextContentBlock { Text = error.ToString() }],
        Meta = new() { [CodeKey] = error.Code },
    };

    private static McpProtocolException Unknown(string kind, string list, string name, IEnumerable<string> known)
    {
        var near = known.FirstOrDefault(k => string.Equals(Plain(k), Plain(name), StringComparison.OrdinalIgnoreCase));
        var hint = near is null ? $"{list} tells which there are." : $"Did you mean '{near}'?";
        return new McpProtocolException($"Unknown {kind}: '{name}'. {hint}", McpErrorCode.InvalidParams);
    }

    private static string Plain(string name) => name.Replace("-", "").Replace("_", "").Replace(" ", "");
}
