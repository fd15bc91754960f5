using ClawGrains.Wasm.Runtime;

namespace ClawGrains.Wasm;

/// <summary>A table of references (§4.2.7).</summary>
public sealed class Table : Extern
{
    private const uint MostElements = int.MaxValue / 16;
    private readonly TableType type;
    private object?[]? image;

    /// <summary>The elements; its length is the table's size. Of a funcref table each is null or a <see cref="Function"/>.</summary>
    internal object?[] Elements;

    /// <summary>A new table filled with <paramref name="initial"/>. Throws <see cref="LinkException"/> when the store's limits don't allow it.</summary>
    public Table(Store store, TableType type, Value initial) : base(store)
    {
        this.type = type;
        if (type.Limits.Minimum > MostElements) throw new LinkException($"A table of {type.Limits.Minimum} elements is beyond the {MostElements} that can be had.");
        store.AddTable(this, type.Limits.Minimum);
        Elements = new object?[type.Limits.Minimum];
        var fill = Checked(initial);
        if (fill is not null) Elements.AsSpan().Fill(fill);
    }

    /// <inheritdoc/>
    public override ExternType ExternType => type with { Limits = type.Limits with { Minimum = Size } };

    /// <summary>The number of elements.</summary>
    public uint Size => (uint)Elements.Length;

    /// <summary>An element. Throws a <see cref="TrapException"/> of kind <see cref="TrapKind.TableOutOfBounds"/> past the end.</summary>
    public Value this[uint index]
    {
        get => new(type.Element, 0, 0, At(index));
        set => At(index) = Checked(value);
    }

    /// <summary>Adds elements; returns the size before, or −1 when refused.</summary>
    public int Grow(uint elements, Value initial) => Grow(elements, Checked(initial));

    internal int Grow(uint elements, object? initial)
    {
        var before = Size;
        if (elements == 0) return (int)before;
        var wanted = (ulong)before + elements;
        if (wanted > (type.Limits.Maximum ?? uint.MaxValue) || wanted > MostElements || !Store.TryAddTableElements(elements)) return -1;
        Array.Resize(ref Elements, (int)wanted);
        if (initial is not null) Elements.AsSpan((int)before).Fill(initial);
        return (int)before;
    }

    internal ref object? At(uint index)
    {
        if (index >= (uint)Elements.Length) throw new TrapException(TrapKind.TableOutOfBounds);
        return ref Elements[index];
    }

    internal Span<object?> Range(uint offset, uint count)
    {
        if ((ulong)offset + count > (ulong)Elements.Length) throw new TrapException(TrapKind.TableOutOfBounds);
        return Elements.AsSpan((int)offset, (int)count);
    }

    internal void TakeImage() => image = (object?[])Elements.Clone();

    internal void Reset()
    {
        if (Elements.Length != image!.Length)
        {
            Store.TryAddTableElements(image.Length - Elements.Length);
            Elements = (object?[])image.Clone();
        }
        else if (!Elements.AsSpan().SequenceEqual(image, ReferenceComparer.Instance))
        {
            image.CopyTo(Elements, 0);
        }
    }

    private object? Checked(Value value)
    {
        if (!value.Kind.Fits(type.Element)) throw new ArgumentException($"The table holds {type.Element}, not {value.Kind}.", nameof(value));
        if (Marshalling.IsForeign(value, Store)) throw new ArgumentException("The reference belongs to another store.", nameof(value));
        return value.Reference;
    }
}
