namespace ClawGrains.Sandbox.Manifest;

/// <summary>
/// Reads TOML 1.0 into nodes that know their places: tables, arrays of tables, dotted keys, every kind of string and
/// number. Dates and times become text. A key or table that is defined twice is an error.
/// </summary>
internal sealed class TomlManifestText
{
    private const int MaxDepth = 32;

    private readonly TomlScanner _scanner;
    private readonly ManifestNode _root = new(ManifestNodeKind.Map, 1, 1);
    private readonly HashSet<ManifestNode> _defined = [];
    private readonly HashSet<ManifestNode> _closed = [];

    private TomlManifestText(string text) => _scanner = new TomlScanner(text);

    public static ManifestNode Read(string text) => new TomlManifestText(text.ReplaceLineEndings("\n")).Document();

    private ManifestNode Document()
    {
        var table = _root;
        while (_scanner.SkipBlank())
        {
            if (_scanner.Take("[[")) table = Header("]]", list: true);
            else if (_scanner.Take("[")) table = Header("]", list: false);
            else Pair(table, 0);
            _scanner.EndLine();
        }
        return _root;
    }

    private ManifestNode Header(string end, bool list)
    {
        var path = Path();
        if (!_scanner.Take(end)) throw _scanner.Error($"'{end}' is wanted");
        var at = Descend(_root, path[..^1]);
        var (name, line, column) = path[^1];
        var known = at[name];
        if (list) return NewItem(at, known, path[^1]);
        var table = known ?? Add(at, path[^1], ManifestNodeKind.Map);
        if (table.Kind != ManifestNodeKind.Map || _closed.Contains(table) || !_defined.Add(table)) throw new ManifestSyntaxException($"'{name}' is there twice", line, column);
        return table;
    }

    private ManifestNode NewItem(ManifestNode at, ManifestNode? known, (string Name, int Line, int Column) key)
    {
        var items = known ?? Add(at, key, ManifestNodeKind.List);
        if (items.Kind != ManifestNodeKind.List || _closed.Contains(items)) throw new ManifestSyntaxException($"'{key.Name}' is there twice", key.Line, key.Column);
        var item = new ManifestNode(ManifestNodeKind.Map, key.Line, key.Column);
        items.Items.Add(item);
        return item;
    }

    private void Pair(ManifestNode table, int depth)
    {
        var path = Path();
        if (!_scanner.Take("=")) throw _scanner.Error("'=' is wanted after a key");
        var at = Descend(table, path[..^1]);
        var (name, line, column) = path[^1];
        if (at[name] is not null) throw new ManifestSyntaxException($"'{name}' is there twice", line, column);
        at.Fields.Add(new ManifestField(name, line, column, Value(depth)));
    }

    private List<(string Name, int Line, int Column)> Path()
    {
        var path = new List<(string, int, int)>();
        do
        {
            if (path.Count >= MaxDepth) throw _scanner.Error($"deeper than {MaxDepth} levels");
            _scanner.SkipSpace();
            var (line, column) = _scanner.Place;
            path.Add((_scanner.Key(), line, column));
            _scanner.SkipSpace();
        }
        while (_scanner.Take("."));
        return path;
    }

    /// <summary>The table at a path, made on the way; of an array of tables the last.</summary>
    private ManifestNode Descend(ManifestNode at, List<(string Name, int Line, int Column)> path)
    {
        foreach (var key in path)
        {
            var next = at[key.Name] ?? Add(at, key, ManifestNodeKind.Map);
            if (next.Kind == ManifestNodeKind.List && next.Items.Count > 0) next = next.Items[^1];
            if (next.Kind != ManifestNodeKind.Map || _closed.Contains(next)) throw new ManifestSyntaxException($"'{key.Name}' is not a table", key.Line, key.Column);
            at = next;
        }
        return at;
    }

    private static ManifestNode Add(ManifestNode at, (string Name, int Line, int Column) key, ManifestNodeKind kind)
    {
        var node = new ManifestNode(kind, key.Line, key.Column);
        at.Fields.Add(new ManifestField(key.Name, key.Line, key.Column, node));
        return node;
    }

    private ManifestNode Value(int depth)
    {
        if (depth > MaxDepth) throw _scanner.Error($"deeper than {MaxDepth} levels");
        _scanner.SkipSpace();
        var (line, column) = _scanner.Place;
        if (_scanner.Take("[")) return Items(new ManifestNode(ManifestNodeKind.List, line, column), depth);
        if (_scanner.Take("{")) return Inline(new ManifestNode(ManifestNodeKind.Map, line, column), depth);
        return new ManifestNode(ManifestNodeKind.Scalar, line, column) { Scalar = _scanner.Scalar() };
    }

    private ManifestNode Items(ManifestNode list, int depth)
    {
        _closed.Add(list);
        for (_scanner.SkipBlank(); !_scanner.Take("]"); _scanner.SkipBlank())
        {
            list.Items.Add(Value(depth + 1));
            _scanner.SkipBlank();
            if (_scanner.Take(",")) continue;
            if (!_scanner.Take("]")) throw _scanner.Error("',' or ']' is wanted");
            return list;
        }
        return list;
    }

    private ManifestNode Inline(ManifestNode map, int depth)
    {
        _scanner.SkipSpace();
        if (!_scanner.Take("}"))
        {
            do Pair(map, depth + 1);
            while (_scanner.TakeAfterSpace(","));
            if (!_scanner.TakeAfterSpace("}")) throw _scanner.Error("',' or '}' is wanted");
        }
        _closed.Add(map);
        return map;
    }
}
