using System.Reflection;
using System.Reflection.Emit;

namespace ClawGrains.Embedded.Copying;

/// <summary>Emits the copying of a type's fields.</summary>
internal static class MemberCopierEmitter
{
    private static readonly MethodInfo CopyPart = typeof(DeepCopy.Session)
        .GetMethod(nameof(DeepCopy.Session.Part), BindingFlags.Instance | BindingFlags.NonPublic)!;

    /// <summary>Null when a member is a property with code of its own, which stays with reflection.</summary>
    internal static Action<object, object, DeepCopy.Session>? TryEmit(Type type, SerializableMember[] members)
    {
        if (members.Any(m => m.Member is not FieldInfo))
            return null;
        var method = new DynamicMethod($"Copy {type.Name}", typeof(void), [typeof(object), typeof(object), typeof(DeepCopy.Session)], type, skipVisibility: true);
        var il = method.GetILGenerator();
        foreach (var member in members)
            EmitField(il, (FieldInfo)member.Member, member.IsShared);
        il.Emit(OpCodes.Ret);
        return method.CreateDelegate<Action<object, object, DeepCopy.Session>>();
    }

    private static void EmitField(ILGenerator il, FieldInfo field, bool shared)
    {
        var owner = field.DeclaringType!;
        var cast = owner.IsValueType ? OpCodes.Unbox : OpCodes.Castclass;
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(cast, owner);
        if (!shared)
            il.Emit(OpCodes.Ldarg_2);
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(cast, owner);
        il.Emit(OpCodes.Ldfld, field);
        if (!shared)
            il.Emit(OpCodes.Call, CopyPart.MakeGenericMethod(field.FieldType));
        il.Emit(OpCodes.Stfld, field);
    }
}
