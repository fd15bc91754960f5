using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ClawGrains.Silo.Plugins;

/// <summary>An object of the settings; remembers which members were asked for.</summary>
internal sealed class SettingsSection(JsonNode? node, string path, List<string> errors)
{
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly JsonObject? _object = node as JsonObject;

    public SettingsSection Inner(string name)
    {
        var inner = Member(name);
        if (inner is not (null or JsonObject)) Fail(name, "must be an object");
        return new SettingsSection(inner, $"{path}.{name}", errors);
    }

    public bool Flag(string name, bool standard) => Value(name, standard, "true or false", v => v.GetValueKind() switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    });

    public long Number(string name, long standard, long least = 1, long most = int.MaxValue) => Value(name, standard, $"a whole number from {least} to {most}", v =>
        v is JsonValue value && value.TryGetValue(out long number) && number >= least && number <= most ? number : null);

    public ImmutableArray<string> Texts(string name, ImmutableArray<string> standard) => Value(name, standard, "a list of texts", v =>
        v is JsonArray list && list.All(i => i?.GetValueKind() == JsonValueKind.String) ? [.. list.Select(i => i!.GetValue<string>())] : (ImmutableArray<string>?)null);

    public JsonNode? Node(string name) => Member(name);

    public void Fail(string name, string why) => errors.Add($"{path}.{name} {why}");

    public void RefuseOthers()
    {
        foreach (var (name, _) in _object ?? [])
            if (!_known.Contains(name)) Fail(name, $"is not known; known are {string.Join(", ", _known.Order(StringComparer.Ordinal))}");
    }

    private JsonNode? Member(string name)
    {
        _known.Add(name);
        return _object?[name];
    }

    private T Value<T>(string name, T standard, string wanted, Func<JsonNode, T?> read)
        where T : struct
    {
        if (Member(name) is not { } value) return standard;
        if (read(value) is { } known) return known;
        Fail(name, $"must be {wanted}");
        return standard;
    }
}
