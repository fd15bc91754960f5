using System.Text;
using ClawGrains.Components.Types;

namespace ClawGrains.Components.Wit;

/// <summary>
/// Prints a component's type as WIT: its world, then the interfaces by package. Names are those of the imports and
/// exports; a type that comes from another interface is printed as a <c>use</c>.
/// </summary>
internal sealed class WitPrinter
{
    private readonly StringBuilder _text = new();

    /// <summary>Where each named type and resource was printed first: the interface (empty for the world) and the name.</summary>
    private readonly Dictionary<object, (string Interface, string Name)> _homes = new(ReferenceEqualityComparer.Instance);

    public static string Print(ComponentType type)
    {
        var printer = new WitPrinter();
        var packages = new SortedDictionary<string, List<string>>(StringComparer.Ordinal);
        printer.World(type, packages);
        foreach (var (package, interfaces) in packages)
        {
            printer._text.Append($"\npackage {package} {{\n");
            foreach (var text in interfaces) printer._text.Append(text);
            printer._text.Append("}\n");
        }
        return printer._text.ToString();
    }

    private void World(ComponentType type, SortedDictionary<string, List<string>> packages)
    {
        var body = new StringBuilder();
        var names = new Dictionary<object, string>(ReferenceEqualityComparer.Instance);
        var printed = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (direction, items) in new[] { ("import", type.Imports), ("export", type.Exports) })
        {
            foreach (var (name, item) in items.Items)
            {
                if (item.Type is InstanceType instance) Interface(direction, name, instance, (body, packages, printed));
                else if (item.Type is FuncType func) body.Append($"  {direction} {WitTypes.Escape(name)}: {WitTypes.Func(func, names)};\n");
                else if (item.Sort == ExternSort.Type) new InterfacePrinter(this, "", body, "  ").Type(name, item.Type, names);
                else body.Append($"  // {direction} {name}: a {item.Describe}, which WIT cannot express\n");
            }
        }
        _text.Append("package root:component;\n\nworld root {\n").Append(body).Append("}\n");
    }

    private void Interface(string direction, string name, InstanceType type, (StringBuilder Body, SortedDictionary<string, List<string>> Packages, HashSet<string> Printed) output)
    {
        var slash = name.IndexOf('/', StringComparison.Ordinal);
        var text = new StringBuilder();
        if (slash < 0)
        {
            new InterfacePrinter(this, name, text, "    ").Print(type);
            output.Body.Append($"  {direction} {WitTypes.Escape(name)}: interface {{\n{text}  }}\n");
            return;
        }
        output.Body.Append($"  {direction} {name};\n");
        new InterfacePrinter(this, name, text, "    ").Print(type);
        if (!output.Printed.Add(name)) return;
        var at = name.IndexOf('@', StringComparison.Ordinal);
        var package = InterfacePrinter.Package(name);
        if (!output.Packages.TryGetValue(package, out var interfaces)) output.Packages[package] = interfaces = [];
        interfaces.Add($"  interface {WitTypes.Escape(name[(slash + 1)..(at < 0 ? name.Length : at)])} {{\n{text}  }}\n");
    }

    /// <summary>Prints the items of one interface.</summary>
    private sealed class InterfacePrinter(WitPrinter printer, string home, StringBuilder text, string indent)
    {
        /// <summary>The name that each resource was printed under; another name for it is an alias.</summary>
        private readonly Dictionary<object, string> _printed = new(ReferenceEqualityComparer.Instance);

        public void Print(InstanceType type)
        {
            var names = new Dictionary<object, string>(ReferenceEqualityComparer.Instance);
            foreach (var (name, item) in type.Exports.Items)
            {
                if (item is { Sort: ExternSort.Type, Type: ResourceType resource } && !printer._homes.ContainsKey(resource.Id)) Resource(name, resource, type, names);
                else if (item.Sort == ExternSort.Type) Type(name, item.Type, names);
                else if (item.Type is FuncType func && !name.StartsWith('[')) text.Append($"{indent}{WitTypes.Escape(name)}: {WitTypes.Func(func, names)};\n");
            }
        }

        public void Type(string name, TypeDef type, Dictionary<object, string> names)
        {
            object identity = type is ResourceType resource ? resource.Id : type;
            var origin = type is ResourceType r ? (object)r.Id : type.Origin;
            if (type is ResourceType && _printed.TryGetValue(identity, out var first))
            {
                text.Append($"{indent}type {WitTypes.Escape(name)} = {WitTypes.Escape(first)};\n");
                return;
            }
            _printed[identity] = name;
            names[identity] = name;
            if (origin is not null && printer._homes.TryGetValue(origin, out var known) && known.Interface != home)
            {
                var source = known.Interface.Length == 0 ? known.Name : $"{Reference(known.Interface)}.{{{WitTypes.Escape(known.Name)}{(known.Name == name ? "" : $" as {WitTypes.Escape(name)}")}}}";
                text.Append($"{indent}use {source};\n");
                printer._homes.TryAdd(identity, known);
                return;
            }
            printer._homes.TryAdd(identity, (home, name));
            if (origin is not null && names.TryGetValue(origin, out var local) && local != name) text.Append($"{indent}type {WitTypes.Escape(name)} = {WitTypes.Escape(local)};\n");
            else if (type is ValType value) text.Append(WitTypes.Definition(name, value, names, indent));
            else text.Append($"{indent}resource {WitTypes.Escape(name)};\n");
        }

        /// <summary>An interface of the same package is named without the package.</summary>
        private string Reference(string other)
        {
            var (mine, theirs) = (Package(home), Package(other));
            if (theirs.Length == 0 || mine != theirs) return other;
            var (slash, at) = (other.IndexOf('/', StringComparison.Ordinal), other.IndexOf('@', StringComparison.Ordinal));
            return WitTypes.Escape(other[(slash + 1)..(at < 0 ? other.Length : at)]);
        }

        public static string Package(string name)
        {
            var (slash, at) = (name.IndexOf('/', StringComparison.Ordinal), name.IndexOf('@', StringComparison.Ordinal));
            return slash < 0 ? "" : name[..slash] + (at < 0 ? "" : name[at..]);
        }

        private void Resource(string name, ResourceType resource, InstanceType type, Dictionary<object, string> names)
        {
            names[resource.Id] = _printed[resource.Id] = name;
            printer._homes[resource.Id] = (home, name);
            // Types that the methods mention come after the resource in the component; their names are known already.
            foreach (var (other, item) in type.Exports.Items)
                if (item is { Sort: ExternSort.Type, Type: ValType }) names.TryAdd(item.Type, other);
                else if (item is { Sort: ExternSort.Type, Type: ResourceType r }) names.TryAdd(r.Id, other);
            var members = type.Exports.Items.Where(i => WitTypes.MemberOf(i.Name) == name).Select(i => $"{indent}  {WitTypes.Member(i.Name, (FuncType)i.Type.Type, names)};\n").ToArray();
            text.Append(members.Length == 0 ? $"{indent}resource {WitTypes.Escape(name)};\n" : $"{indent}resource {WitTypes.Escape(name)} {{\n{string.Concat(members)}{indent}}}\n");
        }
    }
}
