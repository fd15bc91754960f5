using System.Reflection;
using System.Reflection.Emit;
using ClawGrains.Embedded.Calls;
using Orleans.Runtime;

namespace ClawGrains.Embedded.Proxies;

/// <summary>Emits one reference class. A method puts its arguments into an array and calls the base; a static invoker per method does the reverse.</summary>
internal sealed class ProxyEmitter
{
    private static readonly ConstructorInfo BaseConstructor =
        typeof(GrainReference).GetConstructor(BindingFlags.Instance | BindingFlags.NonPublic, [typeof(GrainRuntime), typeof(GrainInterface), typeof(GrainId)])!;

    private static readonly Type[] ConstructorTypes = [typeof(GrainRuntime), typeof(GrainInterface), typeof(GrainId)];
    private static readonly MethodInfo EmptyArguments = typeof(Array).GetMethod(nameof(Array.Empty))!.MakeGenericMethod(typeof(object));
    private static readonly MethodInfo CompletedTask = typeof(Task).GetProperty(nameof(Task.CompletedTask))!.GetMethod!;

    private readonly TypeBuilder _type;

    internal ProxyEmitter(ModuleBuilder module, Type @interface)
    {
        _type = module.DefineType($"Proxy.{@interface.FullName}", TypeAttributes.Public | TypeAttributes.Sealed, typeof(GrainReference), [@interface]);
        EmitFactory(EmitConstructor());
    }

    internal static string InvokerName(int index) => $"Invoke{index}";

    internal static Func<GrainRuntime, GrainInterface, GrainId, GrainReference> FactoryOf(Type proxy) =>
        proxy.GetMethod("Create")!.CreateDelegate<Func<GrainRuntime, GrainInterface, GrainId, GrainReference>>();

    internal Type Create() => _type.CreateType();

    internal void Add(MethodInfo method, int index)
    {
        var shape = ReturnShapes.Of(method.ReturnType)!;
        var parameters = method.GetParameters().Select(p => p.ParameterType).ToArray();
        EmitCaller(method, index, shape, parameters);
        EmitInvoker(method, index, shape, parameters);
    }

    private ConstructorBuilder EmitConstructor()
    {
        var constructor = _type.DefineConstructor(MethodAttributes.Public, CallingConventions.Standard, ConstructorTypes);
        var il = constructor.GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Ldarg_2);
        il.Emit(OpCodes.Ldarg_3);
        il.Emit(OpCodes.Call, BaseConstructor);
        il.Emit(OpCodes.Ret);
        return constructor;
    }

    private void EmitFactory(ConstructorBuilder constructor)
    {
        var il = _type.DefineMethod("Create", MethodAttributes.Public | MethodAttributes.Static, typeof(GrainReference), ConstructorTypes).GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Ldarg_2);
        il.Emit(OpCodes.Newobj, constructor);
        il.Emit(OpCodes.Ret);
    }

    private void EmitCaller(MethodInfo method, int index, ReturnShapes shape, Type[] parameters)
    {
        const MethodAttributes Attributes = MethodAttributes.Private | MethodAttributes.Virtual | MethodAttributes.Final | MethodAttributes.NewSlot | MethodAttributes.HideBySig;
        var caller = _type.DefineMethod($"{method.DeclaringType!.FullName}.{method.Name}", Attributes, method.ReturnType, parameters);
        var il = caller.GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldc_I4, index);
        EmitArray(il, parameters);
        il.Emit(OpCodes.Call, shape.Call);
        il.Emit(OpCodes.Ret);
        _type.DefineMethodOverride(caller, method);
    }

    private static void EmitArray(ILGenerator il, Type[] parameters)
    {
        if (parameters.Length == 0)
        {
            il.Emit(OpCodes.Call, EmptyArguments);
            return;
        }
        il.Emit(OpCodes.Ldc_I4, parameters.Length);
        il.Emit(OpCodes.Newarr, typeof(object));
        for (var i = 0; i < parameters.Length; i++)
        {
            il.Emit(OpCodes.Dup);
            il.Emit(OpCodes.Ldc_I4, i);
            il.Emit(OpCodes.Ldarg, (short)(i + 1));
            if (parameters[i].IsValueType)
                il.Emit(OpCodes.Box, parameters[i]);
            il.Emit(OpCodes.Stelem_Ref);
        }
    }

    private void EmitInvoker(MethodInfo method, int index, ReturnShapes shape, Type[] parameters)
    {
        var invoker = _type.DefineMethod(InvokerName(index), MethodAttributes.Public | MethodAttributes.Static, typeof(object), [typeof(object), typeof(object[])]);
        var il = invoker.GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Castclass, method.DeclaringType!);
        for (var i = 0; i < parameters.Length; i++)
        {
            il.Emit(OpCodes.Ldarg_1);
            il.Emit(OpCodes.Ldc_I4, i);
            il.Emit(OpCodes.Ldelem_Ref);
            il.Emit(OpCodes.Unbox_Any, parameters[i]);
        }
        il.Emit(OpCodes.Callvirt, method);
        EmitAsTask(il, method.ReturnType, shape);
        il.Emit(OpCodes.Ret);
    }

    private static void EmitAsTask(ILGenerator il, Type type, ReturnShapes shape)
    {
        if (type == typeof(void))
            il.Emit(OpCodes.Call, CompletedTask);
        if (shape.ToTask is null)
            return;
        il.DeclareLocal(type);
        il.Emit(OpCodes.Stloc_0);
        il.Emit(OpCodes.Ldloca_S, (byte)0);
        il.Emit(OpCodes.Call, shape.ToTask);
    }
}
