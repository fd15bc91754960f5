using ClawGrains.Components.Abi;

namespace ClawGrains.Components;

/// <summary>
/// A handle in the host's hands. An owning one must be passed on as <c>own</c> or disposed, which runs the resource's
/// destructor; a borrowed one is valid until the host function that received it returns.
/// </summary>
public sealed class ComponentResource : IDisposable
{
    private bool _gone;

    internal ComponentResource(ResourceInstance type, uint rep, bool owns)
    {
        Type = type;
        Rep = rep;
        Owns = owns;
    }

    internal ResourceInstance Type { get; }

    internal uint Rep { get; }

    /// <summary>Whether disposing destroys the resource.</summary>
    public bool Owns { get; }

    /// <summary>The host's object behind a resource that the host defined; throws <see cref="InvalidOperationException"/> for a guest's.</summary>
    public object Target => Type is Linking.HostResourceInstance host
        ? host.Find(Rep)
        : throw new InvalidOperationException("The resource is a guest's; its representation is known to the guest alone.");

    /// <summary>Drops an owned resource; does nothing for a borrowed one or one that was passed on.</summary>
    public void Dispose()
    {
        if (_gone || !Owns) return;
        _gone = true;
        Type.Destroy(Rep, null);
    }

    /// <summary>A borrowed handle ends with the call it came with.</summary>
    internal void EndBorrow() => _gone |= !Owns;

    /// <summary>Gives ownership away.</summary>
    internal uint Consume()
    {
        if (!Owns) throw ComponentException.Value("a borrowed handle cannot be passed as `own`");
        Require();
        _gone = true;
        return Rep;
    }

    internal uint Borrow()
    {
        Require();
        return Rep;
    }

    private void Require()
    {
        if (_gone) throw ComponentException.Value("the handle was already passed on or dropped");
    }
}
