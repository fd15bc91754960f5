using System.Collections.Concurrent;
using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.Intrinsics;
using ClawGrains.Wasm.Runtime;

namespace ClawGrains.Wasm.Compilation;

/// <summary>Delegates for guest functions, and code that calls delegates as host functions. One method per delegate type.</summary>
internal sealed class DelegateFactory
{
    private readonly ConcurrentDictionary<(Type, int), (CompiledMethod Call, CompiledMethod Careful)> guests = new();
    private readonly ConcurrentDictionary<Type, CompiledMethod> hosts = new();

    public Delegate Guest(Function function, Type delegateType)
    {
        var method = guests.GetOrAdd((delegateType, function.TypeId), _ => GuestMethod(function.Signature, delegateType));
        return method.Call.CreateDelegate(delegateType, function);
    }

    public unsafe Function Host(Store store, Delegate implementation)
    {
        var delegateType = implementation.GetType();
        var shape = DelegateShape.Of(delegateType);
        var signature = store.Engine.Signatures.Get(shape.Type);
        store.State.EnsureResults(shape.Type.Results.Length);
        var adapter = hosts.GetOrAdd(delegateType, _ => HostMethod(signature, shape, delegateType));
        return HostTarget.Create(store, signature, store.Engine.CodeCells.For(adapter.Pointer), implementation, shape.TakesCaller);
    }

    // What guards the stack first is a method of its own: a call in the other would make it save all arguments.
    private static (CompiledMethod Call, CompiledMethod Careful) GuestMethod(Signature signature, Type delegateType)
    {
        var shape = DelegateShape.Of(delegateType);
        if (shape.TakesCaller || !shape.Fits(signature.Type))
            throw new ArgumentException($"The delegate {delegateType} doesn't fit the function's type {signature.Type}.");
        Type[] parameters = [typeof(Function), .. shape.Parameters];
        var careful = CompiledMethod.Define("call-guarding", shape.Return, parameters);
        var guest = new GuestCall(careful.GetILGenerator(), signature, shape);
        new EntryEmitter(guest.Il, signature, outermost: false).Emit(guest.LoadArguments, guest.StoreResult);
        var compiled = CompiledMethod.From(careful);
        var method = CompiledMethod.Define("call", shape.Return, parameters);
        guest = new GuestCall(method.GetILGenerator(), signature, shape);
        new EntryEmitter(guest.Il, signature, outermost: true).Emit(guest.LoadArguments, guest.StoreResult, () => guest.PassOn(compiled, parameters));
        return (CompiledMethod.From(method), compiled);
    }

    private static CompiledMethod HostMethod(Signature signature, DelegateShape shape, Type delegateType)
    {
        var method = CompiledMethod.Define("host", signature.Return, signature.Arguments);
        var il = method.GetILGenerator();
        var target = (short)signature.TargetArgument;
        StoreDepth(il, signature);
        il.Emit(OpCodes.Ldarg, target);
        il.Emit(OpCodes.Ldfld, Members.Field(typeof(HostTarget), nameof(HostTarget.Implementation)));
        if (shape.TakesCaller)
        {
            il.Emit(OpCodes.Ldarg, target);
            il.Emit(OpCodes.Newobj, typeof(Caller).GetConstructor(BindingFlags.Instance | BindingFlags.NonPublic, [typeof(HostTarget)])!);
        }
        for (var i = 0; i < shape.Parameters.Length; i++) il.Emit(OpCodes.Ldarg, (short)i);
        il.Emit(OpCodes.Callvirt, delegateType.GetMethod("Invoke")!);
        if (shape.Tuple is not null) SplitTuple(il, signature, shape);
        else if (shape.Return == typeof(Function)) CheckOwner(il, signature);
        il.Emit(OpCodes.Ret);
        return CompiledMethod.From(method);
    }

    private static void StoreDepth(ILGenerator il, Signature signature)
    {
        il.Emit(OpCodes.Ldarg, (short)signature.TargetArgument);
        il.Emit(OpCodes.Ldfld, Members.Field(typeof(HostTarget), nameof(HostTarget.State)));
        il.Emit(OpCodes.Ldarg, (short)signature.DepthArgument);
        il.Emit(OpCodes.Ldc_I4_1);
        il.Emit(OpCodes.Add);
        il.Emit(OpCodes.Stfld, Members.Field(typeof(StoreState), nameof(StoreState.Depth)));
    }

    private static void CheckOwner(ILGenerator il, Signature signature)
    {
        il.Emit(OpCodes.Ldarg, (short)signature.TargetArgument);
        il.Emit(OpCodes.Ldfld, Members.Field(typeof(HostTarget), nameof(HostTarget.State)));
        il.Emit(OpCodes.Call, Members.Method(typeof(Marshalling), nameof(Marshalling.Own)));
    }

    private static void SplitTuple(ILGenerator il, Signature signature, DelegateShape shape)
    {
        var tuple = il.DeclareLocal(shape.Return);
        il.Emit(OpCodes.Stloc, tuple);
        for (var i = shape.Results.Length - 1; i >= 0; i--)
        {
            var kind = signature.Type.Results[i];
            if (i > 0)
            {
                ResultSlots.BeforeStore(il, kind, i, () =>
                {
                    il.Emit(OpCodes.Ldarg, (short)signature.TargetArgument);
                    il.Emit(OpCodes.Ldfld, Members.Field(typeof(HostTarget), nameof(HostTarget.State)));
                });
            }
            il.Emit(OpCodes.Ldloc, tuple);
            il.Emit(OpCodes.Ldfld, shape.Return.GetField($"Item{i + 1}")!);
            if (kind == ValueKind.FuncRef) CheckOwner(il, signature);
            if (i > 0) ResultSlots.Store(il, kind);
        }
    }
}

/// <summary>The wasm type a delegate's signature stands for.</summary>
internal sealed record DelegateShape(bool TakesCaller, Type[] Parameters, Type Return, Type[] Results, ConstructorInfo? Tuple, FunctionType Type)
{
    private const int LargestTuple = 7;

    public static DelegateShape Of(Type delegateType)
    {
        var invoke = delegateType.GetMethod("Invoke") ?? throw new ArgumentException($"{delegateType} is no delegate type.");
        Type[] all = [.. invoke.GetParameters().Select(parameter => parameter.ParameterType)];
        var takesCaller = all.Length > 0 && all[0] == typeof(Caller);
        var parameters = takesCaller ? all[1..] : all;
        var tuple = IsTuple(invoke.ReturnType);
        var results = invoke.ReturnType == typeof(void) ? [] : tuple ? invoke.ReturnType.GetGenericArguments() : new[] { invoke.ReturnType };
        var type = new FunctionType([.. parameters.Select(Kind)], [.. results.Select(Kind)]);
        return new(takesCaller, parameters, invoke.ReturnType, results, tuple ? invoke.ReturnType.GetConstructor(results) : null, type);
    }

    public bool Fits(FunctionType type) => Type.Equals(type);

    private static bool IsTuple(Type type) =>
        type.IsGenericType && type.FullName!.StartsWith("System.ValueTuple`", StringComparison.Ordinal) && type.GetGenericArguments().Length <= LargestTuple;

    private static ValueKind Kind(Type type)
    {
        if (type == typeof(int) || type == typeof(uint)) return ValueKind.I32;
        if (type == typeof(long) || type == typeof(ulong)) return ValueKind.I64;
        if (type == typeof(float)) return ValueKind.F32;
        if (type == typeof(double)) return ValueKind.F64;
        if (type == typeof(Vector128<byte>)) return ValueKind.V128;
        if (type == typeof(Function)) return ValueKind.FuncRef;
        if (type == typeof(object)) return ValueKind.ExternRef;
        throw new ArgumentException($"{type} stands for no WebAssembly type; use int, uint, long, ulong, float, double, Vector128<byte>, Function or object.");
    }
}
