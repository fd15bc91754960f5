using ClawGrains.Components.Types;

namespace ClawGrains.Components.Wit;

/// <summary>
/// A set of WIT packages: parses files, resolves names across them, and gives the functions of interfaces and worlds
/// with their types. Not safe for concurrent use.
/// </summary>
public sealed class WitPackages
{
    private static readonly Dictionary<string, PrimitiveType> Primitives = Enum.GetValues<PrimitiveKind>().Select(PrimitiveType.Of).ToDictionary(p => p.Describe);
    private readonly Dictionary<string, WitInterface> _interfaces = new(StringComparer.Ordinal);
    private readonly Dictionary<string, WitWorld> _worlds = new(StringComparer.Ordinal);
    private readonly Dictionary<(WitInterface, string), TypeDef?> _types = [];
    private int _depth;

    /// <summary>The full names of the interfaces, for example <c>wasi:io/poll@0.2.0</c>.</summary>
    public IEnumerable<string> Interfaces => _interfaces.Keys.Order(StringComparer.Ordinal);

    /// <summary>The full names of the worlds.</summary>
    public IEnumerable<string> Worlds => _worlds.Keys.Order(StringComparer.Ordinal);

    /// <summary>
    /// Adds the text of one file; files of one package may be added in any order, those without a <c>package</c> line
    /// belong to <paramref name="package"/>. Throws <see cref="ComponentException"/> of kind
    /// <see cref="ComponentErrorKind.Malformed"/> whose message begins with file:line:column.
    /// </summary>
    public WitPackages Add(string text, string file, string package = "")
    {
        foreach (var parsed in WitParser.Parse(text, file))
        {
            var name = parsed.Package ?? package;
            foreach (var item in parsed.Interfaces) _interfaces[Full(name, item.Name)] = item with { Package = name };
            foreach (var world in parsed.Worlds) _worlds[Full(name, world.Name)] = world with { Package = name };
        }
        return this;
    }

    /// <summary>Adds every <c>.wit</c> file below a folder.</summary>
    public WitPackages AddFolder(string folder)
    {
        foreach (var directory in Directory.EnumerateFiles(folder, "*.wit", SearchOption.AllDirectories).GroupBy(Path.GetDirectoryName))
        {
            var texts = directory.Order(StringComparer.Ordinal).Select(f => (File: f, Text: File.ReadAllText(f))).ToArray();
            var package = texts.SelectMany(t => WitParser.Parse(t.Text, t.File)).Select(f => f.Package).FirstOrDefault(p => p is not null) ?? "";
            foreach (var (file, text) in texts) Add(text, file, package);
        }
        return this;
    }

    /// <summary>The functions of an interface, with their types. Throws <see cref="KeyNotFoundException"/> for an unknown one and <see cref="ComponentException"/> for a name that does not resolve.</summary>
    public IReadOnlyList<ComponentFunctionType> Functions(string interfaceName) =>
        _interfaces.TryGetValue(interfaceName, out var found)
            ? [.. found.Functions.Select(f => new ComponentFunctionType(f.Name, Func(found, f.Func)))]
            : throw new KeyNotFoundException($"There is no interface `{interfaceName}`; there are {string.Join(", ", Interfaces)}.");

    /// <summary>Resolves every name of every interface and world. Throws <see cref="ComponentException"/> for the first that does not resolve.</summary>
    public void Check()
    {
        foreach (var (name, item) in _interfaces)
        {
            foreach (var type in item.Types.Keys) Named(item, type, default);
            Functions(name);
        }
        foreach (var world in _worlds.Values) Check(world);
    }

    private void Check(WitWorld world)
    {
        foreach (var item in world.Items)
        {
            if (item.Func is { } func) Func(world.Types!, func);
            else if (item.Inline is { } inline)
                foreach (var (_, member) in inline.Functions) Func(inline, member);
            else if (!(item.Direction == "include" ? _worlds.ContainsKey(Qualified(item.Name, world.Package)) : _interfaces.ContainsKey(Qualified(item.Name, world.Package))))
                throw new ComponentException(ComponentErrorKind.Invalid, $"world `{world.Name}`: `{item.Name}` is unknown");
        }
    }

    private static string Full(string package, string name)
    {
        var at = package.IndexOf('@', StringComparison.Ordinal);
        return at < 0 ? $"{package}/{name}" : $"{package[..at]}/{name}{package[at..]}";
    }

    private static string Qualified(string path, string package) => path.Contains(':', StringComparison.Ordinal) ? path : Full(package, path);

    private FuncType Func(WitInterface scope, WitFunc func) =>
        new([.. func.Parameters.Select(p => p.Name)], [.. func.Parameters.Select(p => Value(scope, p.Type))], func.Result is null ? null : Value(scope, func.Result), func.IsAsync);

    private TypeDef Named(WitInterface scope, string name, WitToken at)
    {
        if (!scope.Types.TryGetValue(name, out var definition)) throw WitLexer.Error(scope.File, at.Line, at.Column, $"the type `{name}` is unknown");
        if (_types.TryGetValue((scope, name), out var known)) return known ?? throw WitLexer.Error(scope.File, definition.At.Line, definition.At.Column, $"the type `{name}` contains itself");
        _types[(scope, name)] = null;
        if (++_depth > Binary.Limits.Depth) throw WitLexer.Error(scope.File, definition.At.Line, definition.At.Column, $"types are nested more than {Binary.Limits.Depth} deep");
        var type = Define(scope, definition);
        _depth--;
        if (type is { Depth: > Binary.Limits.Depth } or { TypeSize: > Binary.Limits.TypeSize }) throw WitLexer.Error(scope.File, definition.At.Line, definition.At.Column, $"the type `{name}` is too large");
        _types[(scope, name)] = type;
        return type;
    }

    private TypeDef Define(WitInterface scope, WitTypeDefinition definition)
    {
        string[] names = [.. definition.Members.Select(m => m.Name)];
        switch (definition.Kind)
        {
            case WitTypeKind.Resource: return new ResourceType(new ResourceId());
            case WitTypeKind.Use:
                var from = Qualified(definition.From, scope.Package);
                if (!_interfaces.TryGetValue(from, out var source)) throw WitLexer.Error(scope.File, definition.At.Line, definition.At.Column, $"the interface `{from}` is unknown");
                return Named(source, definition.Members[0].Name, definition.At);
            case WitTypeKind.Alias: return Any(scope, definition.Members[0].Type!);
        }
        if (names.Length == 0) throw WitLexer.Error(scope.File, definition.At.Line, definition.At.Column, $"`{definition.Name}` is empty");
        return definition.Kind switch
        {
            WitTypeKind.Record => new RecordType(names, [.. definition.Members.Select(m => Value(scope, m.Type!))]),
            WitTypeKind.Variant => new VariantType(names, [.. definition.Members.Select(m => m.Type is null ? null : Value(scope, m.Type))]),
            WitTypeKind.Enum => new EnumType(names),
            _ => new FlagsType(names),
        };
    }

    private ValType Value(WitInterface scope, WitType type) => Any(scope, type) switch
    {
        ValType value => value,
        ResourceType resource => new OwnType(resource),
        _ => throw WitLexer.Error(scope.File, type.At.Line, type.At.Column, $"`{type.Name}` is no value type"),
    };

    private TypeDef Any(WitInterface scope, WitType type)
    {
        if (type.Name.StartsWith('%')) return Named(scope, type.Name[1..], type.At);
        ValType Argument(int i) => i < type.Arguments.Count && type.Arguments[i] is { } a ? Value(scope, a) : throw WitLexer.Error(scope.File, type.At.Line, type.At.Column, $"`{type.Name}` needs {i + 1} arguments");
        ValType? Optional(int i) => i < type.Arguments.Count && type.Arguments[i] is { } a ? Value(scope, a) : null;
        ResourceType Handle() => type.Arguments is [{ } a] && Any(scope, a) is ResourceType r ? r : throw WitLexer.Error(scope.File, type.At.Line, type.At.Column, $"`{type.Name}` needs a resource");
        return type.Name switch
        {
            "list" => new ListType(Argument(0), type.Length),
            "option" => new OptionType(Argument(0)),
            "result" => new ResultType(Optional(0), Optional(1)),
            "tuple" => new TupleType([.. type.Arguments.Select((_, i) => Argument(i))]),
            "map" => new MapType(Argument(0), Argument(1)),
            "own" => new OwnType(Handle()),
            "borrow" => new BorrowType(Handle()),
            "stream" => new AsyncType(true, Optional(0)),
            "future" => new AsyncType(false, Optional(0)),
            var name => Primitives.TryGetValue(name, out var primitive) ? primitive : Named(scope, name, type.At),
        };
    }
}
