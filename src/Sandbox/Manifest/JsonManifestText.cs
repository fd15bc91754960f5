using System.Text;
using System.Text.Json;

namespace ClawGrains.Sandbox.Manifest;

/// <summary>Reads JSON, comments and trailing commas permitted, into nodes that know their places.</summary>
internal ref struct JsonManifestText
{
    private readonly ReadOnlySpan<byte> _bytes;
    private Utf8JsonReader _reader;

    private JsonManifestText(ReadOnlySpan<byte> bytes)
    {
        _bytes = bytes;
        _reader = new Utf8JsonReader(bytes, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, MaxDepth = 32 });
    }

    public static ManifestNode Read(ReadOnlySpan<byte> bytes)
    {
        var text = new JsonManifestText(bytes);
        try
        {
            text._reader.Read();
            var node = text.Value();
            text._reader.Read();
            return node;
        }
        catch (JsonException e)
        {
            throw new ManifestSyntaxException($"not JSON: {Reason(e)}", (int)(e.LineNumber ?? 0) + 1, (int)(e.BytePositionInLine ?? 0) + 1);
        }
        catch (InvalidOperationException)
        {
            // Bytes that are no UTF-8, or half of a surrogate pair.
            var (line, column) = text.Place();
            throw new ManifestSyntaxException("not JSON: the text is not Unicode", line, column);
        }
    }

    private static string Reason(JsonException e) => e.Message.Split(" LineNumber:")[0].Split(" Path:")[0];

    private ManifestNode Value()
    {
        var (line, column) = Place();
        switch (_reader.TokenType)
        {
            case JsonTokenType.StartObject: return Map(new ManifestNode(ManifestNodeKind.Map, line, column));
            case JsonTokenType.StartArray: return List(new ManifestNode(ManifestNodeKind.List, line, column));
            default: return new ManifestNode(ManifestNodeKind.Scalar, line, column) { Scalar = Scalar() };
        }
    }

    private ManifestNode Map(ManifestNode map)
    {
        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndObject)
        {
            var (line, column) = Place();
            var name = _reader.GetString()!;
            if (map[name] is not null) throw new ManifestSyntaxException($"'{name}' is there twice", line, column);
            _reader.Read();
            map.Fields.Add(new ManifestField(name, line, column, Value()));
        }
        return map;
    }

    private ManifestNode List(ManifestNode list)
    {
        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray) list.Items.Add(Value());
        return list;
    }

    private readonly object? Scalar() => _reader.TokenType switch
    {
        JsonTokenType.String => _reader.GetString(),
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        JsonTokenType.Number => _reader.TryGetInt64(out var l) ? (object)l : _reader.GetDouble(),
        _ => null,
    };

    private readonly (int Line, int Column) Place()
    {
        var before = _bytes[..(int)_reader.TokenStartIndex];
        var start = before.LastIndexOf((byte)'\n') + 1;
        return (before.Count((byte)'\n') + 1, Encoding.UTF8.GetCharCount(before[start..]) + 1);
    }
}
