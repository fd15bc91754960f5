using ClawGrains.Embedded.Calls;
using ClawGrains.Embedded.Proxies;
using ClawGrains.Embedded.Runtime;

namespace Orleans.Runtime;

/// <summary>A reference to a grain. Its methods send requests. References are equal when they lead to the same grain.</summary>
public class GrainReference : IAddressable, IEquatable<GrainReference>
{
    private IMessageTarget? _target;

    internal GrainReference(GrainRuntime runtime, GrainInterface @interface, GrainId id) => (Runtime, Interface, GrainId) = (runtime, @interface, id);

    internal GrainRuntime Runtime { get; }

    internal GrainInterface Interface { get; }

    /// <summary>The identity of the grain.</summary>
    public GrainId GrainId { get; }

    /// <summary>The full name of the interface.</summary>
    public virtual string InterfaceName => Interface.Name;

    /// <summary>The interface.</summary>
    public GrainInterfaceType InterfaceType => Interface.InterfaceType;

    /// <summary>A reference to the same grain through another interface.</summary>
    public virtual TGrainInterface Cast<TGrainInterface>() where TGrainInterface : IAddressable => (TGrainInterface)CastTo(typeof(TGrainInterface));

    internal object CastTo(Type type) => type.IsInstanceOfType(this) ? this : ProxyFactory.Get(type).CreateReference(Runtime, GrainId);

    internal Task CallTask(int method, object?[] arguments) => new GrainCall<NoResult>(this, Interface.Methods[method], arguments).Send();

    internal Task<T> CallTaskOf<T>(int method, object?[] arguments) => new GrainCall<T>(this, Interface.Methods[method], arguments).Send();

    internal ValueTask CallValueTask(int method, object?[] arguments) => new(CallTask(method, arguments));

    internal ValueTask<T> CallValueTaskOf<T>(int method, object?[] arguments) => new(CallTaskOf<T>(method, arguments));

    internal void CallVoid(int method, object?[] arguments) => _ = new GrainCall<NoResult>(this, Interface.Methods[method], arguments).Send();

    internal IAsyncEnumerable<T> CallSequence<T>(int method, object?[] arguments) => new GrainSequence<T>(this, Interface.Methods[method], arguments);

    /// <summary>Hands work to the grain, by the way found last if it still leads there.</summary>
    internal void Deliver(Work work)
    {
        if (_target is { } target && target.Receive(work))
            return;
        _target = Runtime.Silo.Dispatch(work, GrainId);
    }

    /// <inheritdoc/>
    public bool Equals(GrainReference? other) => other is not null && GrainId.Equals(other.GrainId);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as GrainReference);

    /// <inheritdoc/>
    public override int GetHashCode() => GrainId.GetHashCode();

    /// <summary>Compares the identities.</summary>
    public static bool operator ==(GrainReference? reference1, GrainReference? reference2) => reference1 is null ? reference2 is null : reference1.Equals(reference2);

    /// <summary>Compares the identities.</summary>
    public static bool operator !=(GrainReference? reference1, GrainReference? reference2) => !(reference1 == reference2);

    /// <inheritdoc/>
    public sealed override string ToString() => $"GrainReference:{GrainId}";
}
