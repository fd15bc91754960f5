using ClawGrains.Skills.Model;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace ClawGrains.Skills.Parsing;

/// <summary>
/// Builds values from YamlDotNet's parser events. The events come from a state machine without recursion, so depth is
/// checked here, before any recursion; aliases share their node and are counted, so that nothing can multiply.
/// </summary>
internal sealed class YamlReader
{
    public const int MaxDepth = 128;
    private readonly Parser _parser;
    private readonly AnchorTable _anchors = new();
    private readonly List<KeyMark> _topLevel = [];
    private YamlError? _firstError;
    private YamlError? _aliasError;
    private int _depth;

    private readonly YamlDialect _dialect;

    private YamlReader(string block, YamlDialect dialect)
    {
        _dialect = dialect;
        _parser = new Parser(new Scanner(new StringReader(block), skipComments: true));
    }

    public static YamlResult Read(string block, YamlDialect dialect = YamlDialect.Lenient)
    {
        var reader = new YamlReader(block, dialect);
        DataNode? root = null;
        try
        {
            root = reader.Document();
        }
        catch (YamlException e)
        {
            reader._firstError ??= YamlErrors.From(e, block);
        }
        return new YamlResult(root, reader._firstError ?? reader._aliasError, reader._topLevel);
    }

    private DataNode? Document()
    {
        _parser.MoveNext();
        _parser.MoveNext();
        if (_parser.Current is not DocumentStart) return null;
        _parser.MoveNext();
        var root = Node(topLevel: true);
        _parser.MoveNext();
        if (_parser.Current is DocumentStart next)
            Report(SkillCodes.InvalidYaml, "the front matter holds more than one YAML document", next.Start);
        return root;
    }

    // On entry the current event starts the node; on return it is the event after the node.
    private DataNode Node(bool topLevel = false)
    {
        switch (_parser.Current)
        {
            case AnchorAlias alias: return Alias(alias);
            case Scalar scalar: return Scalar(scalar);
            case SequenceStart start: return Sequence(start);
            case MappingStart start: return Mapping(start, topLevel);
            default: throw new InvalidOperationException($"BUG: unexpected YAML event {_parser.Current}.");
        }
    }

    private DataNode Alias(AnchorAlias alias)
    {
        _parser.MoveNext();
        if (_anchors.Resolve(alias.Value.Value, out var reason) is { } node) return node;
        _aliasError ??= new YamlError(SkillCodes.Alias, reason, (int)alias.Start.Line, (int)alias.Start.Column);
        return Scalars.Plain("", (int)alias.Start.Line, (int)alias.Start.Column);
    }

    private DataNode Scalar(Scalar scalar)
    {
        var node = ScalarTags.Resolve(scalar, _dialect);
        _anchors.Define(scalar.Anchor, node);
        _parser.MoveNext();
        return node;
    }

    private DataNode Sequence(SequenceStart start)
    {
        Enter(start);
        var node = new DataNode { Kind = DataKind.List, Line = (int)start.Start.Line, Column = (int)start.Start.Column };
        _anchors.Define(start.Anchor, node);
        while (_parser.Current is not SequenceEnd) node.Items.Add(Child(node));
        Leave();
        return node;
    }

    private DataNode Mapping(MappingStart start, bool topLevel)
    {
        Enter(start);
        var node = new DataNode { Kind = DataKind.Map, Line = (int)start.Start.Line, Column = (int)start.Start.Column };
        _anchors.Define(start.Anchor, node);
        var seen = new HashSet<(DataKind, string)>();
        while (_parser.Current is not MappingEnd) Pair(node, seen, topLevel);
        Leave();
        return node;
    }

    private void Pair(DataNode node, HashSet<(DataKind, string)> seen, bool topLevel)
    {
        var mark = _parser.Current!.Start;
        var key = Child(node);
        var name = KeyText(key);
        if (!key.IsStructured && !seen.Add((key.Kind, name)))
            Report(SkillCodes.DuplicateKey, $"the key '{name}' is there twice", mark);
        if (topLevel) _topLevel.Add(new KeyMark(name, (int)mark.Line, (int)mark.Column, _parser.Current is AnchorAlias));
        node.Entries.Add(new(name, Child(node)));
    }

    private DataNode Child(DataNode parent)
    {
        var isAlias = _parser.Current is AnchorAlias;
        var child = Node();
        _anchors.Weigh(parent, child, isAlias);
        return child;
    }

    private void Enter(NodeEvent start)
    {
        if (++_depth > MaxDepth)
            throw new SemanticErrorException(start.Start, start.End, $"{SkillCodes.TooDeep}: nested deeper than {MaxDepth} levels");
        _parser.MoveNext();
    }

    private void Leave()
    {
        _depth--;
        _parser.MoveNext();
    }

    private static string KeyText(DataNode key) => key.Kind switch
    {
        DataKind.Null => "",
        DataKind.Number => JsonText.Number(key.Number),
        DataKind.List or DataKind.Map => JsonText.Write(key, SkillLimits.MaxJsonText) ?? "",
        _ => key.Text,
    };

    private void Report(string code, string message, Mark mark) =>
        _firstError ??= new YamlError(code, message, (int)mark.Line, (int)mark.Column);
}
