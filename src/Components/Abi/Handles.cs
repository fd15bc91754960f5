using ClawGrains.Components.Types;

namespace ClawGrains.Components.Abi;

/// <summary>CanonicalABI.md, <c>lift_own</c>, <c>lift_borrow</c>, <c>lower_own</c>, <c>lower_borrow</c>.</summary>
internal static class Handles
{
    public static ComponentValue Lift(CanonicalContext cx, uint index, HandleType type)
    {
        var resource = cx.Resource(type.Resource);
        var own = type is OwnType;
        return ComponentValue.Resource(new ComponentResource(resource, own ? LiftOwn(cx, index, resource) : LiftBorrow(cx, index, resource), own));
    }

    private static uint LiftOwn(CanonicalContext cx, uint index, ResourceInstance resource)
    {
        var handle = cx.Instance.Handles.Get(index);
        handle.Require(resource, index);
        Trap.If(handle.Lends != 0, "cannot remove owned resource while borrowed");
        Trap.If(!handle.Own, "cannot lift own resource from a borrow");
        cx.Instance.Handles.Remove(index);
        return handle.Rep;
    }

    private static uint LiftBorrow(CanonicalContext cx, uint index, ResourceInstance resource)
    {
        var handle = cx.Instance.Handles.Get(index);
        handle.Require(resource, index);
        if (cx.Lends is null) throw new InvalidOperationException("BUG: validation lets no borrow into a result.");
        cx.Lends.Lend(handle);
        return handle.Rep;
    }

    public static uint Lower(CanonicalContext cx, ComponentValue value, HandleType type)
    {
        var resource = cx.Resource(type.Resource);
        var given = Values.Expect(value, ComponentValueKind.Resource, type).AsResource();
        if (!ReferenceEquals(given.Type, resource))
            throw ComponentException.Value($"expected a handle of {resource.Describe}, found one of {given.Type.Describe}");
        if (type is OwnType) return cx.Instance.Handles.Add(new ResourceHandle(resource, given.Consume(), own: true));
        var rep = given.Borrow();
        if (ReferenceEquals(cx.Instance, resource.Implementer)) return rep;
        var scope = cx.Borrows ?? throw new InvalidOperationException("BUG: validation lets no borrow into a result.");
        scope.Borrows++;
        return cx.Instance.Handles.Add(new ResourceHandle(resource, rep, own: false, scope));
    }
}

/// <summary>Checks that a host's value has the kind that a type asks for.</summary>
internal static class Values
{
    public static ComponentValue Expect(ComponentValue value, ComponentValueKind kind, ValType type) =>
        value.Kind == kind ? value : throw ComponentException.Value($"expected {type.Describe}, found {value.Kind.ToString().ToLowerInvariant()}");

    /// <summary>A record's or tuple's values in the type's order.</summary>
    public static ComponentValue[] Fields(ComponentValue value, ValType type, RecordType record)
    {
        var fields = type is RecordType ? Named(Expect(value, ComponentValueKind.Record, type), record) : (ComponentValue[])Expect(value, ComponentValueKind.Tuple, type).Payload!;
        if (fields.Length != record.Fields.Length) throw ComponentException.Value($"expected {record.Fields.Length} fields, found {fields.Length}");
        return fields;
    }

    private static ComponentValue[] Named(ComponentValue value, RecordType type)
    {
        var record = (ComponentValue.RecordValue)value.Payload!;
        if (ReferenceEquals(record.Names, type.Names)) return record.Values;
        if (record.Names.AsSpan().SequenceEqual(type.Names)) return record.Values;
        if (record.Names.Length != type.Names.Length) throw ComponentException.Value($"expected {type.Names.Length} fields, found {record.Names.Length}");
        return Array.ConvertAll(type.Names, name => Array.IndexOf(record.Names, name) is >= 0 and var i
            ? record.Values[i]
            : throw ComponentException.Value($"the record lacks the field `{name}`"));
    }

    /// <summary>The case's index in the variant that the type stands for, with its payload.</summary>
    public static (int Index, ComponentValue? Payload) Case(ComponentValue value, ValType type, VariantType variant)
    {
        var kind = type switch
        {
            EnumType => ComponentValueKind.Enum,
            OptionType => ComponentValueKind.Option,
            ResultType => ComponentValueKind.Result,
            _ => ComponentValueKind.Variant,
        };
        Expect(value, kind, type);
        var name = value.Case;
        var index = value.Bits < (ulong)variant.Names.Length && variant.Names[value.Bits] == name ? (int)value.Bits : Array.IndexOf(variant.Names, name);
        if (index < 0) throw ComponentException.Value($"{type.Describe} has no case `{name}`; it has {string.Join(", ", variant.Names)}");
        var payload = value.CasePayload;
        if (payload is null != variant.Cases[index] is null)
            throw ComponentException.Value($"case `{name}` {(payload is null ? "needs a payload" : "has no payload")}");
        return (index, payload);
    }

    public static uint Flags(ComponentValue value, FlagsType type)
    {
        uint bits = 0;
        foreach (var name in Expect(value, ComponentValueKind.Flags, type).AsFlags())
        {
            var i = Array.IndexOf(type.Names, name);
            if (i < 0) throw ComponentException.Value($"flags have no `{name}`; they have {string.Join(", ", type.Names)}");
            bits |= 1u << i;
        }
        return bits;
    }

    public static ulong Scalar(ComponentValue value, PrimitiveType type)
    {
        Expect(value, (ComponentValueKind)(type.Kind + 1), type);
        return type.Kind is PrimitiveKind.S8 or PrimitiveKind.S16 or PrimitiveKind.S32 ? (uint)value.Bits : value.Bits;
    }
}
