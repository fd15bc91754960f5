using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using ClawGrains.Sandbox.Tools;

namespace ClawGrains.Sandbox.Autogen;

/// <summary>
/// Compares the arguments of a sequence that was made several times: what was the same each time is a constant, what
/// differed is a parameter. Two places that always had the same value share one. What comes out of an earlier result is a
/// parameter, too: the caller sees that result and can give it.
/// </summary>
public sealed class ParameterLifter
{
    /// <summary>The most parameters a sequence may need.</summary>
    public const int MaxParameters = 32;

    private const int MaxName = 48;
    private readonly List<PlannedParameter> _parameters = [];
    private readonly Dictionary<string, int> _byValues = new(StringComparer.Ordinal);
    private readonly List<PlannedPiece> _pieces = [];
    private readonly StringBuilder _text = new();
    private string _tool = "";
    private int _step;

    private ParameterLifter()
    {
    }

    /// <summary>Plans a sequence.</summary>
    /// <param name="tools">The tools, in order.</param>
    /// <param name="runs">For each time the arguments of each call, JSON objects.</param>
    /// <returns>The calls and their parameters; null where there are more than <see cref="MaxParameters"/>.</returns>
    public static (ImmutableArray<PlannedCall> Calls, ImmutableArray<PlannedParameter> Parameters)? Lift(
        IReadOnlyList<string> tools, IReadOnlyList<IReadOnlyList<JsonElement>> runs)
    {
        ArgumentNullException.ThrowIfNull(tools);
        ArgumentNullException.ThrowIfNull(runs);
        var lifter = new ParameterLifter();
        var calls = tools.Select((tool, step) => lifter.Plan(tool, step, [.. runs.Select(r => r[step])])).ToImmutableArray();
        return lifter._parameters.Count <= MaxParameters ? (calls, [.. lifter._parameters]) : null;
    }

    private PlannedCall Plan(string tool, int step, JsonElement[] values)
    {
        (_tool, _step) = (tool, step);
        _pieces.Clear();
        Write(values, "arguments");
        Flush();
        return new PlannedCall(tool, [.. _pieces]);
    }

    private void Write(JsonElement[] values, string name)
    {
        var first = values[0];
        if (values.All(v => JsonElement.DeepEquals(v, first))) _text.Append(JsonSerializer.Serialize(first, ToolJson.Options));
        else if (values.All(v => v.ValueKind == JsonValueKind.Object) && HaveSameKeys(values)) WriteObject(values);
        else if (values.All(v => v.ValueKind == JsonValueKind.Array && v.GetArrayLength() == first.GetArrayLength()) && first.ValueKind == JsonValueKind.Array) WriteArray(values, name);
        else WriteParameter(values, name);
    }

    private void WriteObject(JsonElement[] values)
    {
        _text.Append('{');
        var separator = "";
        foreach (var member in values[0].EnumerateObject())
        {
            _text.Append(separator).Append(JsonSerializer.Serialize(member.Name, ToolJson.Options)).Append(':');
            Write([.. values.Select(v => v.GetProperty(member.Name))], member.Name);
            separator = ",";
        }
        _text.Append('}');
    }

    private void WriteArray(JsonElement[] values, string name)
    {
        _text.Append('[');
        for (var i = 0; i < values[0].GetArrayLength(); i++)
        {
            if (i > 0) _text.Append(',');
            Write([.. values.Select(v => v[i])], $"{name}_{i + 1}");
        }
        _text.Append(']');
    }

    private void WriteParameter(JsonElement[] values, string name)
    {
        var key = string.Join('\n', values.Select(v => JsonSerializer.Serialize(v, ToolJson.Options)));
        if (!_byValues.TryGetValue(key, out var index))
        {
            index = _byValues[key] = _parameters.Count;
            _parameters.Add(new PlannedParameter(Unused(name), TypeOf(values), $"'{name}' of step {_step + 1}, {_tool}"));
        }
        Flush();
        _pieces.Add(new PlannedPiece(null, index));
    }

    private void Flush()
    {
        if (_text.Length > 0) _pieces.Add(new PlannedPiece(_text.ToString()));
        _text.Clear();
    }

    private string Unused(string name)
    {
        var plain = string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_')).Trim('_');
        plain = plain.Length == 0 ? "value" : plain.Length > MaxName ? plain[..MaxName] : plain;
        var unused = plain;
        for (var i = 2; _parameters.Any(p => p.Name == unused); i++) unused = $"{plain}_{i}";
        return unused;
    }

    private static bool HaveSameKeys(JsonElement[] values)
    {
        var keys = Keys(values[0]);
        return keys.Distinct().Count() == keys.Length && values.All(v => Keys(v).Order(StringComparer.Ordinal).SequenceEqual(keys.Order(StringComparer.Ordinal)));
    }

    private static string[] Keys(JsonElement value) => [.. value.EnumerateObject().Select(p => p.Name)];

    private static string? TypeOf(JsonElement[] values)
    {
        var types = values.Select(TypeOf).Distinct().ToArray();
        return types.Length == 1 ? types[0] : types.All(t => t is "integer" or "number") ? "number" : null;
    }

    private static string TypeOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => "string",
        JsonValueKind.Number => value.TryGetInt64(out _) ? "integer" : "number",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        JsonValueKind.Array => "array",
        JsonValueKind.Null => "null",
        _ => "object",
    };
}
