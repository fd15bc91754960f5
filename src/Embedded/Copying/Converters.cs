using System.Collections.Frozen;
using Orleans;

namespace ClawGrains.Embedded.Copying;

/// <summary>Copies foreign types by way of their surrogates, with the [RegisterConverter] classes of the loaded assemblies.</summary>
internal static class Converters
{
    private static readonly Lazy<FrozenDictionary<Type, (Type Converter, Type Surrogate)>> Registered = new(Find);

    internal static Copier? For(Type type) => Registered.Value.TryGetValue(type, out var found)
        ? (Copier)Activator.CreateInstance(typeof(SurrogateCopier<,>).MakeGenericType(type, found.Surrogate), Activator.CreateInstance(found.Converter))!
        : null;

    private static FrozenDictionary<Type, (Type Converter, Type Surrogate)> Find()
    {
        var found = new Dictionary<Type, (Type, Type)>();
        foreach (var converter in Runtime.GrainAssemblies.Discover().SelectMany(a => a.GetTypes()).Where(t => t.IsDefined(typeof(RegisterConverterAttribute), false)))
        {
            foreach (var face in converter.GetInterfaces().Where(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IConverter<,>)))
            {
                if (face.GetGenericArguments() is [var value, var surrogate]) found.TryAdd(value, (converter, surrogate));
            }
        }
        return found.ToFrozenDictionary();
    }

    private sealed class SurrogateCopier<TValue, TSurrogate>(object converter) : Copier<TValue> where TValue : notnull where TSurrogate : struct
    {
        private readonly IConverter<TValue, TSurrogate> _converter = (IConverter<TValue, TSurrogate>)converter;

        protected override TValue Copy(TValue value, DeepCopy.Session session) =>
            _converter.ConvertFromSurrogate(session.Part(_converter.ConvertToSurrogate(value)));
    }
}
