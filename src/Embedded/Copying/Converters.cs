using System.Reflection;
using Orleans;

namespace ClawGrains.Embedded.Copying;

/// <summary>Copies foreign types by way of their surrogates, with the [RegisterConverter] classes of the loaded assemblies.</summary>
internal static class Converters
{
    internal static Copier? For(Type type)
    {
        foreach (var candidate in Runtime.GrainAssemblies.Discover().SelectMany(assembly => assembly.GetTypes()).Where(t => t.IsDefined(typeof(RegisterConverterAttribute), false)))
        {
            foreach (var face in candidate.GetInterfaces().Where(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IConverter<,>)))
            {
                if (face.GetGenericArguments() is [var value, var surrogate] && value == type)
                    return (Copier)Activator.CreateInstance(typeof(SurrogateCopier<,>).MakeGenericType(value, surrogate), BindingFlags.Instance | BindingFlags.Public, null, [Activator.CreateInstance(candidate)], null)!;
            }
        }
        return null;
    }

    private sealed class SurrogateCopier<TValue, TSurrogate>(object converter) : Copier<TValue> where TValue : notnull where TSurrogate : struct
    {
        private readonly IConverter<TValue, TSurrogate> _converter = (IConverter<TValue, TSurrogate>)converter;

        protected override TValue Copy(TValue value, DeepCopy.Session session) =>
            _converter.ConvertFromSurrogate(session.Part(_converter.ConvertToSurrogate(value)));
    }
}
