using ClawGrains.Wasm.Runtime;

namespace ClawGrains.Wasm;

/// <summary>A global variable or constant (§4.2.9).</summary>
public sealed unsafe class Global : Extern
{
    private readonly GlobalType type;

    /// <summary>The 16 bytes of a number or vector; they live as long as the store.</summary>
    internal readonly ulong* Cell;

    /// <summary>The value of a reference.</summary>
    internal object? Reference;

    private object? referenceImage;

    /// <summary>A new global.</summary>
    public Global(Store store, GlobalType type, Value initial) : base(store)
    {
        this.type = type;
        Cell = store.AllocateCells(1);
        store.AddGlobal(this);
        Set(initial);
    }

    internal Global(Store store, GlobalType type, ulong* cell, object? reference) : base(store)
    {
        this.type = type;
        Cell = cell;
        Reference = reference;
        store.AddGlobal(this);
    }

    /// <inheritdoc/>
    public override ExternType ExternType => type;

    /// <summary>The value. Setting throws <see cref="InvalidOperationException"/> on a constant, <see cref="ArgumentException"/> for another kind.</summary>
    public Value Value
    {
        get
        {
            Store.ThrowIfDisposed();
            return new Value(type.Content, Cell[0], Cell[1], Reference);
        }
        set
        {
            Store.ThrowIfDisposed();
            if (!type.IsMutable) throw new InvalidOperationException("The global is a constant.");
            Set(value);
        }
    }

    internal void TakeImage() => referenceImage = Reference;

    internal void Reset() => Reference = referenceImage;

    private void Set(Value value)
    {
        if (!value.Kind.Fits(type.Content)) throw new ArgumentException($"The global holds {type.Content}, not {value.Kind}.", nameof(value));
        if (Marshalling.IsForeign(value, Store)) throw new ArgumentException("The reference belongs to another store.", nameof(value));
        Cell[0] = value.Low;
        Cell[1] = value.High;
        Reference = value.Reference;
    }
}
