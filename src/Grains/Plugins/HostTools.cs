using System.Text.Json;
using System.Text.Json.Nodes;
using ClawGrains.Contracts;
using ClawGrains.Interfaces;
using ClawGrains.Sandbox.Execution;
using ClawGrains.Sandbox.Tools;

namespace ClawGrains.Grains.Plugins;

/// <summary>
/// The tools that a plugin can call, under the names they have over MCP: skills, which answer with their instructions, and the
/// tools of the tenant's other plugins, where a skill that models may call comes before a plugin's tool of the name.
/// </summary>
internal sealed class HostTools(IGrainFactory grains)
{
    /// <summary>Runs a tool; see <see cref="HostToolCaller"/>.</summary>
    public async Task<HostResult<string>> CallAsync(HostToolCall call, CancellationToken cancellationToken)
    {
        var skill = await grains.GetGrain<ICatalogGrain>(GrainKeys.Of(call.Tenant)).GetSkillAsync(call.Name);
        if (IsOffered(skill)) return await RenderAsync(call);
        var listing = await grains.GetGrain<IPluginRegistryGrain>(GrainKeys.Of(call.Tenant)).ListAsync();
        if (HostToolNames.Find(listing, call.Name) is not { } found)
            return skill is null ? Unknown(call) : await RenderAsync(call);
        if (found.Plugin.Id == call.Plugin.Value) return HostResult<string>.Failed(PluginErrorKind.NotFound, $"{call.Name} is the plugin's own tool");
        var result = await grains.GetGrain<IPluginGrain>(GrainKeys.Of(call.Tenant, found.Plugin.Id)).CallToolAsync(found.Tool, call.Arguments, cancellationToken);
        if (result.Failure is { } failure && failure.ToError() is var error)
            return error.Kind == PluginErrorKind.ResourceExhausted ? HostResult<string>.Exceeded(error.Resource, error.Message) : HostResult<string>.Failed(error.Kind, error.Message);
        return result.ToolError is { } said ? HostResult<string>.Failed(PluginErrorKind.Trap, said) : HostResult<string>.Ok(result.Result ?? "null");
    }

    // As over MCP: what models may not call does not stand before a plugin's tool.
    private static bool IsOffered(SkillVersion? skill) => skill is { Entry: { ModelInvocable: true } entry } && entry.IsOffered();

    private static HostResult<string> Unknown(HostToolCall call) => HostResult<string>.Failed(PluginErrorKind.NotFound, $"there is no tool '{call.Name}'");

    private async Task<HostResult<string>> RenderAsync(HostToolCall call)
    {
        var rendered = await grains.GetGrain<ISkillGrain>(GrainKeys.Of(call.Tenant, call.Name)).RenderAsync(ArgumentsOf(call.Arguments));
        return rendered is null
            ? Unknown(call)
            : HostResult<string>.Ok(new JsonObject { ["kind"] = "instructions", ["skill"] = rendered.Name, ["instructions"] = rendered.Text }.ToJsonString());
    }

    private static string ArgumentsOf(string json)
    {
        using var arguments = JsonDocument.Parse(json);
        return arguments.RootElement.ValueKind == JsonValueKind.Object && arguments.RootElement.TryGetProperty("arguments", out var text) && text.ValueKind == JsonValueKind.String
            ? text.GetString()! : "";
    }
}
