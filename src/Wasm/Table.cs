namespace ClawGrains.Wasm;

/// <summary>A table of references (§4.2.7).</summary>
public sealed class Table : Extern
{
    /// <summary>A new table filled with <paramref name="initial"/>. Throws <see cref="LinkException"/> when the store's limits don't allow it.</summary>
    public Table(Store store, TableType type, Value initial) : base(store) => throw new NotImplementedException();

    /// <inheritdoc/>
    public override ExternType ExternType => throw new NotImplementedException();

    /// <summary>The number of elements.</summary>
    public uint Size => throw new NotImplementedException();

    /// <summary>An element. Throws a <see cref="TrapException"/> of kind <see cref="TrapKind.TableOutOfBounds"/> past the end.</summary>
    public Value this[uint index]
    {
        get => throw new NotImplementedException();
        set => throw new NotImplementedException();
    }

    /// <summary>Adds elements; returns the size before, or −1 when refused.</summary>
    public int Grow(uint elements, Value initial) => throw new NotImplementedException();
}
