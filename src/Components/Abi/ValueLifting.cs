using System.Linq.Expressions;
using ClawGrains.Components.Linking;
using ClawGrains.Components.Types;

namespace ClawGrains.Components.Abi;

/// <summary>Expressions that lift the types of <see cref="ClrShape"/> from memory or flat values into .NET values.</summary>
internal sealed class ValueLifting(ParameterExpression call)
{
    public Expression Lift(Place place, ValType type, Type clr) => type switch
    {
        PrimitiveType { Kind: PrimitiveKind.String } => Expression.Call(call, nameof(ValueAccess.LiftString), null, Pointer(place), Length(place)),
        PrimitiveType p => Scalar(place.Get(p.Size, Marshaller.CoreClrType(p.Flat![0])), clr),
        ListType l => List(place, l.Element, clr.GetElementType()!),
        RecordType r => Record(place, r, clr),
        TupleType t => Tuple(place, t, clr),
        FlagsType f => Flags(place.Get(f.Size, typeof(uint)), ClrShape.Bits(f.Names, clr), clr),
        EnumType e => Cases(place, e, Array.ConvertAll(Enum(e.Names, clr), v => (Expression)v)),
        OptionType o => Cases(place, o, [Expression.Default(clr), Some(Payload(place, o), o.Type, clr)]),
        ResultType r => Cases(place, r, [Side(Payload(place, r), r.Ok, (clr, "Ok")), Side(Payload(place, r), r.Error, (clr, "Fail"))]),
        VariantType v => Cases(place, v, [.. Enumerable.Range(0, v.Names.Length).Select(i => Case(Payload(place, v), v, i, clr))]),
        _ => throw new InvalidOperationException($"BUG: calls with a {type.Describe} are not compiled."),
    };

    public static Expression Scalar(Expression core, Type clr) => Type.GetTypeCode(clr) switch
    {
        TypeCode.Boolean => Expression.NotEqual(core, Expression.Constant(0u)),
        TypeCode.Single or TypeCode.Double => Expression.Call(typeof(ValueAccess).GetMethod(nameof(ValueAccess.Canonical), [clr])!, core),
        TypeCode.Object => Expression.Call(typeof(ValueAccess), nameof(ValueAccess.LiftChar), null, core),
        _ => Expression.Convert(core, clr),
    };

    private static Expression Pointer(Place place) => place.Get(4, typeof(uint));

    private static Expression Length(Place place) => place.Part(4, 1).Get(4, typeof(uint));

    private static Place Payload(Place place, ValType variant) => place.Part(((VariantType)variant.Despecialized).PayloadOffset, 1);

    private Expression List(Place place, ValType element, Type clr)
    {
        if (clr == typeof(byte)) return Expression.Call(call, nameof(ValueAccess.LiftBytes), null, Pointer(place), Length(place));
        if (ValueLowering.IsInteger(clr)) return Expression.Call(call, nameof(ValueAccess.LiftIntegers), [clr], Pointer(place), Length(place));
        var (pointer, length) = (Expression.Variable(typeof(uint), "pointer"), Expression.Variable(typeof(uint), "length"));
        var (items, i, done) = (Expression.Variable(clr.MakeArrayType(), "items"), Expression.Variable(typeof(uint), "i"), Expression.Label("done"));
        var room = Expression.Call(call, nameof(ValueAccess.LiftList), [clr], pointer, length, Expression.Constant(element.Size), Expression.Constant(element.Alignment));
        var at = Expression.Add(pointer, Expression.Multiply(i, Expression.Constant(element.Size)));
        return Expression.Block(
            [pointer, length, items, i],
            Expression.Assign(pointer, Pointer(place)),
            Expression.Assign(length, Length(place)),
            Expression.Assign(items, room),
            Expression.Assign(i, Expression.Constant(0u)),
            Expression.Loop(
                Expression.IfThenElse(
                    Expression.LessThan(i, length),
                    Expression.Block(
                        Expression.Assign(Expression.ArrayAccess(items, Expression.Convert(i, typeof(int))), Lift(new MemoryPlace(call, at), element, clr)),
                        Expression.PreIncrementAssign(i)),
                    Expression.Break(done)),
                done),
            items);
    }

    private NewExpression Record(Place place, RecordType type, Type clr)
    {
        var (make, fields, properties) = ClrShape.Record(type, clr)!.Value;
        return Expression.New(make, fields.Select(f => Lift(ValueLowering.Field(place, type, f), type.Fields[f], properties[f].PropertyType)));
    }

    private NewExpression Tuple(Place place, TupleType type, Type clr)
    {
        var items = clr.GetGenericArguments();
        return Expression.New(clr.GetConstructor(items)!, items.Select((item, i) => Lift(ValueLowering.Field(place, (RecordType)type.Despecialized, i), type.Types[i], item)));
    }

    private static Expression Flags(Expression bits, ulong[] values, Type clr)
    {
        var all = Expression.Variable(typeof(ulong), "bits");
        var parts = values.Select((v, i) => (Expression)Expression.Condition(
            Expression.Equal(Expression.And(all, Expression.Constant(1ul << i)), Expression.Constant(0ul)), Expression.Constant(0ul), Expression.Constant(v)));
        var plain = Enumerable.Range(0, values.Length).All(i => values[i] == 1ul << i);
        var sum = plain ? Expression.And(all, Expression.Constant((1ul << values.Length) - 1)) : parts.Aggregate(Expression.Or);
        return Expression.Block([all], Expression.Assign(all, Expression.Convert(bits, typeof(ulong))), Expression.Convert(Expression.Convert(sum, System.Enum.GetUnderlyingType(clr)), clr));
    }

    private static ConstantExpression[] Enum(string[] names, Type clr) =>
        Array.ConvertAll(names, n => Expression.Constant(System.Enum.Parse(clr, ClrTypes.Pascal(n)), clr));

    private static Expression Cases(Place place, ValType type, Expression[] cases)
    {
        var size = ((VariantType)type.Despecialized).DiscriminantSize;
        var index = Expression.Call(typeof(ValueAccess), nameof(ValueAccess.Case), null, place.Get(size, typeof(uint)), Expression.Constant((uint)cases.Length));
        if (cases.Length == 1) return Expression.Block(index, cases[0]);
        if (cases.Length == 2) return Expression.Condition(Expression.Equal(index, Expression.Constant(0u)), cases[0], cases[1]);
        return Expression.Switch(index, cases[^1], [.. cases.SkipLast(1).Select((c, i) => Expression.SwitchCase(c, Expression.Constant((uint)i)))]);
    }

    private Expression Some(Place payload, ValType type, Type clr)
    {
        if (ClrTypes.IsOption(clr)) return Expression.Call(clr, nameof(Option<>.Some), null, Lift(payload, type, clr.GetGenericArguments()[0]));
        return Expression.Convert(Lift(payload, type, Nullable.GetUnderlyingType(clr) ?? clr), clr);
    }

    private MethodCallExpression Side(Place payload, ValType? type, (Type Clr, string Make) side)
    {
        var clr = side.Clr.GetMethod(side.Make)!.GetParameters()[0].ParameterType;
        return Expression.Call(side.Clr, side.Make, null, type is null ? Expression.Default(clr) : Lift(payload, type, clr));
    }

    private UnaryExpression Case(Place payload, VariantType type, int index, Type clr)
    {
        var (make, property) = ClrShape.Case(type, index, clr)!.Value;
        var arguments = property is null ? Array.Empty<Expression>() : [Lift(payload, type.Cases[index]!, property.PropertyType)];
        return Expression.Convert(Expression.New(make, arguments), clr);
    }
}
