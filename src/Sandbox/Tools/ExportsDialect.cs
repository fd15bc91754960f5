using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using ClawGrains.Components;
using ClawGrains.Contracts;
using ClawGrains.Sandbox.Execution;

namespace ClawGrains.Sandbox.Tools;

/// <summary>
/// A component that was not made for this host: each exported function whose types have a JSON form is a tool, its
/// schemas derived from its WIT types. A tool is named after its function, and after interface and function where two
/// interfaces have a function of the same name.
/// </summary>
internal sealed class ExportsDialect : ToolDialect
{
    private readonly FrozenDictionary<string, ExportedTool> _tools;
    private readonly ImmutableArray<ToolDefinition> _definitions;

    private ExportsDialect(IReadOnlyList<ExportedTool> tools)
    {
        _tools = tools.ToFrozenDictionary(t => t.Definition.Name, StringComparer.Ordinal);
        _definitions = [.. tools.Select(t => t.Definition)];
    }

    public static ExportsDialect? TryOf(Component component)
    {
        var functions = component.Functions.Where(f => !f.Name.StartsWith("wasi:", StringComparison.Ordinal) && f.HasJsonForm).Take(ToolDescription.MaxTools).ToArray();
        if (functions.Length == 0) return null;
        var shared = functions.GroupBy(Short).Where(g => g.Count() > 1).Select(g => g.Key).ToHashSet(StringComparer.Ordinal);
        return new ExportsDialect([.. functions.Select(f => ExportedTool.Of(f, shared.Contains(Short(f)) ? Long(f) : Short(f)))]);
    }

    public override ImmutableArray<ToolDefinition> Describe(LiveGuest guest) => _definitions;

    public override PluginOutcome Call(LiveGuest guest, HostSession session, (string Tool, string Json) call)
    {
        if (!_tools.TryGetValue(call.Tool, out var tool)) return UnknownTool(call.Tool, _tools.Keys);
        try
        {
            using var arguments = JsonDocument.Parse(call.Json);
            var (text, failed) = tool.Answer(guest.Find([tool.Function])!.CallJson(arguments.RootElement));
            return GuestWork.Answer(session, text, failed);
        }
        catch (JsonException e)
        {
            return Fail(PluginErrorKind.InvalidArguments, $"the arguments are not JSON: {e.Message}");
        }
    }

    private static string Short(ComponentFunctionType function) => function.Name[(function.Name.IndexOf('#', StringComparison.Ordinal) + 1)..];

    // my:math/vectors@1.0.0#add becomes vectors-add; what still is not alone is told apart by the package too.
    private static string Long(ComponentFunctionType function)
    {
        var (path, name) = (function.Name.Split('#')[0], Short(function));
        var face = path.Split('@')[0];
        return path == name ? name : $"{string.Concat(face.Select(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' ? c : '-'))}-{name}";
    }
}

/// <summary>An exported function as a tool.</summary>
internal sealed record ExportedTool(string Function, bool IsFallible, bool HasResult, ToolDefinition Definition)
{
    public static ExportedTool Of(ComponentFunctionType function, string name)
    {
        var schema = function.ResultSchema();
        var fallible = schema?["oneOf"] is JsonArray { Count: 2 } cases && Case(cases[0], "ok") is not null && Case(cases[1], "error") is not null;
        var value = fallible ? Case(schema!["oneOf"]![0], "ok") : schema;
        return new ExportedTool(function.Name, fallible, function.HasResult, new ToolDefinition
        {
            Name = name,
            Description = $"Calls {name} of a WebAssembly component: {function}",
            InputSchema = ToolJson.Text(function.ParametersSchema()),
            OutputSchema = value is null ? null : ToolJson.Text(new JsonObject
            {
                ["type"] = "object",
                ["properties"] = new JsonObject { ["result"] = value.DeepClone() },
                ["required"] = new JsonArray("result"),
            }),
        });
    }

    /// <summary>What a call gave as text: the value below <c>result</c>, or the error case of a result type.</summary>
    public (string Text, bool Failed) Answer(JsonNode? value)
    {
        if (!HasResult) return ("{}", false);
        if (!IsFallible) return (Wrapped(value), false);
        var answer = value!.AsObject();
        return answer.ContainsKey("error") ? (Text(answer["error"]), true) : (Wrapped(answer["ok"]), false);
    }

    private static string Wrapped(JsonNode? value) => $"{{\"result\":{ToolJson.Text(value)}}}";

    private static string Text(JsonNode? error) =>
        error is JsonValue v && v.TryGetValue(out string? text) ? text : error?.ToJsonString(ToolJson.Options) ?? "the function answered with its error case";

    private static JsonNode? Case(JsonNode? schema, string name) => schema?["properties"]?[name];
}
