using ClawGrains.Components.Types;

namespace ClawGrains.Components.Binary;

/// <summary>A component as decoded: its definitions in binary order, indices unresolved.</summary>
internal sealed record ComponentSyntax(long Offset, IReadOnlyList<Definition> Definitions, IReadOnlyList<CustomSection> Customs);

internal sealed record CustomSection(string Name, ReadOnlyMemory<byte> Data);

internal enum CoreSort : byte { Func = 0, Table = 1, Memory = 2, Global = 3, Tag = 4, Type = 0x10, Module = 0x11, Instance = 0x12 }

internal enum Sort : byte { CoreModule, Func, Type, Component, Instance }

internal readonly record struct SortIndex(Sort Sort, uint Index);

internal readonly record struct CoreSortIndex(CoreSort Sort, uint Index);

/// <summary>An import or export name with its attributes (explainer, "Import and Export Definitions").</summary>
internal sealed record NameSyntax(string Name, string? Implements = null, string? VersionSuffix = null, string? ExternalId = null);

internal abstract record Definition(long Offset);

internal sealed record CoreModuleDefinition(long Offset, ReadOnlyMemory<byte> Bytes) : Definition(Offset);

internal sealed record CoreInstantiate(long Offset, uint Module, (string Name, uint Instance)[] Arguments) : Definition(Offset);

internal sealed record CoreInlineExports(long Offset, (string Name, CoreSortIndex Item)[] Exports) : Definition(Offset);

internal sealed record CoreTypeDefinition(long Offset, CoreTypeSyntax Type) : Definition(Offset);

internal sealed record NestedComponent(long Offset, ComponentSyntax Component) : Definition(Offset);

internal sealed record Instantiate(long Offset, uint Component, (string Name, SortIndex Item)[] Arguments) : Definition(Offset);

internal sealed record InlineExports(long Offset, (NameSyntax Name, SortIndex Item)[] Exports) : Definition(Offset);

internal sealed record AliasExport(long Offset, Sort Sort, uint Instance, string Name) : Definition(Offset);

internal sealed record AliasCoreExport(long Offset, CoreSort Sort, uint Instance, string Name) : Definition(Offset);

/// <summary>The sort is a core module, core type, type or component; a core type is told by <paramref name="CoreType"/>.</summary>
internal sealed record AliasOuter(long Offset, Sort Sort, bool CoreType, uint Count, uint Index) : Definition(Offset);

internal sealed record TypeDefinition(long Offset, TypeSyntax Type) : Definition(Offset);

internal sealed record CanonLift(long Offset, uint CoreFunc, CanonOptionSyntax Options, uint Type) : Definition(Offset);

internal sealed record CanonLower(long Offset, uint Func, CanonOptionSyntax Options) : Definition(Offset);

internal enum ResourceBuiltin { New, Drop, Rep }

internal sealed record CanonResource(long Offset, ResourceBuiltin Builtin, uint Type) : Definition(Offset);

/// <summary>
/// An asynchronous built-in. <paramref name="Type"/> is a component type for streams and futures and a core type for
/// <c>thread.new-indirect</c>; <paramref name="Index"/> is a memory, a table or a context slot.
/// </summary>
internal sealed record CanonAsync(long Offset, AsyncBuiltin Builtin, uint Type, uint Index, ValSyntax? Result, CanonOptionSyntax? Options) : Definition(Offset);

internal sealed record ImportDefinition(long Offset, NameSyntax Name, ExternSyntax Type) : Definition(Offset);

internal sealed record ExportDefinition(long Offset, NameSyntax Name, SortIndex Item, ExternSyntax? Type) : Definition(Offset);

/// <summary>Canonical options in the order written; duplicates and conflicts are a validation matter.</summary>
internal sealed record CanonOptionSyntax(long Offset, CanonOption[] Options);

internal enum CanonOptionKind : byte { Utf8, Utf16, Latin1Utf16, Memory, Realloc, PostReturn, Async, Callback }

internal readonly record struct CanonOption(CanonOptionKind Kind, uint Index);

/// <summary>A reference to a value type: a primitive or an index.</summary>
internal readonly record struct ValSyntax(PrimitiveKind? Primitive, uint Index);

internal enum ExternSyntaxKind : byte { CoreModule, Func, TypeEq, TypeSubResource, Component, Instance }

internal sealed record ExternSyntax(ExternSyntaxKind Kind, uint Index);

internal abstract record CoreTypeSyntax;

internal sealed record CoreFuncSyntax(CoreFuncType Type) : CoreTypeSyntax;

internal sealed record CoreModuleTypeSyntax(CoreModuleDeclaration[] Declarations) : CoreTypeSyntax;

internal enum CoreDeclarationKind : byte { Import, Type, Alias, Export }

/// <summary>One declarator of a core module type; only the members that its kind uses are set.</summary>
internal sealed record CoreModuleDeclaration(CoreDeclarationKind Kind, long Offset)
{
    public string Module { get; init; } = "";
    public string Name { get; init; } = "";
    public CoreExternSyntax? Extern { get; init; }
    public CoreTypeSyntax? Type { get; init; }
    public uint Count { get; init; }
    public uint Index { get; init; }
}

/// <summary>A core extern type whose function or tag type is still an index.</summary>
internal sealed record CoreExternSyntax(CoreExternType? Type, CoreSort Sort, uint TypeIndex);

internal abstract record TypeSyntax;

internal sealed record PrimitiveSyntax(PrimitiveKind Kind) : TypeSyntax;

internal sealed record RecordSyntax((string Name, ValSyntax Type)[] Fields) : TypeSyntax;

internal sealed record VariantSyntax((string Name, ValSyntax? Type)[] Cases) : TypeSyntax;

internal sealed record ListSyntax(ValSyntax Element, uint? Length) : TypeSyntax;

internal sealed record MapSyntax(ValSyntax Key, ValSyntax Value) : TypeSyntax;

internal sealed record TupleSyntax(ValSyntax[] Types) : TypeSyntax;

internal sealed record FlagsSyntax(string[] Names) : TypeSyntax;

internal sealed record EnumSyntax(string[] Names) : TypeSyntax;

internal sealed record OptionSyntax(ValSyntax Type) : TypeSyntax;

internal sealed record ResultSyntax(ValSyntax? Ok, ValSyntax? Error) : TypeSyntax;

internal sealed record OwnSyntax(uint Resource) : TypeSyntax;

internal sealed record BorrowSyntax(uint Resource) : TypeSyntax;

internal sealed record FuncSyntax((string Name, ValSyntax Type)[] Parameters, ValSyntax? Result, bool IsAsync) : TypeSyntax;

/// <summary>A stream or future.</summary>
internal sealed record AsyncSyntax(bool IsStream, ValSyntax? Element) : TypeSyntax;

internal sealed record ResourceSyntax(uint? Destructor) : TypeSyntax;

/// <summary>A component or instance type; its declarations are the same records as definitions.</summary>
internal sealed record ScopeTypeSyntax(bool IsComponent, Definition[] Declarations) : TypeSyntax;

/// <summary>An <c>exportdecl</c> of a component or instance type.</summary>
internal sealed record ExportDeclaration(long Offset, NameSyntax Name, ExternSyntax Type) : Definition(Offset);
