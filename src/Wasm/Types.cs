using System.Collections.Immutable;

namespace ClawGrains.Wasm;

/// <summary>The type of something imported or exported (§2.3.11).</summary>
public abstract record ExternType;

/// <summary>A function's parameters and results (§2.3.6). Equal when their lists are equal.</summary>
public sealed record FunctionType(ImmutableArray<ValueKind> Parameters, ImmutableArray<ValueKind> Results) : ExternType
{
    /// <summary>A type from two lists; either may be empty.</summary>
    public static FunctionType Of(ReadOnlySpan<ValueKind> parameters, ReadOnlySpan<ValueKind> results) =>
        new([.. parameters], [.. results]);

    /// <inheritdoc/>
    public bool Equals(FunctionType? other) =>
        other is not null && Parameters.AsSpan().SequenceEqual(other.Parameters.AsSpan())
        && Results.AsSpan().SequenceEqual(other.Results.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var kind in Parameters) hash.Add((byte)kind);
        hash.Add(-1);
        foreach (var kind in Results) hash.Add((byte)kind);
        return hash.ToHashCode();
    }

    /// <summary>For people, for example <c>(i32, i32) -> (i64)</c>.</summary>
    public override string ToString() => $"({Names(Parameters)}) -> ({Names(Results)})";

    private static string Names(ImmutableArray<ValueKind> kinds) =>
        string.Join(", ", kinds.Select(kind => kind.ToString().ToLowerInvariant()));
}

/// <summary>The size range of a memory in pages of 64 KiB, or of a table in elements (§2.3.8).</summary>
/// <param name="Minimum">The size at creation.</param>
/// <param name="Maximum">The size growth stops at; null is none declared.</param>
public readonly record struct Limits(uint Minimum, uint? Maximum = null);

/// <summary>A linear memory; its limits are in pages (§2.3.9).</summary>
public sealed record MemoryType(Limits Limits) : ExternType;

/// <summary>A table of references (§2.3.10).</summary>
public sealed record TableType(ValueKind Element, Limits Limits) : ExternType;

/// <summary>A global variable or constant (§2.3.11).</summary>
public sealed record GlobalType(ValueKind Content, bool IsMutable) : ExternType;

/// <summary>A tag; its function type has no results (exception-handling).</summary>
public sealed record TagType(FunctionType Type) : ExternType;

/// <summary>What a module needs (§2.5.11).</summary>
public sealed record ImportDescriptor(string Module, string Name, ExternType Type);

/// <summary>What a module offers (§2.5.10).</summary>
public sealed record ExportDescriptor(string Name, ExternType Type);

/// <summary>A custom section as it stands in the binary (§5.5.3).</summary>
public sealed record CustomSection(string Name, ReadOnlyMemory<byte> Data);
