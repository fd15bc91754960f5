using System.Collections.Concurrent;
using System.Reflection;
using Orleans;
using Orleans.Runtime;

namespace ClawGrains.Embedded.Runtime;

/// <summary>The grain classes of the process: those of every assembly that uses the grain API and is loaded, or is reachable from one that is.</summary>
internal sealed class GrainClasses
{
    private readonly Dictionary<GrainType, GrainClass> _byType = [];
    private readonly ConcurrentDictionary<(Type, string?), GrainType> _byInterface = new();

    internal GrainClasses(IEnumerable<Assembly> assemblies)
    {
        foreach (var type in assemblies.Distinct().SelectMany(TypesOf).Where(IsGrainClass))
            Add(new GrainClass(type));
    }

    internal IReadOnlyCollection<GrainClass> All => _byType.Values;

    internal GrainClass Find(GrainType type) => _byType.TryGetValue(type, out var found)
        ? found
        : throw new ArgumentException($"There is no grain class for the grain type '{type}'. Known types: {string.Join(", ", _byType.Keys.Order().Take(20))}.");

    /// <summary>The class behind an interface: the only one that implements it, or the one named like it, or the one with the given prefix.</summary>
    internal GrainType Resolve(Type @interface, string? prefix)
    {
        if (_byInterface.TryGetValue((@interface, prefix), out var known))
            return known;
        return _byInterface.GetOrAdd((@interface, prefix), key => Choose(key.Item1, key.Item2));
    }

    private GrainType Choose(Type @interface, string? prefix)
    {
        var candidates = _byType.Values
            .Where(c => @interface.IsAssignableFrom(c.Type) && (prefix is null || c.Type.FullName!.StartsWith(prefix, StringComparison.Ordinal)))
            .ToArray();
        if (candidates.Length == 0)
            throw new ArgumentException($"Could not find an implementation for interface {@interface}{(prefix is null ? "" : $" with a name that starts with '{prefix}'")}.");
        if (candidates.Length == 1)
            return candidates[0].GrainType;
        return candidates.FirstOrDefault(c => @interface.Name == "I" + c.Type.Name)?.GrainType
            ?? throw new ArgumentException($"Unable to identify a single appropriate grain type for interface {@interface}. Candidates: {string.Join(", ", candidates.Select(c => c.Type))}.");
    }

    private void Add(GrainClass grainClass)
    {
        if (!_byType.TryAdd(grainClass.GrainType, grainClass))
        {
            throw new InvalidOperationException(
                $"The grain classes {_byType[grainClass.GrainType].Type} and {grainClass.Type} have the same grain type '{grainClass.GrainType}'. Put [GrainType(\"…\")] on one of them.");
        }
    }

    private static bool IsGrainClass(Type type) => type is { IsClass: true, IsAbstract: false, ContainsGenericParameters: false }
        && typeof(IGrainBase).IsAssignableFrom(type) && typeof(IGrain).IsAssignableFrom(type);

    private static Type[] TypesOf(Assembly assembly)
    {
        try
        {
            return assembly.GetTypes();
        }
        catch (ReflectionTypeLoadException e)
        {
            // Types with missing dependencies can't be grains here; the others can.
            return [.. e.Types.OfType<Type>()];
        }
    }
}
