namespace ClawGrains.Components.Types;

/// <summary>What an import or export may be.</summary>
internal enum ExternSort : byte { Module, Func, Type, Instance, Component }

/// <summary>The type of an import or export. For sort <see cref="ExternSort.Type"/>, <paramref name="Type"/> is the type itself.</summary>
internal readonly record struct ExternType(ExternSort Sort, TypeDef Type)
{
    public string Describe => Sort.ToString().ToLowerInvariant();
}

/// <summary>A named item of a component or instance type; order is kept, names are looked up.</summary>
internal sealed class ExternMap
{
    public static readonly ExternMap Empty = new([]);
    private readonly Dictionary<string, int> _index;

    public ExternMap(IReadOnlyList<(string Name, ExternType Type)> items)
    {
        Items = items;
        _index = new(items.Count, StringComparer.Ordinal);
        for (var i = 0; i < items.Count; i++) _index[items[i].Name] = i;
    }

    public IReadOnlyList<(string Name, ExternType Type)> Items { get; }

    public ExternType? Find(string name) => _index.TryGetValue(name, out var i) ? Items[i].Type : null;

    public long TypeSize => Items.Sum(i => i.Type.Type.TypeSize);

    public int Depth => Items.Select(i => i.Type.Type.Depth).DefaultIfEmpty(0).Max();

    public bool MentionsResource => Items.Any(i => i.Type.Type.MentionsResource);
}

/// <summary>
/// An instance type. <see cref="Variables"/> are the resources it introduces itself: fresh for every instance
/// that is imported or exported under this type, and empty for the type of an instance that exists.
/// </summary>
internal sealed class InstanceType : TypeDef
{
    public InstanceType(ExternMap exports, IReadOnlyList<ResourceId> variables)
    {
        Exports = exports;
        Variables = variables;
        TypeSize = 1 + exports.TypeSize;
        Depth = 1 + exports.Depth;
        MentionsResource = exports.MentionsResource;
    }

    public ExternMap Exports { get; }

    public IReadOnlyList<ResourceId> Variables { get; }

    public override string Describe => "instance";

    protected override TypeDef Copy() => new InstanceType(Exports, Variables);
}

/// <summary>A component type: resources that its imports bind, and those that each instantiation makes anew.</summary>
internal sealed class ComponentType : TypeDef
{
    public ComponentType(ExternMap imports, ExternMap exports, IReadOnlyList<ResourceId> imported, IReadOnlyList<ResourceId> defined)
    {
        Imports = imports;
        Exports = exports;
        Imported = imported;
        Defined = defined;
        TypeSize = 1 + imports.TypeSize + exports.TypeSize;
        Depth = 1 + Math.Max(imports.Depth, exports.Depth);
        MentionsResource = imports.MentionsResource || exports.MentionsResource;
    }

    public ExternMap Imports { get; }

    public ExternMap Exports { get; }

    /// <summary>Universally quantified: bound by whoever instantiates.</summary>
    public IReadOnlyList<ResourceId> Imported { get; }

    /// <summary>Existentially quantified: fresh at every instantiation.</summary>
    public IReadOnlyList<ResourceId> Defined { get; }

    public override string Describe => "component";

    protected override TypeDef Copy() => new ComponentType(Imports, Exports, Imported, Defined);
}

/// <summary>A core module type, declared or inferred from a module's bytes.</summary>
internal sealed class ModuleType : TypeDef
{
    private readonly Dictionary<string, CoreExternType> _exports;

    public ModuleType(IReadOnlyList<CoreImport> imports, IReadOnlyList<CoreExport> exports)
    {
        Imports = imports;
        Exports = exports;
        _exports = new(exports.Count, StringComparer.Ordinal);
        foreach (var export in exports) _exports[export.Name] = export.Type;
        TypeSize = 1 + imports.Count + exports.Count;
    }

    public IReadOnlyList<CoreImport> Imports { get; }

    public IReadOnlyList<CoreExport> Exports { get; }

    public CoreExternType? Export(string name) => _exports.GetValueOrDefault(name);

    public override string Describe => "module";

    protected override TypeDef Copy() => this;
}
