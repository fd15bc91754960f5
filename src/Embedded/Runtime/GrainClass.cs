using System.Reflection;
using Orleans;
using Orleans.Concurrency;
using Orleans.Runtime;
using Orleans.Serialization.Invocation;

namespace ClawGrains.Embedded.Runtime;

/// <summary>What the attributes of a grain class say.</summary>
internal sealed class GrainClass
{
    private readonly Lazy<GrainConstructor> _constructor;

    internal GrainClass(Type type)
    {
        Type = type;
        GrainType = GrainType.Create(type.GetCustomAttribute<GrainTypeAttribute>()?.Name ?? ConventionalName(type));
        IsReentrant = type.IsDefined(typeof(ReentrantAttribute), inherit: true);
        MaxWorkers = type.GetCustomAttribute<StatelessWorkerAttribute>()?.MaxLocalWorkers ?? 0;
        CollectionAge = type.GetCustomAttribute<CollectionAgeLimitAttribute>()?.AgeLimit;
        ImplicitNamespaces = [.. type.GetCustomAttributes<ImplicitStreamSubscriptionAttribute>().Select(a => a.Namespace)];
        MayInterleave = InterleavePredicate(type);
        FiltersItself = typeof(IIncomingGrainCallFilter).IsAssignableFrom(type);
        _constructor = new(() => new GrainConstructor(type));
    }

    internal Type Type { get; }

    internal GrainType GrainType { get; }

    internal bool IsReentrant { get; }

    /// <summary>Zero when the grain is no stateless worker.</summary>
    internal int MaxWorkers { get; }

    internal TimeSpan? CollectionAge { get; }

    internal IReadOnlyList<string> ImplicitNamespaces { get; }

    internal Func<IInvokable, bool>? MayInterleave { get; }

    internal bool FiltersItself { get; }

    internal object Construct(Activation activation) => _constructor.Value.Invoke(activation);

    /// <summary>The class name in lower case, without arity and without the suffix <c>grain</c>, as Orleans does it.</summary>
    private static string ConventionalName(Type type)
    {
        var name = type.Name.ToLowerInvariant();
        if (name.IndexOf('`') is > 0 and var arity)
            name = name[..arity];
        return name.Length > 5 && name.EndsWith("grain", StringComparison.Ordinal) ? name[..^5] : name;
    }

    private static Func<IInvokable, bool>? InterleavePredicate(Type type)
    {
        if (type.GetCustomAttribute<MayInterleaveAttribute>() is not { CallbackMethodName: var name })
            return null;
        var method = type.GetMethod(name, BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.FlattenHierarchy, [typeof(IInvokable)])
            ?? throw new InvalidOperationException($"[MayInterleave(\"{name}\")] of {type}: there is no static method bool {name}({nameof(IInvokable)}).");
        return method.CreateDelegate<Func<IInvokable, bool>>();
    }
}
