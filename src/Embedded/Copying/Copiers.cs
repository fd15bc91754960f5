using System.Collections.Concurrent;
using System.Reflection;
using ClawGrains.Embedded.Calls;
using Orleans;
using Orleans.Runtime;
using Orleans.Serialization;

namespace ClawGrains.Embedded.Copying;

/// <summary>Finds the copier of a type, made when first needed.</summary>
internal static class Copiers
{
    private static readonly ConcurrentDictionary<Type, Copier> Known = new();

    internal static Copier For(Type type) => Known.TryGetValue(type, out var known) ? known : Known.GetOrAdd(type, Make);

    private static Copier Make(Type type)
    {
        if (Shareable.Is(type) || type.IsDefined(typeof(ImmutableAttribute), inherit: false) || type == typeof(object))
            return SharingCopier.Instance;
        if (type.IsDefined(typeof(GenerateSerializerAttribute), inherit: false))
            return new MemberCopier(type);
        if (type.IsArray)
            return ArrayCopiers.For(type);
        if (CollectionCopiers.For(type) is { } collection)
            return collection;
        if (Converters.For(type) is { } converter)
            return converter;
        if (typeof(IAddressable).IsAssignableFrom(type))
            return new AddressableCopier();
        throw Unknown(type);
    }

    /// <summary>For grains and observers that pass themselves.</summary>
    private sealed class AddressableCopier : Copier
    {
        internal override object Copy(object value, DeepCopy.Session session)
        {
            var addressable = (IAddressable)value;
            var reference = References.Of(addressable);
            var main = value.GetType().GetInterfaces().FirstOrDefault(i => i != typeof(IGrainWithStringKey) && i != typeof(IGrain)
                && i != typeof(IRemindable) && typeof(IGrain).IsAssignableFrom(i));
            return main is null ? reference : reference.CastTo(main);
        }
    }

    private static CodecNotFoundException Unknown(Type type) => new(
        $"Could not find a copier for type {type}. {Advice(type)} Types that travel in grain calls, streams or request context must be serializable by Orleans.");

    private static string Advice(Type type)
    {
        if (type.FullName is { } name && name.StartsWith("System.Text.Json.", StringComparison.Ordinal))
            return "Orleans doesn't serialize JSON elements by default: send the text, or a type of your own.";
        if (typeof(Delegate).IsAssignableFrom(type))
            return "Delegates can't be sent: use a grain observer.";
        if (type.Namespace == "System.Linq" || type.IsDefined(typeof(System.Runtime.CompilerServices.CompilerGeneratedAttribute)))
            return "Send a List<T>, an array or another collection (ToList()) instead of an iterator, a query or an anonymous type.";
        return type.Assembly == typeof(object).Assembly || type.Assembly.GetName().Name!.StartsWith("System.", StringComparison.Ordinal)
            ? "Send a type of your own, or add a surrogate with [RegisterConverter]."
            : "Put [GenerateSerializer] on it and [Id(n)] on its members.";
    }
}
