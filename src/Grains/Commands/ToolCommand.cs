using System.Text.Json;
using ClawGrains.Agent.SlashCommands;
using ClawGrains.Contracts;
using ClawGrains.Grains.Plugins;
using ClawGrains.Interfaces;

namespace ClawGrains.Grains.Commands;

/// <summary>Calls tools of plugins for people, by every name that they have.</summary>
internal static class ToolCommand
{
    /// <summary><c>TOOL</c>, or <c>TOOL {json}</c>.</summary>
    public static async ValueTask<SlashReply> RunAsync(IGrainFactory grains, TenantId tenant, string line, CancellationToken cancellationToken)
    {
        var (tool, json) = Words.First(line);
        if (tool.Length == 0) throw new PluginException(PluginErrorKind.InvalidArguments, "Name a tool: /call TOOL {\"argument\": \"value\"}. /tools lists them.");
        return await CallAsync(grains, tenant, (tool, json.Length == 0 ? "{}" : Checked(json)), cancellationToken);
    }

    /// <summary>Calls a tool once, as the plugin's policy and limits have it, with an audit record.</summary>
    public static async ValueTask<SlashReply> CallAsync(
        IGrainFactory grains, TenantId tenant, (string Tool, string Json) call, CancellationToken cancellationToken)
    {
        var listing = await grains.GetGrain<IPluginRegistryGrain>(GrainKeys.Of(tenant)).ListAsync();
        if (HostToolNames.Find(listing, call.Tool) is not { } found) throw new PluginException(PluginErrorKind.NotFound, $"There is no tool '{call.Tool}'. /tools lists them.");
        var result = await grains.GetGrain<IPluginGrain>(GrainKeys.Of(tenant, found.Plugin.Id)).CallToolAsync(found.Tool, call.Json, cancellationToken);
        if (result.Failure is { } failure) throw new PluginException(failure.ToError());
        return result.ToolError is { } error ? new SlashReply(error, IsError: true) : new SlashReply(result.Result ?? "null");
    }

    private static string Checked(string json)
    {
        try
        {
            using var arguments = JsonDocument.Parse(json);
            if (arguments.RootElement.ValueKind == JsonValueKind.Object) return json;
        }
        catch (JsonException e)
        {
            throw new PluginException(PluginErrorKind.InvalidArguments, $"The arguments are not JSON: {e.Message}");
        }
        throw new PluginException(PluginErrorKind.InvalidArguments, "The arguments must be a JSON object, for example {\"text\": \"hello\"}.");
    }
}
