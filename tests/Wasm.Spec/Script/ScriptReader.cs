using System.Text.Json;

namespace ClawGrains.Wasm.Spec.Script;

/// <summary>Reads the JSON that wabt's <c>wast2json</c>, wasm-tools' <c>json-from-wast</c> and our converter write.</summary>
internal static class ScriptReader
{
    /// <summary>The script in <paramref name="path"/>, or null where the file is JSON but no script.</summary>
    /// <exception cref="JsonException">The file is not JSON.</exception>
    public static SpecScript? Read(string path)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("commands", out var commands)) return null;
        var source = Text(root, "source_filename") ?? Path.ChangeExtension(path, ".wast");
        return new SpecScript(Path.GetFileName(source), Path.GetDirectoryName(Path.GetFullPath(path))!,
            [.. commands.EnumerateArray().Select(Command)]);
    }

    private static SpecCommand Command(JsonElement e)
    {
        var file = Text(e, "filename");
        return new SpecCommand(Text(e, "type") ?? "unknown", e.TryGetProperty("line", out var line) ? line.GetInt32() : 0)
        {
            Name = Text(e, "name"),
            As = Text(e, "as"),
            Module = Text(e, "module"),
            FileName = Text(e, "binary_filename") ?? file,
            IsText = !e.TryGetProperty("binary_filename", out _)
                && (Text(e, "module_type") == "text" || (file?.EndsWith(".wat", StringComparison.Ordinal) ?? false)),
            IsComponent = e.TryGetProperty("component", out var c) && c.ValueKind == JsonValueKind.True,
            Text = Text(e, "text") ?? "",
            Action = e.TryGetProperty("action", out var action) ? Action(action) : null,
            Expected = Values(e, "expected"),
        };
    }

    private static SpecAction Action(JsonElement e) =>
        new(Text(e, "type") == "get", Text(e, "module"), Text(e, "field") ?? "", Values(e, "args"));

    private static SpecValue[] Values(JsonElement e, string name) =>
        e.TryGetProperty(name, out var list) ? [.. list.EnumerateArray().Select(Value)] : [];

    private static SpecValue Value(JsonElement e)
    {
        var isLanes = e.TryGetProperty("value", out var value) && value.ValueKind == JsonValueKind.Array;
        return new SpecValue(Text(e, "type") ?? "unknown")
        {
            Text = isLanes ? null : Text(e, "value"),
            Lanes = isLanes ? [.. value.EnumerateArray().Select(Scalar)] : [],
            LaneType = Text(e, "lane_type") ?? "i32",
            Alternatives = Values(e, "values"),
        };
    }

    private static string? Text(JsonElement e, string name) =>
        e.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String or JsonValueKind.Number
            ? Scalar(value)
            : null;

    private static string Scalar(JsonElement e) =>
        e.ValueKind == JsonValueKind.String ? e.GetString()! : e.GetRawText();
}
