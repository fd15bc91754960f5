namespace ClawGrains.Wasm.Runtime;

/// <summary>Whether what is offered satisfies an import (§4.5.3).</summary>
internal static class ImportMatching
{
    public static Extern Resolve(Store store, ImportDescriptor import, Imports imports)
    {
        var found = imports.Resolve(import) ?? throw new LinkException($"unknown import: \"{import.Module}\" \"{import.Name}\" ({import.Type})");
        if (found.Store != store) throw new LinkException($"The import \"{import.Module}\" \"{import.Name}\" belongs to another store.");
        if (Matches(found.ExternType, import.Type)) return found;
        throw new LinkException($"incompatible import type: \"{import.Module}\" \"{import.Name}\" is {found.ExternType}, wanted is {import.Type}");
    }

    private static bool Matches(ExternType given, ExternType wanted) => (given, wanted) switch
    {
        (FunctionType function, FunctionType other) => function.Equals(other),
        (GlobalType global, GlobalType other) => Matches(global, other),
        (TagType tag, TagType other) => tag == other,
        (MemoryType memory, MemoryType other) => Matches(memory.Limits, other.Limits),
        (TableType table, TableType other) => table.Element == other.Element && Matches(table.Limits, other.Limits),
        _ => false,
    };

    private static bool Matches(GlobalType given, GlobalType wanted) =>
        given == wanted || (!given.IsMutable && !wanted.IsMutable && given.Content.Fits(wanted.Content));

    private static bool Matches(Limits given, Limits wanted) =>
        given.Minimum >= wanted.Minimum && (wanted.Maximum is not { } most || given.Maximum <= most);
}
