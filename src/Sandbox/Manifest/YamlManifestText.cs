using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace ClawGrains.Sandbox.Manifest;

/// <summary>Reads one YAML document by the core schema into nodes that know their places. Aliases and tags are refused.</summary>
internal sealed class YamlManifestText
{
    private const int MaxDepth = 32;
    private readonly Parser _parser;

    private YamlManifestText(string text) => _parser = new Parser(new StringReader(text));

    public static ManifestNode Read(string text)
    {
        try
        {
            return new YamlManifestText(text).Document();
        }
        catch (YamlException e)
        {
            throw new ManifestSyntaxException($"not YAML: {e.Message.Split("): ")[^1]}", (int)e.Start.Line, (int)e.Start.Column);
        }
    }

    private ManifestNode Document()
    {
        _parser.Consume<StreamStart>();
        if (!_parser.TryConsume<DocumentStart>(out _)) throw new ManifestSyntaxException("the file is empty", 1, 1);
        var node = Value(0);
        _parser.Consume<DocumentEnd>();
        if (_parser.Current is DocumentStart second) throw At("a manifest is one document", second);
        return node;
    }

    private ManifestNode Value(int depth)
    {
        var current = _parser.Current!;
        if (depth > MaxDepth) throw At($"deeper than {MaxDepth} levels", current);
        if (current is NodeEvent { Tag.IsEmpty: false } or AnchorAlias) throw At("tags and aliases are not read", current);
        if (_parser.TryConsume<Scalar>(out var scalar)) return Node(ManifestNodeKind.Scalar, scalar, Plain(scalar));
        if (_parser.TryConsume<SequenceStart>(out var sequence)) return List(Node(ManifestNodeKind.List, sequence, null), depth);
        return Map(Node(ManifestNodeKind.Map, _parser.Consume<MappingStart>(), null), depth);
    }

    private ManifestNode List(ManifestNode list, int depth)
    {
        while (!_parser.TryConsume<SequenceEnd>(out _)) list.Items.Add(Value(depth + 1));
        return list;
    }

    private ManifestNode Map(ManifestNode map, int depth)
    {
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            if (_parser.Current is not Scalar) throw At("a field's name is text", _parser.Current!);
            var key = _parser.Consume<Scalar>();
            if (map[key.Value] is not null) throw At($"'{key.Value}' is there twice", key);
            map.Fields.Add(new ManifestField(key.Value, (int)key.Start.Line, (int)key.Start.Column, Value(depth + 1)));
        }
        return map;
    }

    private static ManifestNode Node(ManifestNodeKind kind, ParsingEvent at, object? scalar) =>
        new(kind, (int)at.Start.Line, (int)at.Start.Column) { Scalar = scalar };

    private static object? Plain(Scalar scalar) => scalar.Style != ScalarStyle.Plain ? scalar.Value : scalar.Value switch
    {
        "" or "~" or "null" or "Null" or "NULL" => null,
        "true" or "True" or "TRUE" => true,
        "false" or "False" or "FALSE" => false,
        var text when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) => whole,
        var text when text.Any(char.IsAsciiDigit) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var real) => real,
        var text => text,
    };

    private static ManifestSyntaxException At(string message, ParsingEvent at) => new(message, (int)at.Start.Line, (int)at.Start.Column);
}
