namespace ClawGrains.Components.Wit;

/// <summary>WIT.md's grammar as of WASI 0.2: packages, interfaces, worlds, types, gates. Errors carry file:line:column.</summary>
internal sealed class WitParser
{
    private const int MaxDepth = 100;
    private readonly string _file;
    private readonly List<WitToken> _tokens;
    private int _at;
    private readonly Dictionary<string, string> _interfaces = new(StringComparer.Ordinal);
    private string _package = "";

    private WitParser(string text, string file)
    {
        _file = file;
        _tokens = WitLexer.Tokens(text, file);
    }

    public static List<WitFile> Parse(string text, string file)
    {
        var parser = new WitParser(text, file);
        var files = new List<WitFile>();
        var main = new WitFile(file, null, [], []);
        parser.Body(ref main, files, "");
        files.Insert(0, main);
        return files;
    }

    private WitToken Next => _tokens[_at];

    private void Body(ref WitFile into, List<WitFile> nested, string end)
    {
        while (Next.Text != end)
        {
            Gates();
            if (Accept("package")) Package(ref into, nested);
            else if (Accept("interface")) into.Interfaces.Add(Interface(Id()));
            else if (Accept("world")) into.Worlds.Add(World(Id()));
            else if (Accept("use")) UseInterface();
            else throw Error("expected `package`, `interface`, `world` or `use`");
        }
    }

    /// <summary><c>use path;</c> or <c>use path as name;</c> outside of interfaces names an interface for this file.</summary>
    private void UseInterface()
    {
        var path = Path();
        var last = path[(path.LastIndexOf('/') + 1)..].Split('@')[0];
        _interfaces[Accept("as") ? Id() : last] = path;
        Expect(";");
    }

    private void Package(ref WitFile into, List<WitFile> nested)
    {
        var name = PackageName();
        if (Accept(";"))
        {
            _package = name;
            into = into with { Package = name };
            return;
        }
        Expect("{");
        var (outer, inner) = (_package, new WitFile(_file, name, [], []));
        _package = name;
        Body(ref inner, nested, "}");
        Expect("}");
        _package = outer;
        nested.Add(inner);
    }

    private string PackageName()
    {
        var name = Id();
        while (Accept(":")) name += ":" + Id();
        return name + Version();
    }

    private string Version() => Next.Text.StartsWith('@') && Next.Text.Length > 1 ? Take().Text : "";

    /// <summary>Feature gates say when an item came; all items are taken.</summary>
    private void Gates()
    {
        while (Accept("@"))
        {
            Id();
            Expect("(");
            SkipTo(")");
        }
    }

    private WitInterface Interface(string name)
    {
        var result = new WitInterface(name, _package, _file);
        Expect("{");
        while (!Accept("}")) InterfaceItem(result);
        return result;
    }

    private void InterfaceItem(WitInterface into)
    {
        Gates();
        if (TryType(into)) return;
        var name = Id();
        Expect(":");
        into.Functions.Add((name, Func()));
        Expect(";");
    }

    private WitWorld World(string name)
    {
        var world = new WitWorld(name, _package) { Types = new WitInterface("", _package, _file) };
        Expect("{");
        while (!Accept("}"))
        {
            Gates();
            if (TryType(world.Types)) continue;
            var direction = Id();
            if (direction == "include") Include(world);
            else if (direction is "import" or "export") WorldItem(world, direction);
            else throw Error("expected `import`, `export`, `include`, `use` or a type");
        }
        return world;
    }

    private void Include(WitWorld world)
    {
        world.Items.Add(new("include", Path(), null, null));
        if (Accept("with")) SkipTo("}");
        Accept(";");
    }

    private void WorldItem(WitWorld world, string direction)
    {
        var mark = _at;
        var name = Id();
        if (Accept(":") && (Next.Text is "func" or "async" or "interface"))
        {
            if (Accept("interface"))
            {
                world.Items.Add(new(direction, name, Interface(name), null));
                return;
            }
            world.Items.Add(new(direction, name, null, Func()));
        }
        else
        {
            _at = mark;
            world.Items.Add(new(direction, Path(), null, null));
        }
        Expect(";");
    }

    /// <summary><c>name</c> or <c>namespace:package/name@version</c>.</summary>
    private string Path()
    {
        var path = Id();
        while (Next.Text is ":" or "/") path += Take().Text + Id();
        path += Version();
        return _interfaces.GetValueOrDefault(path, path);
    }

    private bool TryType(WitInterface into)
    {
        var kind = Next.Text;
        if (kind == "use")
        {
            Use(into);
            return true;
        }
        if (kind is not ("type" or "record" or "variant" or "enum" or "flags" or "resource") || _tokens[_at + 1].Text == ":") return false;
        var at = Take();
        var name = Id();
        if (kind == "resource") Resource(into, name, at);
        else if (kind == "type") Define(into, new(WitTypeKind.Alias, name, [("", AliasType())], at));
        else Define(into, new(Enum.Parse<WitTypeKind>(kind, ignoreCase: true), name, Members(kind), at));
        return true;
    }

    private WitType AliasType()
    {
        Expect("=");
        var type = Type(0);
        Expect(";");
        return type;
    }

    private void Use(WitInterface into)
    {
        var at = Take();
        var from = Path();
        Expect(".");
        Expect("{");
        while (!Accept("}"))
        {
            var name = Id();
            var alias = Accept("as") ? Id() : name;
            Define(into, new(WitTypeKind.Use, alias, [(name, null)], at) { From = from });
            Accept(",");
        }
        Expect(";");
    }

    private void Define(WitInterface into, WitTypeDefinition type)
    {
        if (!into.Types.TryAdd(type.Name, type)) throw WitLexer.Error(_file, type.At.Line, type.At.Column, $"`{type.Name}` is defined twice");
    }

    private List<(string, WitType?)> Members(string kind)
    {
        var members = new List<(string, WitType?)>();
        Expect("{");
        while (!Accept("}"))
        {
            Gates();
            var name = Id();
            WitType? type = null;
            if (kind == "record")
            {
                Expect(":");
                type = Type(0);
            }
            else if (kind == "variant" && Accept("("))
            {
                type = Type(0);
                Expect(")");
            }
            members.Add((name, type));
            if (!Accept(",") && Next.Text != "}") throw Error("expected `,` or `}`");
        }
        return members;
    }

    private void Resource(WitInterface into, string name, WitToken at)
    {
        Define(into, new(WitTypeKind.Resource, name, [], at));
        if (Accept(";")) return;
        Expect("{");
        var self = new WitType("borrow", [new WitType(name, [], null, at)], null, at);
        while (!Accept("}"))
        {
            Gates();
            if (Next.Text == "constructor" && _tokens[_at + 1].Text == "(")
            {
                Take();
                var made = new WitFunc(Parameters(), Accept("->") ? Type(0) : new WitType(name, [], null, at), false);
                into.Functions.Add(($"[constructor]{name}", made));
            }
            else Member(into, name, self);
            Expect(";");
        }
    }

    private void Member(WitInterface into, string resource, WitType self)
    {
        var member = Id();
        Expect(":");
        if (Accept("static"))
        {
            into.Functions.Add(($"[static]{resource}.{member}", Func()));
            return;
        }
        var func = Func();
        into.Functions.Add(($"[method]{resource}.{member}", func with { Parameters = [("self", self), .. func.Parameters] }));
    }

    private WitFunc Func()
    {
        var isAsync = Accept("async");
        Expect("func");
        var parameters = Parameters();
        return new WitFunc(parameters, Accept("->") ? Type(0) : null, isAsync);
    }

    private List<(string, WitType)> Parameters()
    {
        var parameters = new List<(string, WitType)>();
        Expect("(");
        while (!Accept(")"))
        {
            var name = Id();
            Expect(":");
            parameters.Add((name, Type(0)));
            if (!Accept(",") && Next.Text != ")") throw Error("expected `,` or `)`");
        }
        return parameters;
    }

    private WitType Type(int depth)
    {
        if (depth > MaxDepth) throw Error($"types are nested more than {MaxDepth} deep");
        var at = Next;
        var name = at.Text.StartsWith('%') ? "%" + Id() : Id();
        var arguments = new List<WitType?>();
        uint? length = null;
        if (!Accept("<")) return new WitType(name, arguments, null, at);
        while (!Accept(">"))
        {
            if (Next.IsWord && uint.TryParse(Next.Text, out var number))
            {
                length = number;
                Take();
            }
            else arguments.Add(Accept("_") ? null : Type(depth + 1));
            if (!Accept(",") && Next.Text != ">") throw Error("expected `,` or `>`");
        }
        return new WitType(name, arguments, length, at);
    }

    private string Id() => Next.IsWord ? Take().Text.TrimStart('%') : throw Error($"expected a name, found `{Next.Text}`");

    private WitToken Take() => _tokens[_at++];

    private bool Accept(string text)
    {
        if (Next.Text != text) return false;
        _at++;
        return true;
    }

    private void Expect(string text)
    {
        if (!Accept(text)) throw Error($"expected `{text}`, found `{(Next.Text.Length == 0 ? "the end" : Next.Text)}`");
    }

    private void SkipTo(string text)
    {
        while (!Accept(text))
        {
            if (Next.Text.Length == 0) throw Error($"expected `{text}`, found the end");
            _at++;
        }
    }

    private ComponentException Error(string message) => WitLexer.Error(_file, Next.Line, Next.Column, message);
}
