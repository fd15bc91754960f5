using ClawGrains.Components.Core;
using ClawGrains.Components.Linking;

namespace ClawGrains.Components.Abi;

/// <summary>Canonical options with the core items they name.</summary>
internal sealed record CanonicalOptions(StringEncoding Encoding, ICoreMemory? Memory, Func<uint, uint, uint, uint, uint>? Realloc, ICoreFunc? PostReturn, bool IsAsync);

/// <summary>Resolves the resource types that a component's types mention to those of one of its instances.</summary>
internal delegate ResourceInstance ResourceResolver(Types.ResourceId id);

/// <summary>
/// CanonicalABI.md, "Lifting and Lowering Context": one call's view of the instance whose memory is read or written.
/// </summary>
internal sealed class CanonicalContext(CanonicalOptions options, InstanceState instance, ResourceResolver resources)
{
    private long _lifted;

    public CanonicalOptions Options => options;

    public InstanceState Instance => instance;

    /// <summary>Where borrowed handles given to the instance are counted; set while lowering arguments.</summary>
    public BorrowScope? Borrows { get; init; }

    /// <summary>Where handles lent by the instance are remembered; set while lifting arguments.</summary>
    public LendScope? Lends { get; init; }

    public ICoreMemory Memory => options.Memory ?? throw new InvalidOperationException("BUG: validation lets no value through memory without a memory.");

    public ResourceInstance Resource(Types.ResourceType type) => resources(type.Id);

    public void ResetAccount() => _lifted = 0;

    /// <summary>Accounts for host memory before it is allocated.</summary>
    public void Account(long bytes)
    {
        _lifted += bytes;
        if (_lifted > instance.LiftLimit) throw Trap.Because($"lifted values exceed the limit of {instance.LiftLimit} bytes per call");
    }

    public uint Allocate(uint alignment, uint length) => Reallocate(0, 0, alignment, length);

    /// <summary>Checks where a value lies, before any of it is read or written.</summary>
    public void CheckArea(uint at, uint alignment, uint size)
    {
        Trap.If(at % alignment != 0, "unaligned pointer");
        Trap.If((ulong)at + size > (ulong)Memory.Size, "pointer out of bounds of memory");
    }

    /// <summary>Calls the guest's <c>realloc</c> and checks what it returns.</summary>
    public uint Reallocate(uint old, uint oldLength, uint alignment, uint length)
    {
        var realloc = options.Realloc ?? throw new InvalidOperationException("BUG: validation lets no list through without a realloc.");
        var outer = instance.Context;
        instance.Context = default;
        instance.MayLeave = false;
        var pointer = realloc(old, oldLength, alignment, length);
        instance.MayLeave = true;
        instance.Context = outer;
        Trap.If(pointer % alignment != 0, "realloc return: result not aligned");
        Trap.If((ulong)pointer + length > (ulong)Memory.Size, "realloc return: beyond end of memory");
        return pointer;
    }
}
