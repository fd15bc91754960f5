using System.Text.Json.Nodes;
using ClawGrains.Sandbox.Tools;

namespace ClawGrains.Sandbox.Autogen;

/// <summary>
/// Compiles a sequence of tool calls to a component of <c>clawft:plugin@0.1.0</c> that makes them through
/// <c>clawgrains:tools/host-tools@1.0.0</c>. The bytes follow from the plan alone.
/// </summary>
public static class ToolSequenceCompiler
{
    /// <summary>The component.</summary>
    /// <exception cref="ArgumentException">The plan has no calls.</exception>
    public static byte[] Compile(ToolSequencePlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        if (plan.Calls.IsEmpty) throw new ArgumentException("A sequence has at least one call.", nameof(plan));
        var (module, end) = SequenceGuest.Write(plan, Describe(plan));
        return PluginComponent.Wrap(MemoryGuest.Write(end), module);
    }

    /// <summary>What the component answers to <c>describe</c>.</summary>
    public static string Describe(ToolSequencePlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return new JsonObject
        {
            ["name"] = plan.Name,
            ["version"] = "1.0.0",
            ["tools"] = new JsonArray(new JsonObject
            {
                ["name"] = plan.Name,
                ["description"] = plan.Description,
                ["input_schema"] = Schema(plan),
            }),
        }.ToJsonString(ToolJson.Options);
    }

    private static JsonObject Schema(ToolSequencePlan plan)
    {
        var properties = new JsonObject();
        foreach (var parameter in plan.Parameters)
        {
            var schema = new JsonObject { ["description"] = parameter.Description };
            if (parameter.Type is { } type) schema["type"] = type;
            properties[parameter.Name] = schema;
        }
        return new JsonObject
        {
            ["type"] = "object",
            ["properties"] = properties,
            ["required"] = new JsonArray([.. plan.Parameters.Select(p => (JsonNode)p.Name)]),
        };
    }
}
