namespace ClawGrains.Components.Abi;

/// <summary>
/// Handles that the instances of one root may hold together. They live outside the guest's memory, so they count against
/// what its store permits of table elements.
/// </summary>
internal sealed class HandleBudget(long limit)
{
    private long _held;

    public void Take()
    {
        if (_held >= limit) throw Trap.Because($"resource table has no free keys: {limit} handles are held");
        _held++;
    }

    public void Give() => _held--;
}

/// <summary>CanonicalABI.md, "Table State": the handles of one component instance. Index 0 is never used.</summary>
internal sealed class HandleTable(HandleBudget budget)
{
    private const int MaxLength = (1 << 28) - 1;
    private readonly List<ResourceHandle?> _array = [null];
    private readonly Stack<int> _free = [];

    public IEnumerable<ResourceHandle> Handles => _array.OfType<ResourceHandle>();

    /// <summary>Whether there was never a handle: what guests see of the table is then that of a new one.</summary>
    public bool IsUnused => _array.Count == 1;

    public ResourceHandle Get(uint index)
    {
        if (index < _array.Count && _array[(int)index] is { } handle) return handle;
        throw Trap.Because($"unknown handle index {index}");
    }

    public uint Add(ResourceHandle handle)
    {
        budget.Take();
        if (_free.TryPop(out var index))
        {
            _array[index] = handle;
            return (uint)index;
        }
        Trap.If(_array.Count > MaxLength, "resource table has no free keys");
        _array.Add(handle);
        return (uint)_array.Count - 1;
    }

    public ResourceHandle Remove(uint index)
    {
        var handle = Get(index);
        budget.Give();
        _array[(int)index] = null;
        _free.Push((int)index);
        return handle;
    }
}

/// <summary>CanonicalABI.md, "Resource State".</summary>
internal sealed class ResourceHandle(ResourceInstance type, uint rep, bool own, BorrowScope? scope = null)
{
    public ResourceInstance Type => type;

    public uint Rep => rep;

    public bool Own => own;

    /// <summary>The call during which a borrowed handle must be dropped again.</summary>
    public BorrowScope? Scope => scope;

    public int Lends { get; set; }

    public void Require(ResourceInstance wanted, uint index)
    {
        if (ReferenceEquals(type, wanted)) return;
        throw Trap.Because($"handle index {index} used with the wrong type, expected {wanted.Describe} but found a different {type.Describe}");
    }
}

/// <summary>A resource type as it exists at run time: fresh for every component instance that defines it.</summary>
internal abstract class ResourceInstance
{
    /// <summary>The component instance whose core code knows the representation, or null for one of the host's.</summary>
    public virtual InstanceState? Implementer => null;

    public abstract string Describe { get; }

    /// <summary>Destroys a representation whose last owner dropped it.</summary>
    public abstract void Destroy(uint rep, InstanceState? caller);
}

/// <summary>
/// CanonicalABI.md, "Tasks": one call into a component instance. Counts the borrowed handles it was given, keeps the
/// thread's context slots, and takes the result of an asynchronous function.
/// </summary>
internal sealed class BorrowScope
{
    public int Borrows { get; set; }

    /// <summary>The function's type, which <c>task.return</c> must agree with.</summary>
    public Types.FuncType? Type { get; init; }

    /// <summary>Takes what <c>task.return</c> returns; null in a synchronous function and once it has returned.</summary>
    public Action<ComponentValue?>? Return { get; set; }
}

/// <summary>The part of a subtask that remembers which handles its arguments lent (<c>lenders</c>).</summary>
internal sealed class LendScope
{
    private List<ResourceHandle>? _lenders;

    public void Lend(ResourceHandle handle)
    {
        handle.Lends++;
        (_lenders ??= []).Add(handle);
    }

    public void Return()
    {
        if (_lenders is null) return;
        foreach (var lender in _lenders) lender.Lends--;
        _lenders = null;
    }
}
