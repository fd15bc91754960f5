namespace ClawGrains.Components.Wit;

/// <summary>A package file as parsed; names are not resolved yet.</summary>
internal sealed record WitFile(string File, string? Package, List<WitInterface> Interfaces, List<WitWorld> Worlds);

/// <summary>An interface, or the inline one of a world's import or export.</summary>
internal sealed record WitInterface(string Name, string Package, string File)
{
    public Dictionary<string, WitTypeDefinition> Types { get; } = new(StringComparer.Ordinal);

    public List<(string Name, WitFunc Func)> Functions { get; } = [];
}

internal sealed record WitWorld(string Name, string Package)
{
    public List<WitWorldItem> Items { get; } = [];

    public WitInterface? Types { get; set; }
}

/// <summary>What a world imports or exports: a named interface, an inline one, or a function; or what it includes.</summary>
internal sealed record WitWorldItem(string Direction, string Name, WitInterface? Inline, WitFunc? Func);

internal sealed record WitFunc(List<(string Name, WitType Type)> Parameters, WitType? Result, bool IsAsync);

/// <summary>A type expression: a name with arguments, for example <c>result</c> of two; <c>_</c> is a null argument.</summary>
internal sealed record WitType(string Name, List<WitType?> Arguments, uint? Length, WitToken At);

internal enum WitTypeKind { Alias, Record, Variant, Enum, Flags, Resource, Use }

/// <summary>A type definition; a use keeps the interface and the name there.</summary>
internal sealed record WitTypeDefinition(WitTypeKind Kind, string Name, List<(string Name, WitType? Type)> Members, WitToken At)
{
    public string From { get; init; } = "";
}
