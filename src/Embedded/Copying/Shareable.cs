using System.Collections.Concurrent;
using System.Collections.Specialized;
using System.Globalization;
using System.Net;
using System.Numerics;
using Orleans;
using Orleans.Runtime;

namespace ClawGrains.Embedded.Copying;

/// <summary>Which types need no copy: the list that Orleans has.</summary>
internal static class Shareable
{
    private static readonly ConcurrentDictionary<Type, bool> Known = new();

    private static readonly HashSet<Type> Types =
    [
        typeof(string), typeof(decimal), typeof(DateTime), typeof(DateTimeOffset), typeof(DateOnly), typeof(TimeOnly), typeof(TimeSpan),
        typeof(Guid), typeof(Uri), typeof(Version), typeof(IPAddress), typeof(IPEndPoint), typeof(CultureInfo), typeof(CompareInfo),
        typeof(BitVector32), typeof(UInt128), typeof(Int128), typeof(Half), typeof(BigInteger), typeof(CancellationToken),
    ];

    /// <summary>Whether no value whose static type is the given one needs a copy.</summary>
    internal static bool Is(Type type) => Known.TryGetValue(type, out var known) ? known : Known.GetOrAdd(type, Decide);

    private static bool Decide(Type type)
    {
        if (type.IsPrimitive || type.IsEnum || Types.Contains(type) || type.IsSubclassOf(typeof(GrainReference)))
            return true;
        if (typeof(Type).IsAssignableFrom(type) || typeof(Exception).IsAssignableFrom(type) || typeof(CultureInfo).IsAssignableFrom(type))
            return true;
        if ((type.IsSealed || type.IsValueType) && type.IsDefined(typeof(ImmutableAttribute), inherit: false))
            return true;
        return type.IsGenericType && IsTupleLike(type.GetGenericTypeDefinition()) && type.GetGenericArguments().All(Is);
    }

    private static bool IsTupleLike(Type definition) => definition == typeof(Nullable<>) || definition == typeof(KeyValuePair<,>)
        || definition.FullName is { } name && (name.StartsWith("System.Tuple`", StringComparison.Ordinal) || name.StartsWith("System.ValueTuple`", StringComparison.Ordinal));
}
