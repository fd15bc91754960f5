namespace ClawGrains.Wasm;

/// <summary>Something that can be imported and exported: a function, memory, table, global or tag of one store.</summary>
public abstract class Extern
{
    private protected Extern(Store store) => Store = store;

    /// <summary>The store it lives in.</summary>
    public Store Store { get; }

    /// <summary>Its type; for a memory or table with the current size as the minimum (§4.5.1).</summary>
    public abstract ExternType ExternType { get; }
}
