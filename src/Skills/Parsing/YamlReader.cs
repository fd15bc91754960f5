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
    private readonly Stack<OpenCollection> _open = new();
    private int _depth;
    private int _lastEnd;

    private readonly YamlDialect _dialect;
    private readonly string _block;
    private readonly LayoutCheck _layout;

    private YamlReader(string block, YamlDialect dialect)
    {
        _dialect = dialect;
        _block = block;
        _layout = new LayoutCheck(block);
        _parser = new Parser(new Scanner(new StringReader(block), skipComments: true));
    }

    /// <summary>Reads a block whose lines end with LF or CRLF.</summary>
    public static YamlResult Read(string block, YamlDialect dialect = YamlDialect.Lenient)
    {
        var text = YamlText.Protect(block);
        var result = new YamlReader(text, dialect).Read();
        if (result.Error is not { Code: SkillCodes.InvalidYaml }) return result;
        // Only where the text fails as it stands: spacing colons could change free text.
        var spaced = YamlText.SpaceFlowColons(text);
        if (spaced.Length == text.Length) return result;
        var second = new YamlReader(spaced, dialect).Read();
        return second.Error is not { } e || (e.Line, e.Column).CompareTo((result.Error.Line, result.Error.Column)) > 0 ? second : result;
    }

    private YamlResult Read()
    {
        DataNode? root = null;
        try
        {
            root = Document();
        }
        catch (YamlException e)
        {
            _firstError ??= YamlErrors.From(e, _block);
        }
        return new YamlResult(root, _firstError ?? _aliasError, _topLevel);
    }

    private DataNode? Document()
    {
        Next();
        Next();
        if (_parser.Current is not DocumentStart) return null;
        Next();
        var root = Node(topLevel: true);
        Next();
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
            // Seen with a stray comma in a flow mapping: the library ends the mapping where a value should be.
            default: throw Malformed(_parser.Current, "a value is missing");
        }
    }

    private DataNode Alias(AnchorAlias alias)
    {
        Next();
        if (_anchors.Resolve(alias.Value.Value, out var reason) is { } node) return node;
        _aliasError ??= new YamlError(SkillCodes.Alias, reason, (int)alias.Start.Line, (int)alias.Start.Column);
        return Scalars.Plain("", (int)alias.Start.Line, (int)alias.Start.Column);
    }

    private DataNode Scalar(Scalar scalar)
    {
        CheckLines(scalar.Style is ScalarStyle.SingleQuoted or ScalarStyle.DoubleQuoted, scalar.Start, scalar.End);
        var node = ScalarTags.Resolve(scalar, _dialect);
        _anchors.Define(scalar.Anchor, node);
        Next();
        return node;
    }

    private DataNode Sequence(SequenceStart start)
    {
        Enter(start, start.Style == SequenceStyle.Flow);
        var node = new DataNode { Kind = DataKind.List, Line = (int)start.Start.Line, Column = (int)start.Start.Column };
        _anchors.Define(start.Anchor, node);
        while (_parser.Current is not SequenceEnd) node.Items.Add(Child(node));
        Leave(start.Start);
        return node;
    }

    private DataNode Mapping(MappingStart start, bool topLevel)
    {
        Enter(start, start.Style == MappingStyle.Flow);
        var node = new DataNode { Kind = DataKind.Map, Line = (int)start.Start.Line, Column = (int)start.Start.Column };
        _anchors.Define(start.Anchor, node);
        var seen = new HashSet<(DataKind, string)>();
        while (_parser.Current is not MappingEnd) Pair(node, seen, topLevel);
        Leave(start.Start);
        return node;
    }

    private void Pair(DataNode node, HashSet<(DataKind, string)> seen, bool topLevel)
    {
        CheckComma(node.Entries.Count);
        var mark = _parser.Current!.Start;
        if (!InFlow && _parser.Current is Scalar plain) CheckKey(plain);
        var key = Child(node);
        var name = KeyText(key);
        if (!key.IsStructured && !seen.Add((key.Kind, name)))
            Report(SkillCodes.DuplicateKey, $"the key '{name}' is there twice", mark);
        if (topLevel) _topLevel.Add(new KeyMark(name, (int)mark.Line, (int)mark.Column, _parser.Current is AnchorAlias));
        node.Entries.Add(new(name, Child(node)));
    }

    private void CheckComma(int before)
    {
        if (before > 0 && InFlow && !_layout.CommaBetween(_lastEnd, (int)_parser.Current!.Start.Index))
            Report(SkillCodes.InvalidYaml, "a comma is missing between two entries", _parser.Current!.Start);
    }

    private void CheckKey(Scalar key)
    {
        if (_layout.IsTabIndented((int)key.Start.Index))
            Report(SkillCodes.InvalidYaml, "tabs are not allowed as indentation", key.Start);
        if (_layout.IsExplicitKey((int)key.Start.Index)) return;
        if (key.End.Line != key.Start.Line && key.Style != ScalarStyle.Plain || key.Value.Contains('\n'))
            Report(SkillCodes.MultilineKey, "a field's name must stand on one line", key.Start);
        else if (!_layout.ColonFollows((int)key.End.Index))
            Report(SkillCodes.MissingColon, "a field needs a colon and a space after its name", key.Start);
    }

    private DataNode Child(DataNode parent)
    {
        var isAlias = _parser.Current is AnchorAlias;
        var child = Node();
        _anchors.Weigh(parent, child, isAlias);
        return child;
    }

    private void Enter(NodeEvent start, bool isFlow)
    {
        if (_depth >= MaxDepth)
            throw new SemanticErrorException(start.Start, start.End, $"{SkillCodes.TooDeep}: nested deeper than {MaxDepth} levels");
        _depth++;
        _open.Push(new OpenCollection(isFlow, isFlow && _open.Count > 0 ? _open.Peek().Indent : (int)start.Start.Column - 1));
        Next();
    }

    private void Leave(Mark start)
    {
        _depth--;
        var closed = _open.Pop();
        CheckLines(closed.IsFlow && !InFlow, start, _parser.Current!.End, isCollection: true);
        Next();
    }

    // OpenClaw's reader wants what spans lines inside a block collection to be indented deeper than that collection.
    private void CheckLines(bool applies, Mark start, Mark end, bool isCollection = false)
    {
        if (!applies || _dialect == YamlDialect.Strict || end.Line == start.Line || _open.Count == 0) return;
        if (_layout.FirstUnindented((int)start.Line, (int)end.Line, _open.Peek().Indent, isCollection) is { } line)
            _firstError ??= new YamlError(SkillCodes.BadIndent, "a value that spans lines must be indented deeper than its field", line, 1);
    }

    private bool InFlow => _open.Count > 0 && _open.Peek().IsFlow;

    private readonly record struct OpenCollection(bool IsFlow, int Indent);

    private static string KeyText(DataNode key) => key.Kind switch
    {
        DataKind.Null => "",
        DataKind.Number => JsonText.Number(key.Number),
        DataKind.List or DataKind.Map => JsonText.Write(key, SkillLimits.MaxKeyText) ?? "",
        _ => key.Text,
    };

    // The library reports some malformed input as a state it did not expect; to the caller it is malformed input all the same.
    private void Next()
    {
        var last = _parser.Current;
        _lastEnd = (int)(last?.End.Index ?? 0);
        try
        {
            _parser.MoveNext();
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or IndexOutOfRangeException or FormatException or OverflowException)
        {
            throw Malformed(last, e.Message);
        }
    }

    private static SemanticErrorException Malformed(ParsingEvent? at, string reason) =>
        new(at?.End ?? Mark.Empty, at?.End ?? Mark.Empty, $"the YAML is malformed from here on ({reason})");

    private void Report(string code, string message, Mark mark) =>
        _firstError ??= new YamlError(code, message, (int)mark.Line, (int)mark.Column);
}
