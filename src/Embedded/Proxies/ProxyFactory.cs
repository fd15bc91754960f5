using System.Collections.Concurrent;
using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;
using Orleans.Runtime;

namespace ClawGrains.Embedded.Proxies;

/// <summary>Makes, once per interface and when first needed, a class of references and the code that calls the grain.</summary>
internal static class ProxyFactory
{
    private static readonly ConcurrentDictionary<Type, Lazy<GrainInterface>> Interfaces = new();
    private static readonly Dictionary<Assembly, ModuleBuilder> Modules = [];
    private static readonly Lock Gate = new();

    internal static GrainInterface Get(Type type) =>
        Interfaces.TryGetValue(type, out var known) ? known.Value : Interfaces.GetOrAdd(type, t => new(() => Build(t))).Value;

    private static GrainInterface Build(Type type)
    {
        if (!type.IsInterface || !typeof(IAddressable).IsAssignableFrom(type))
            throw new ArgumentException($"{type} is no grain interface: it should be an interface that derives from IGrainWithStringKey or IGrainObserver.");
        var methods = MethodsOf(type);
        lock (Gate)
        {
            var emitter = new ProxyEmitter(ModuleFor(type.Assembly), type);
            for (var i = 0; i < methods.Length; i++)
                emitter.Add(methods[i], i);
            var proxy = emitter.Create();
            return new(type, [.. methods.Select((m, i) => new GrainMethod(m, proxy.GetMethod(ProxyEmitter.InvokerName(i))!))], ProxyEmitter.FactoryOf(proxy));
        }
    }

    private static MethodInfo[] MethodsOf(Type type)
    {
        var all = type.GetInterfaces().Append(type).SelectMany(t => t.GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
            .Where(m => m.IsAbstract).ToArray();
        foreach (var method in all)
            Check(method);
        return all;
    }

    private static void Check(MethodInfo method)
    {
        var name = $"{method.DeclaringType}.{method.Name}";
        if (method.IsSpecialName)
            throw new NotSupportedException($"{name}: grain interfaces can't have properties or events.");
        if (method.IsGenericMethodDefinition)
            throw new NotSupportedException($"{name}: generic methods are not supported by the embedded grain runtime.");
        if (method.GetParameters().FirstOrDefault(p => p.ParameterType.IsByRef) is { } parameter)
            throw new NotSupportedException($"{name}: the parameter {parameter.Name} is passed by reference, which no grain method can do.");
        if (ReturnShapes.Of(method.ReturnType) is null)
            throw new NotSupportedException($"{name} returns {method.ReturnType}; grain methods return Task, ValueTask or IAsyncEnumerable<T>.");
    }

    /// <summary>Each assembly of interfaces gets its own dynamic assembly, which may see its internal interfaces.</summary>
    private static ModuleBuilder ModuleFor(Assembly assembly)
    {
        if (Modules.TryGetValue(assembly, out var module))
            return module;
        var builder = AssemblyBuilder.DefineDynamicAssembly(new($"ClawGrains.Embedded.Proxies.{Modules.Count}"), AssemblyBuilderAccess.Run);
        var constructor = typeof(IgnoresAccessChecksToAttribute).GetConstructors()[0];
        foreach (var visible in new[] { assembly, typeof(ProxyFactory).Assembly }.Distinct())
            builder.SetCustomAttribute(new(constructor, [visible.GetName().Name!]));
        return Modules[assembly] = builder.DefineDynamicModule("Proxies");
    }
}
