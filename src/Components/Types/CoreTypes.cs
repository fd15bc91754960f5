namespace ClawGrains.Components.Types;

/// <summary>A core value type as the binary format writes it; also the types that flattening yields.</summary>
internal enum CoreValType : byte { I32 = 0x7f, I64 = 0x7e, F32 = 0x7d, F64 = 0x7c, V128 = 0x7b, FuncRef = 0x70, ExternRef = 0x6f, ExnRef = 0x69 }

internal readonly record struct CoreLimits(ulong Min, ulong? Max)
{
    /// <summary>Core specification, "Limits" matching: at least as much now, never more later.</summary>
    public bool Matches(CoreLimits wanted) => Min >= wanted.Min && (wanted.Max is not { } max || (Max is { } mine && mine <= max));
}

internal abstract record CoreExternType;

internal sealed record CoreFuncType(CoreValType[] Params, CoreValType[] Results) : CoreExternType
{
    public bool Equals(CoreFuncType? other) =>
        other is not null && Params.AsSpan().SequenceEqual(other.Params) && Results.AsSpan().SequenceEqual(other.Results);

    public override int GetHashCode() => HashCode.Combine(Params.Length, Results.Length, Params.FirstOrDefault());

    public override string ToString() =>
        $"[{string.Join(' ', Params.Select(Name))}] -> [{string.Join(' ', Results.Select(Name))}]";

    private static string Name(CoreValType type) => type.ToString().ToLowerInvariant();
}

internal sealed record CoreTableType(CoreValType Element, CoreLimits Limits) : CoreExternType;

internal sealed record CoreMemoryType(CoreLimits Limits, bool Shared, bool Is64) : CoreExternType;

internal sealed record CoreGlobalType(CoreValType Type, bool Mutable) : CoreExternType;

internal sealed record CoreTagType(CoreFuncType Type) : CoreExternType;

internal readonly record struct CoreImport(string Module, string Name, CoreExternType Type);

internal readonly record struct CoreExport(string Name, CoreExternType Type);

/// <summary>Core subtyping, used when modules are linked inside a component.</summary>
internal static class CoreSubtype
{
    /// <summary>Null when <paramref name="actual"/> may stand where <paramref name="wanted"/> is asked for, else why not.</summary>
    public static string? Mismatch(CoreExternType actual, CoreExternType wanted) => (actual, wanted) switch
    {
        (CoreFuncType a, CoreFuncType w) => a == w ? null : $"expected: (func {w}), found: (func {a})",
        (CoreTagType a, CoreTagType w) => a.Type == w.Type ? null : $"expected tag {w.Type}, found {a.Type}",
        (CoreGlobalType a, CoreGlobalType w) => Global(a, w),
        (CoreTableType a, CoreTableType w) => Table(a, w),
        (CoreMemoryType a, CoreMemoryType w) => Memory(a, w),
        _ => $"expected {Describe(wanted)}, found {Describe(actual)}",
    };

    public static string Describe(CoreExternType type) => type switch
    {
        CoreFuncType => "func",
        CoreTagType => "tag",
        CoreGlobalType => "global",
        CoreTableType => "table",
        _ => "memory",
    };

    private static string? Global(CoreGlobalType actual, CoreGlobalType wanted)
    {
        if (actual.Mutable != wanted.Mutable) return "global types differ in mutability";
        return actual.Type == wanted.Type ? null : $"expected global type {Name(wanted.Type)}, found {Name(actual.Type)}";
    }

    private static string? Table(CoreTableType actual, CoreTableType wanted)
    {
        if (actual.Element != wanted.Element) return $"expected table element type {Name(wanted.Element)}, found {Name(actual.Element)}";
        return actual.Limits.Matches(wanted.Limits) ? null : "mismatch in table limits";
    }

    private static string? Memory(CoreMemoryType actual, CoreMemoryType wanted)
    {
        if (actual.Shared != wanted.Shared) return "mismatch in the shared flag for memories";
        if (actual.Is64 != wanted.Is64) return "mismatch in index type used for memories";
        return actual.Limits.Matches(wanted.Limits) ? null : "mismatch in memory limits";
    }

    private static string Name(CoreValType type) => type.ToString().ToLowerInvariant();
}
