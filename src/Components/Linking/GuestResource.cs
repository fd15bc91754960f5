using ClawGrains.Components.Abi;
using ClawGrains.Components.Core;

namespace ClawGrains.Components.Linking;

/// <summary>A resource type defined by a component instance.</summary>
internal sealed class GuestResourceInstance(InstanceState implementer, ICoreFunc? destructor) : ResourceInstance
{
    public override InstanceState Implementer => implementer;

    public override string Describe => "guest-defined resource";

    /// <summary>CanonicalABI.md, <c>canon resource.drop</c>: the destructor is a lifted function of the implementer.</summary>
    public override void Destroy(uint rep, InstanceState? caller)
    {
        implementer.EnterFrom(caller);
        var outer = implementer.Context;
        implementer.Context = default;
        destructor?.Call([rep], []);
        implementer.Context = outer;
        implementer.LeaveTo(caller);
    }
}

/// <summary>A resource type of the host's within one root instance: representations number the host's objects.</summary>
internal sealed class HostResourceInstance(HostResource definition, Action<object>? drop) : ResourceInstance
{
    private readonly Dictionary<uint, object> _objects = [];
    private uint _next = 1;

    public HostResource Definition => definition;

    public override string Describe => $"host-defined resource `{definition.Name}`";

    public uint Add(object target)
    {
        while (_objects.ContainsKey(_next)) _next = _next == uint.MaxValue ? 1 : _next + 1;
        _objects.Add(_next, target);
        return _next++;
    }

    public object Find(uint rep) => _objects.TryGetValue(rep, out var target)
        ? target
        : throw new InvalidOperationException($"The handle of {Describe} is no longer valid.");

    public override void Destroy(uint rep, InstanceState? caller)
    {
        if (!_objects.Remove(rep, out var target)) return;
        drop?.Invoke(target);
    }

    /// <summary>Drops what the guest left behind.</summary>
    public void DestroyAll()
    {
        foreach (var rep in _objects.Keys.ToArray()) Destroy(rep, null);
    }
}
