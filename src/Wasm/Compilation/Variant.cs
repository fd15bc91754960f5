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
    /// <summary>Begun in the middle of any loop, by a turn that is about to leave the memory: each access is checked by itself, and all stores mark.</summary>
    Careful,
}

/// <summary>One of the ways a function is compiled; <paramref name="Loop"/> is where <see cref="VariantKind.Resumed"/> begins.</summary>
internal readonly record struct Variant(VariantKind Kind, int Loop = 0)
{
    /// <summary>Whether it sees to it that what it writes is known.</summary>
    public bool Marks => Kind is VariantKind.Plain or VariantKind.Tracking or VariantKind.Careful;

    /// <summary>Whether it begins at a loop's head, with locals as another variant left them.</summary>
    public bool Resumes => Kind is VariantKind.Resumed or VariantKind.Careful;
}
