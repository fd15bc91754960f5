using ClawGrains.Embedded.Calls;
using Orleans.Runtime;

namespace Orleans;

/// <summary>Identities and references of grains.</summary>
public static class GrainExtensions
{
    /// <summary>A reference to the same grain through another interface.</summary>
    /// <exception cref="ArgumentException">The object is neither a grain nor a reference to one.</exception>
    public static TGrainInterface AsReference<TGrainInterface>(this IAddressable grain) => (TGrainInterface)References.Of(grain).CastTo(typeof(TGrainInterface));

    /// <summary>A reference to the same grain through another interface.</summary>
    public static TGrainInterface Cast<TGrainInterface>(this IAddressable grain) => grain.AsReference<TGrainInterface>();

    /// <summary>A reference to the same grain through another interface.</summary>
    public static object AsReference(this IAddressable grain, Type interfaceType) => References.Of(grain).CastTo(interfaceType);

    /// <summary>A reference to the same grain through another interface.</summary>
    public static object Cast(this IAddressable grain, Type interfaceType) => grain.AsReference(interfaceType);

    /// <summary>The identity of a grain or of a reference to one.</summary>
    public static GrainId GetGrainId(this IAddressable grain) => References.IdOf(grain);

    /// <summary>The key of a grain or of a reference to one.</summary>
    public static string GetPrimaryKeyString(this IAddressable grain) => References.IdOf(grain).Key.ToString();
}
