namespace ClawGrains.Components.Binary;

/// <summary>
/// What a component may declare at most. The figures are those of wasm-tools, so that a component accepted there
/// is accepted here; they bound the time and memory of decoding and validation.
/// </summary>
internal static class Limits
{
    public const uint StringSize = 100_000;
    public const uint ModuleSize = 1u << 30;
    public const uint Items = 1_000_000;
    public const uint Modules = 1_000;
    public const uint Components = 1_000;
    public const uint Instances = 1_000;
    public const uint Declarations = 1_000_000;
    public const uint ModuleDeclarations = 100_000;
    public const uint Fields = 10_000;
    public const uint Flags = 1_000;
    public const uint Parameters = 1_000;
    public const uint CanonicalOptions = 10;
    public const uint InstantiationArguments = 1_000;
    public const uint InstantiationExports = 100_000;

    /// <summary>Nodes of a type counted as a tree, shared parts once per use.</summary>
    public const long TypeSize = 1_000_000;

    /// <summary>Nodes of all types that are introduced, instantiated or finished in a component, counted likewise.</summary>
    public const long TypeWork = 2_000_000;

    /// <summary>Resource types that the instances of a component make anew.</summary>
    public const long Resources = 100_000;

    /// <summary>Nesting of components, of component and instance types, and of value types.</summary>
    public const int Depth = 100;

    /// <summary>Bytes of one value in memory (exclusive), under 64-bit pointers: the explainer's 2^28.</summary>
    public const ulong ValueSize = 1ul << 28;
}
