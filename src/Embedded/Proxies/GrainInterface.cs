using Orleans.Runtime;

namespace ClawGrains.Embedded.Proxies;

/// <summary>A grain interface with its methods and the maker of its references.</summary>
internal sealed class GrainInterface
{
    /// <summary>The interface of references that must be cast before use.</summary>
    internal static readonly GrainInterface None = new(typeof(IAddressable), [], null);

    private readonly Func<Calls.GrainRuntime, GrainInterface, GrainId, GrainReference>? _factory;

    internal GrainInterface(Type type, GrainMethod[] methods, Func<Calls.GrainRuntime, GrainInterface, GrainId, GrainReference>? factory)
    {
        (Type, Methods, _factory) = (type, methods, factory);
        foreach (var method in methods)
            method.Interface = this;
    }

    internal Type Type { get; }

    internal string Name => Type.FullName!;

    internal GrainInterfaceType InterfaceType => field.IsDefault ? field = GrainInterfaceType.Create(Name) : field;

    internal GrainMethod[] Methods { get; }

    internal GrainReference CreateReference(Calls.GrainRuntime runtime, GrainId id) => _factory!(runtime, this, id);
}
