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

    /// <summary>Writes it, and a line break, as UTF-8.</summary>
    public static void WriteIndented<T>(Stream output, T value, JsonTypeInfo<T> type)
    {
        var json = Serialize(value, type, _indented);
        // Most has nothing more to be escaped, and goes out as it is.
        if (!NeedsFinish(json.WrittenSpan)) output.Write(json.WrittenSpan);
        else output.Write(Encoding.UTF8.GetBytes(Finish(Encoding.UTF8.GetString(json.WrittenSpan))));
        output.WriteByte((byte)'\n');
    }

    private static string Write<T>(T value, JsonTypeInfo<T> type, JsonWriterOptions options) =>
        Finish(Encoding.UTF8.GetString(Serialize(value, type, options).WrittenSpan));

    private static ArrayBufferWriter<byte> Serialize<T>(T value, JsonTypeInfo<T> type, JsonWriterOptions options)
    {
        var output = new ArrayBufferWriter<byte>(1 << 16);
        using var writer = new Utf8JsonWriter(output, options);
        JsonSerializer.Serialize(writer, value, type);
        return output;
    }

    // An escape that may stand for an emoji; or a byte with which the misleading characters begin in UTF-8.
    private static bool NeedsFinish(ReadOnlySpan<byte> json) => json.IndexOf("\\u"u8) >= 0 || json.ContainsAny((byte)0xE2, (byte)0xD8);

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
