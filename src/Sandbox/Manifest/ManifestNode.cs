using System.Text.Json.Nodes;

namespace ClawGrains.Sandbox.Manifest;

internal enum ManifestNodeKind
{
    Scalar,
    List,
    Map,
}

/// <summary>A value of a manifest with the place it stands at, whichever syntax it was written in.</summary>
internal sealed class ManifestNode(ManifestNodeKind kind, int line, int column)
{
    public ManifestNodeKind Kind { get; } = kind;

    public int Line { get; } = line;

    public int Column { get; } = column;

    /// <summary>A string, long, double, bool or null.</summary>
    public object? Scalar { get; init; }

    public List<ManifestNode> Items { get; } = [];

    public List<ManifestField> Fields { get; } = [];

    public ManifestNode? this[string name] => Fields.Find(f => f.Name == name)?.Value;

    public string? Text => Scalar as string;

    public JsonNode? ToJson() => Kind switch
    {
        ManifestNodeKind.List => new JsonArray([.. Items.Select(i => i.ToJson())]),
        ManifestNodeKind.Map => new JsonObject(Fields.Select(f => KeyValuePair.Create(f.Name, f.Value.ToJson()))),
        _ => Scalar switch
        {
            null => null,
            string s => JsonValue.Create(s),
            bool b => JsonValue.Create(b),
            long l => JsonValue.Create(l),
            // JSON has no word for these; the schema then says what is wanted.
            double d when !double.IsFinite(d) => JsonValue.Create(d.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            double d => JsonValue.Create(d),
            _ => throw new InvalidOperationException($"BUG: a scalar of {Scalar.GetType()}"),
        },
    };
}

internal sealed record ManifestField(string Name, int Line, int Column, ManifestNode Value);

/// <summary>The text is not JSON or YAML, or uses what a manifest has no use for.</summary>
internal sealed class ManifestSyntaxException(string message, int line, int column) : Exception(message)
{
    public int Line { get; } = line;

    public int Column { get; } = column;
}
