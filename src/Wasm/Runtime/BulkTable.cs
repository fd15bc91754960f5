namespace ClawGrains.Wasm.Runtime;

/// <summary>Table instructions that compiled code calls (§4.4.6).</summary>
internal static class BulkTable
{
    private const int ElementsPerUnit = 8;

    // Between pieces an interrupt is seen.
    private const int Piece = 1 << 20;

    public static object? Get(Instance instance, int table, int index) => instance.Tables[table].At((uint)index);

    public static void Set(Instance instance, int table, int index, object? value) => instance.Tables[table].At((uint)index) = value;

    public static int Size(Instance instance, int table) => (int)instance.Tables[table].Size;

    public static int Grow(Instance instance, int table, object? initial, int count)
    {
        var before = instance.Tables[table].Grow((uint)count, initial);
        if (before < 0 && instance.Store.Limits.TrapOnGrowthFailure) throw new TrapException(TrapKind.GrowthRefused);
        return before;
    }

    public static void Fill(Instance instance, int table, int index, object? value, int count)
    {
        var target = instance.Tables[table].Range((uint)index, (uint)count);
        for (; target.Length > Piece; target = target[Piece..])
        {
            target[..Piece].Fill(value);
            BulkMemory.Pause(instance);
        }
        target.Fill(value);
    }

    public static void Copy(Instance instance, int to, int from, int destination, int source, int count)
    {
        ReadOnlySpan<object?> given = instance.Tables[from].Range((uint)source, (uint)count);
        CopyPieces(instance, given, instance.Tables[to].Range((uint)destination, (uint)count), backwards: (uint)source < (uint)destination);
    }

    public static void Init(Instance instance, int segment, int table, int destination, int source, int count)
    {
        var references = instance.ElementSegments[segment] ?? [];
        if ((ulong)(uint)source + (uint)count > (ulong)references.Length) throw new TrapException(TrapKind.TableOutOfBounds);
        var target = instance.Tables[table].Range((uint)destination, (uint)count);
        CopyPieces(instance, references.AsSpan(source, count), target, backwards: false);
    }

    private static void CopyPieces(Instance instance, ReadOnlySpan<object?> given, Span<object?> target, bool backwards)
    {
        while (given.Length > Piece)
        {
            var rest = given.Length - Piece;
            if (backwards) given[rest..].CopyTo(target[rest..]);
            else given[..Piece].CopyTo(target);
            given = backwards ? given[..rest] : given[Piece..];
            target = backwards ? target[..rest] : target[Piece..];
            BulkMemory.Pause(instance);
        }
        given.CopyTo(target);
    }

    public static void Drop(Instance instance, int segment) => instance.ElementSegments[segment] = null;

    public static object Reference(Instance instance, int function) => instance.Function((uint)function);

    /// <summary>Charges for a bulk instruction over <paramref name="count"/> elements.</summary>
    public static void Charge(StoreState state, int count)
    {
        state.Fuel -= (uint)count / ElementsPerUnit;
        if (state.Fuel < 0) throw Traps.OutOfFuel(state);
    }
}
