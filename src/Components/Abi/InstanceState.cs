namespace ClawGrains.Components.Abi;

/// <summary>CanonicalABI.md, "Component Instances": what guards one component instance.</summary>
internal sealed class InstanceState(InstanceState? parent, long liftLimit, HandleBudget handles)
{
    public InstanceState? Parent { get; } = parent;

    public int Depth { get; } = (parent?.Depth ?? 0) + 1;

    /// <summary>
    /// The bytes one call may materialise outside the guest's memory. A guest can point many lists at the same bytes,
    /// so the size of its memory alone bounds nothing.
    /// </summary>
    public long LiftLimit { get; } = liftLimit;

    public HandleTable Handles { get; } = new(handles);

    /// <summary>Cleared while the instance or one of its children runs, and for ever once it trapped.</summary>
    public bool MayEnter { get; private set; } = true;

    /// <summary>The innermost call that runs in the instance.</summary>
    public BorrowScope? Task { get; set; }

    /// <summary>The two slots of <c>context.get</c> and <c>context.set</c>: those of the call that runs, zero when it begins.</summary>
    public (uint First, uint Second) Context { get; set; }

    public int Backpressure { get; set; }

    /// <summary>Cleared while <c>realloc</c> and <c>post-return</c> run: they may not call out.</summary>
    public bool MayLeave { get; set; } = true;

    /// <summary>Whether the instance stands as it did when it was made: nothing runs, nothing trapped, no handle was ever given out.</summary>
    public bool IsPristine => MayEnter && MayLeave && Task is null && Backpressure == 0 && Handles.IsUnused;

    /// <summary>Whether it is the other or an ancestor of it.</summary>
    public bool Wraps(InstanceState? other)
    {
        while (other is not null && other != this) other = other.Parent;
        return other is not null;
    }

    /// <summary>
    /// Marks the instances that a call from <paramref name="caller"/> enters: this one and its ancestors, without the
    /// caller and its ancestors. After a trap nobody leaves, which is what poisons them.
    /// </summary>
    public void EnterFrom(InstanceState? caller)
    {
        var common = Common(caller);
        for (var i = this; i != common; i = i!.Parent)
            Trap.If(!i!.MayEnter, "cannot enter component instance");
        for (var i = this; i != common; i = i!.Parent) i!.MayEnter = false;
    }

    public void LeaveTo(InstanceState? caller)
    {
        var common = Common(caller);
        for (var i = this; i != common; i = i!.Parent) i!.MayEnter = true;
    }

    /// <summary>The nearest ancestor-or-self shared with the caller, or null.</summary>
    private InstanceState? Common(InstanceState? caller)
    {
        if (caller is null) return null;
        var mine = this;
        while (mine is not null && caller is not null && mine != caller)
        {
            if (mine.Depth >= caller.Depth) mine = mine.Parent;
            else caller = caller.Parent;
        }
        return mine is not null && caller is not null ? mine : null;
    }
}
