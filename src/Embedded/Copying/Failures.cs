using System.Collections.Concurrent;
using Orleans;
using Orleans.Serialization;

namespace ClawGrains.Embedded.Copying;

/// <summary>Which exceptions can leave a grain: those that Orleans would bring to a caller on another silo.</summary>
internal static class Failures
{
    // ExceptionSerializationOptions.SupportedNamespacePrefixes, as Orleans has it by default.
    private static readonly string[] Prefixes = ["Microsoft", "System", "Azure"];

    private static readonly ConcurrentDictionary<Type, bool> Known = new();

    /// <summary>What the caller gets for an exception of the grain's: itself, or word that it can't be sent.</summary>
    internal static Exception Sent(Exception failure)
    {
        var type = failure.GetType();
        return Known.GetOrAdd(type, CanTravel) ? failure : new CodecNotFoundException(
            $"Could not find a copier for type {type}. Put [GenerateSerializer] on it, or add a surrogate with [RegisterConverter]. The exception says: {failure.Message}");
    }

    private static bool CanTravel(Type type) => type.IsDefined(typeof(GenerateSerializerAttribute), inherit: false)
        || type.Assembly == typeof(Failures).Assembly
        || type.Namespace is { } name && Array.Exists(Prefixes, p => name.StartsWith(p, StringComparison.Ordinal))
        || Converters.For(type) is not null;
}
