namespace ClawGrains.Wasm.Compilation;

internal enum VariantKind : byte
{
    /// <summary>The only one of a function that isn't worth more.</summary>
    Plain,
    /// <summary>Marks the pages it writes, and counts its iterations and calls.</summary>
    Tracking,
    /// <summary>Doesn't mark; runs only where the whole memory counts as written.</summary>
    Free,
    /// <summary>The same, begun in the middle: takes over a loop from the one that tracks.</summary>
    Resumed,
}

/// <summary>One of the ways a function is compiled; <paramref name="Loop"/> is where <see cref="VariantKind.Resumed"/> begins.</summary>
internal readonly record struct Variant(VariantKind Kind, int Loop = 0)
{
    /// <summary>Whether it sees to it that what it writes is known.</summary>
    public bool Marks => Kind is VariantKind.Plain or VariantKind.Tracking;
}
