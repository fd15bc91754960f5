using System.Text.Json;
using System.Text.Json.Nodes;
using ClawGrains.Contracts;
using ClawGrains.Interfaces;
using ClawGrains.Sandbox.Execution;
using ClawGrains.Sandbox.Tools;

namespace ClawGrains.Grains.Plugins;

/// <summary>
/// The tools that a plugin can call: those of the tenant's other plugins, the older plugin's where two have the name, and
/// skills, which answer with their instructions.
/// </summary>
internal sealed class HostTools(IGrainFactory grains)
{
    /// <summary>Runs a tool; see <see cref="HostToolCaller"/>.</summary>
    public async Task<HostResult<string>> CallAsync(HostToolCall call, CancellationToken cancellationToken)
    {
        var listing = await grains.GetGrain<IPluginRegistryGrain>(GrainKeys.Of(call.Tenant)).ListAsync();
        var owner = listing.Plugins.FirstOrDefault(p => p.Tools.Any(t => t.Name == call.Name));
        if (owner is null) return await RenderAsync(call);
        if (owner.Id == call.Plugin.Value) return HostResult<string>.Failed(PluginErrorKind.NotFound, $"{call.Name} is the plugin's own tool");
        var result = await grains.GetGrain<IPluginGrain>(GrainKeys.Of(call.Tenant, owner.Id)).CallToolAsync(call.Name, call.Arguments, cancellationToken);
        if (result.Failure is { } failure && failure.ToError() is var error)
            return error.Kind == PluginErrorKind.ResourceExhausted ? HostResult<string>.Exceeded(error.Resource, error.Message) : HostResult<string>.Failed(error.Kind, error.Message);
        return result.ToolError is { } said ? HostResult<string>.Failed(PluginErrorKind.Trap, said) : HostResult<string>.Ok(result.Result ?? "null");
    }

    private async Task<HostResult<string>> RenderAsync(HostToolCall call)
    {
        var rendered = await grains.GetGrain<ISkillGrain>(GrainKeys.Of(call.Tenant, call.Name)).RenderAsync(ArgumentsOf(call.Arguments));
        return rendered is null
            ? HostResult<string>.Failed(PluginErrorKind.NotFound, $"there is no tool '{call.Name}'")
            : HostResult<string>.Ok(new JsonObject { ["kind"] = "instructions", ["skill"] = rendered.Name, ["instructions"] = rendered.Text }.ToJsonString());
    }

    private static string ArgumentsOf(string json)
    {
        using var arguments = JsonDocument.Parse(json);
        return arguments.RootElement.ValueKind == JsonValueKind.Object && arguments.RootElement.TryGetProperty("arguments", out var text) && text.ValueKind == JsonValueKind.String
            ? text.GetString()! : "";
    }
}
