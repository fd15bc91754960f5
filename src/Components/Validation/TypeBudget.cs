using ClawGrains.Components.Binary;

namespace ClawGrains.Components.Validation;

/// <summary>
/// What all types of one component cost together. A type's own size is bounded, but a few bytes can copy, compare or
/// walk the largest again and again, and make as many fresh resources each time.
/// </summary>
internal sealed class TypeBudget
{
    private long _nodes;
    private long _resources;

    /// <summary>Accounts for a walk over a type, as large as it is as a tree.</summary>
    public void Walk(long typeSize, long offset)
    {
        _nodes += typeSize;
        if (_nodes > Limits.TypeWork) throw ComponentException.Invalid($"the types of all imports, exports and instances exceed the limit of {Limits.TypeWork}", offset);
    }

    /// <summary>Accounts for resources that are made anew.</summary>
    public void Fresh(int resources, long offset)
    {
        _resources += resources;
        if (_resources > Limits.Resources) throw ComponentException.Invalid($"resource types of all instances exceed the limit of {Limits.Resources}", offset);
    }
}
