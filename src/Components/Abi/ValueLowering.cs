using System.Linq.Expressions;
using ClawGrains.Components.Linking;
using ClawGrains.Components.Types;

namespace ClawGrains.Components.Abi;

/// <summary>Statements that lower .NET values of the types of <see cref="ClrShape"/> into memory or flat values.</summary>
internal sealed class ValueLowering(ParameterExpression call)
{
    /// <summary>The <paramref name="value"/> may be evaluated more than once.</summary>
    public Expression Lower(Place place, Expression value, ValType type) => type switch
    {
        PrimitiveType { Kind: PrimitiveKind.String } => Pair(place, Expression.Call(call, nameof(ValueAccess.LowerString), null, value)),
        PrimitiveType p => place.Set(p.Size, Scalar(value)),
        ListType l => List(place, value, l.Element),
        RecordType r => Held(value, v => Record(place, v, r)),
        TupleType t => Held(value, v => Tuple(place, v, t)),
        FlagsType f => Held(value, v => place.Set(f.Size, Flags(v, ClrShape.Bits(f.Names, v.Type)))),
        EnumType e => Held(value, v => place.Set(((VariantType)e.Despecialized).DiscriminantSize, Enum(v, e))),
        OptionType o => Held(value, v => Option(place, v, o)),
        ResultType r => Held(value, v => Result(place, v, r)),
        VariantType t => Held(value, v => Variant(place, v, t)),
        _ => throw new InvalidOperationException($"BUG: calls with a {type.Describe} are not compiled."),
    };

    public static Expression Scalar(Expression value) => Type.GetTypeCode(value.Type) switch
    {
        TypeCode.Boolean => Expression.Condition(value, Expression.Constant(1u), Expression.Constant(0u)),
        TypeCode.SByte or TypeCode.Int16 or TypeCode.Int32 => Expression.Convert(Expression.Convert(value, typeof(int)), typeof(uint)),
        TypeCode.Byte or TypeCode.UInt16 => Expression.Convert(value, typeof(uint)),
        TypeCode.Int64 => Expression.Convert(value, typeof(ulong)),
        TypeCode.Single or TypeCode.Double => Expression.Call(typeof(ValueAccess).GetMethod(nameof(ValueAccess.Canonical), [value.Type])!, value),
        TypeCode.Object => Expression.Call(typeof(ValueAccess), nameof(ValueAccess.LowerChar), null, value),
        _ => value,
    };

    /// <summary>Whether a list of them lies in memory as in an array.</summary>
    public static bool IsInteger(Type clr) => BitConverter.IsLittleEndian && !clr.IsEnum && Type.GetTypeCode(clr) is >= TypeCode.SByte and <= TypeCode.UInt64;

    public static Place Field(Place place, RecordType record, int index) =>
        place.Part(record.Offsets[index], record.Fields.Take(index).Sum(f => f.Flat?.Length ?? 0));

    private static BlockExpression Held(Expression value, Func<Expression, Expression> use)
    {
        var held = Expression.Variable(value.Type, "held");
        return Expression.Block(typeof(void), [held], Expression.Assign(held, value), use(held));
    }

    private static BlockExpression Pair(Place place, Expression packed)
    {
        var pair = Expression.Variable(typeof(ulong), "pair");
        return Expression.Block(
            typeof(void),
            [pair],
            Expression.Assign(pair, packed),
            place.Set(4, Expression.Convert(pair, typeof(uint))),
            place.Part(4, 1).Set(4, Expression.Convert(Expression.RightShift(pair, Expression.Constant(32)), typeof(uint))));
    }

    private BlockExpression List(Place place, Expression value, ValType element)
    {
        var clr = value.Type.GetElementType()!;
        if (clr == typeof(byte)) return Pair(place, Expression.Call(call, nameof(ValueAccess.LowerBytes), null, value));
        if (IsInteger(clr)) return Pair(place, Expression.Call(call, nameof(ValueAccess.LowerIntegers), [clr], value));
        var (items, pair, i, done) = (Expression.Variable(value.Type, "items"), Expression.Variable(typeof(ulong), "pair"), Expression.Variable(typeof(int), "i"), Expression.Label("done"));
        var room = Expression.Call(call, nameof(ValueAccess.LowerList), [clr], items, Expression.Constant(element.Size), Expression.Constant(element.Alignment));
        var at = Expression.Add(Expression.Convert(pair, typeof(uint)), Expression.Multiply(Expression.Convert(i, typeof(uint)), Expression.Constant(element.Size)));
        return Expression.Block(
            typeof(void),
            [items, pair, i],
            Expression.Assign(items, value),
            Expression.Assign(pair, room),
            Expression.Assign(i, Expression.Constant(0)),
            Expression.Loop(
                Expression.IfThenElse(
                    Expression.LessThan(i, Expression.ArrayLength(items)),
                    Expression.Block(Lower(new MemoryPlace(call, at), Expression.ArrayIndex(items, i), element), Expression.PreIncrementAssign(i)),
                    Expression.Break(done)),
                done),
            Pair(place, pair));
    }

    private Expression Record(Place place, Expression value, RecordType type)
    {
        var properties = ClrShape.Record(type, value.Type)!.Value.Properties;
        return All(Checked(value, "record"), properties.Select((p, i) => Lower(Field(place, type, i), Expression.Property(value, p), type.Fields[i])));
    }

    private Expression Tuple(Place place, Expression value, TupleType type) =>
        All(null, type.Types.Select((t, i) => Lower(Field(place, (RecordType)type.Despecialized, i), Expression.Field(value, $"Item{i + 1}"), t)));

    private static Expression? Checked(Expression value, string type) =>
        value.Type.IsValueType ? null : Expression.Call(typeof(ValueAccess), nameof(ValueAccess.NotNull), [value.Type], value, Expression.Constant(type));

    private static BlockExpression All(Expression? first, IEnumerable<Expression> steps) =>
        Expression.Block(typeof(void), first is null ? steps : steps.Prepend(first));

    private static UnaryExpression Flags(Expression value, ulong[] values)
    {
        var bits = Bits(value);
        var plain = Enumerable.Range(0, values.Length).All(i => values[i] == 1ul << i);
        var parts = values.Select((v, i) => (Expression)Expression.Condition(
            Expression.Equal(Expression.And(bits, Expression.Constant(v)), Expression.Constant(v)), Expression.Constant(1ul << i), Expression.Constant(0ul)));
        return Expression.Convert(plain ? Expression.And(bits, Expression.Constant((1ul << values.Length) - 1)) : parts.Aggregate(Expression.Or), typeof(uint));
    }

    private static UnaryExpression Bits(Expression value) => Expression.Convert(Expression.Convert(value, System.Enum.GetUnderlyingType(value.Type)), typeof(ulong));

    private static Expression Enum(Expression value, EnumType type)
    {
        var cases = ClrShape.Bits(type.Names, value.Type).Select((v, i) => Expression.SwitchCase(Expression.Constant((uint)i), Expression.Constant(v)));
        return Expression.Switch(Bits(value), NoCase(value, type), [.. cases]);
    }

    private static MethodCallExpression NoCase(Expression value, ValType type) =>
        Expression.Call(typeof(ValueAccess), nameof(ValueAccess.NoCase), null, Expression.Convert(value, typeof(object)), Expression.Constant(type.Describe));

    private ConditionalExpression Option(Place place, Expression value, OptionType type)
    {
        var isOption = ClrTypes.IsOption(value.Type);
        var isNullable = Nullable.GetUnderlyingType(value.Type) is not null;
        var some = isOption ? Expression.Property(value, nameof(Option<>.IsSome)) : isNullable ? Expression.Property(value, "HasValue")
            : (Expression)Expression.NotEqual(value, Expression.Constant(null, value.Type));
        var payload = isOption || isNullable ? Expression.Property(value, "Value") : value;
        return Expression.IfThenElse(some, Case(place, type, (1, payload)), Case(place, type, (0, null)));
    }

    private ConditionalExpression Result(Place place, Expression value, ResultType type) => Expression.IfThenElse(
        Expression.Property(value, "IsOk"),
        Case(place, type, (0, Expression.Property(value, "Value"))),
        Case(place, type, (1, Expression.Property(value, "Error"))));

    private Expression Variant(Place place, Expression value, VariantType type)
    {
        Expression chain = NoCase(value, type);
        for (var i = type.Names.Length - 1; i >= 0; i--)
        {
            var (make, property) = ClrShape.Case(type, i, value.Type)!.Value;
            var nested = make.DeclaringType!;
            var payload = property is null ? null : Expression.Property(Expression.Convert(value, nested), property);
            chain = Expression.IfThenElse(Expression.TypeEqual(value, nested), Case(place, type, (i, payload)), chain);
        }
        return chain;
    }

    private BlockExpression Case(Place place, ValType type, (int Index, Expression? Payload) given)
    {
        var variant = (VariantType)type.Despecialized;
        var index = place.Set(variant.DiscriminantSize, Expression.Constant((uint)given.Index));
        if (variant.Cases[given.Index] is not { } payload) return Expression.Block(typeof(void), index);
        return Expression.Block(typeof(void), index, Lower(place.Part(variant.PayloadOffset, 1), given.Payload!, payload));
    }
}
