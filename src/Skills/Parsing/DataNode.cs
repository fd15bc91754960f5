namespace ClawGrains.Skills.Parsing;

internal enum DataKind { Null, Boolean, Number, String, List, Map }

/// <summary>A value of YAML or JSON5 with its place in the text.</summary>
internal sealed class DataNode
{
    public DataKind Kind { get; init; }
    public string Text { get; init; } = "";
    public double Number { get; init; }
    public List<DataNode> Items { get; init; } = [];
    public List<KeyValuePair<string, DataNode>> Entries { get; init; } = [];
    public int Line { get; init; }
    public int Column { get; init; }

    public bool IsTrue => Kind == DataKind.Boolean && Text == "true";
    public bool IsStructured => Kind is DataKind.List or DataKind.Map;
    public string? AsString => Kind == DataKind.String ? Text : null;

    // A mapping's last entry of a name wins, as in JavaScript objects.
    public DataNode? this[string key]
    {
        get
        {
            for (var i = Entries.Count - 1; i >= 0; i--)
                if (Entries[i].Key == key) return Entries[i].Value;
            return null;
        }
    }
}
