using System.Linq.Expressions;

namespace ClawGrains.Components.Abi;

/// <summary>Where compiled code finds or leaves a value: at an address, or in flat core values.</summary>
internal abstract record Place
{
    /// <summary>The core value here, which takes as many bytes in memory.</summary>
    public abstract Expression Get(uint size, Type core);

    public abstract Expression Set(uint size, Expression core);

    /// <summary>A part of the value by its offset in memory and by how many core values come before it.</summary>
    public abstract Place Part(uint offset, int flat);
}

/// <summary>An address that was checked for the whole value.</summary>
internal sealed record MemoryPlace(Expression Call, Expression At) : Place
{
    public override Expression Get(uint size, Type core) => Expression.Call(Call, $"Load{Width(size, core)}", null, At);

    public override Expression Set(uint size, Expression core) => Expression.Call(Call, $"Store{Width(size, core.Type)}", null, At, core);

    public override Place Part(uint offset, int flat) => offset == 0 ? this : this with { At = Expression.Add(At, Expression.Constant(offset)) };

    private static string Width(uint size, Type core) => core == typeof(float) || core == typeof(double) ? $"F{size * 8}" : $"{size * 8}";
}

/// <summary>Core values, of types that the cases of variants may have joined: a narrower value is the low half of a wider one.</summary>
internal sealed record FlatPlace(IReadOnlyList<Expression> Slots, int Position = 0) : Place
{
    public override Expression Get(uint size, Type core) => Coerce(Slots[Position], core);

    public override Expression Set(uint size, Expression core) => Expression.Assign(Slots[Position], Coerce(core, Slots[Position].Type));

    public override Place Part(uint offset, int flat) => this with { Position = Position + flat };

    private static Expression Coerce(Expression value, Type to)
    {
        if (value.Type == to) return value;
        if (value.Type == typeof(float)) return Coerce(Bits(nameof(BitConverter.SingleToUInt32Bits), value), to);
        if (value.Type == typeof(double)) return Bits(nameof(BitConverter.DoubleToUInt64Bits), value);
        if (to == typeof(float)) return Bits(nameof(BitConverter.UInt32BitsToSingle), Expression.Convert(value, typeof(uint)));
        return to == typeof(double) ? Bits(nameof(BitConverter.UInt64BitsToDouble), value) : Expression.Convert(value, to);
    }

    private static MethodCallExpression Bits(string method, Expression value) => Expression.Call(typeof(BitConverter), method, null, value);
}
