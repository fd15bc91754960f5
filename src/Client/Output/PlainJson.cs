using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ClawGrains.Client.Output;

/// <summary>
/// JSON for people and programs, not for a page of HTML: only what JSON itself wants is escaped, and what would turn the direction
/// of a terminal's text.
/// </summary>
internal static class PlainJson
{
    private static readonly JsonWriterOptions _indented = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly SearchValues<char> _special = SearchValues.Create("\\" + Terminal.Misleading);
    private static readonly JsonWriterOptions _compact = _indented with { Indented = false };

    public static string Indented<T>(T value, JsonTypeInfo<T> type) => Write(value, type, _indented);

    /// <summary>The same on one line.</summary>
    public static string Compact<T>(T value, JsonTypeInfo<T> type) => Write(value, type, _compact);

    private static string Write<T>(T value, JsonTypeInfo<T> type, JsonWriterOptions options)
    {
        using var output = new MemoryStream();
        using (var writer = new Utf8JsonWriter(output, options)) JsonSerializer.Serialize(writer, value, type);
        return Finish(Encoding.UTF8.GetString(output.GetBuffer(), 0, (int)output.Length));
    }

    // The framework's encoder takes every character but those beyond the first 65,536, such as emoji.
    private static string Finish(string json)
    {
        if (!json.AsSpan().ContainsAny(_special)) return json;
        var text = new StringBuilder(json.Length);
        var i = 0;
        while (json.AsSpan(i).IndexOfAny(_special) is >= 0 and var plain)
        {
            text.Append(json, i, plain);
            i += plain;
            if (json[i] == '\\' && Unit(json, i) is { } high && char.IsHighSurrogate(high) && Unit(json, i + 6) is { } low && char.IsLowSurrogate(low))
            {
                text.Append(high).Append(low);
                i += 12;
            }
            else if (json[i] != '\\') text.Append(CultureInfo.InvariantCulture, $"\\u{(int)json[i++]:x4}");
            else
            {
                // A backslash that is escaped escapes nothing.
                text.Append(json, i, 2);
                i += 2;
            }
        }
        return text.Append(json, i, json.Length - i).ToString();
    }

    private static char? Unit(string json, int at) =>
        at + 6 <= json.Length && json[at] == '\\' && json[at + 1] == 'u' && ushort.TryParse(json.AsSpan(at + 2, 4), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var unit)
            ? (char)unit
            : null;
}
