namespace ClawGrains.Components.Types;

/// <summary>
/// What a component's type index space holds: a value, function, resource, instance or component type.
/// Nodes are immutable. Reference identity carries the naming rule of "External Visibility of Types"
/// (an import or export of a type makes a new node); type equality is structural and never looks at identity.
/// </summary>
internal abstract class TypeDef
{
    /// <summary>Nodes of this type counted as a tree; bounded by <c>Limits.TypeSize</c>, so walking a type takes bounded time.</summary>
    public long TypeSize { get; protected init; } = 1;

    /// <summary>Nesting below this node, itself included; bounded, so walking a type takes bounded stack.</summary>
    public int Depth { get; protected init; } = 1;

    /// <summary>Whether a resource type occurs anywhere inside; a type without any is never copied by substitution.</summary>
    public bool MentionsResource { get; protected init; }

    public abstract string Describe { get; }

    /// <summary>The same type as a new node, for an import or export that names it.</summary>
    public abstract TypeDef Renamed();
}

/// <summary>The identity of a resource type; fresh and unequal to every other (explainer, "Type Checking").</summary>
internal sealed class ResourceId
{
    /// <summary>The scope that holds a representation and destructor, or null for an abstract resource.</summary>
    public ResourceDefinition? Definition { get; init; }
}

/// <summary>A resource type defined by a component itself, with the core index of its destructor.</summary>
internal sealed record ResourceDefinition(object Scope, uint? Destructor);

/// <summary>A type index that stands for a resource: several may stand for the same one, each with its own name.</summary>
internal sealed class ResourceType : TypeDef
{
    public ResourceType(ResourceId id)
    {
        Id = id;
        MentionsResource = true;
    }

    public ResourceId Id { get; }

    public override string Describe => "resource";

    public override TypeDef Renamed() => new ResourceType(Id);
}

internal sealed class FuncType : TypeDef
{
    public FuncType(string[] names, ValType[] parameters, ValType? result, bool isAsync = false)
    {
        IsAsync = isAsync;
        Names = names;
        Params = parameters;
        Result = result;
        TypeSize = 1 + parameters.Sum(p => p.TypeSize) + (result?.TypeSize ?? 0);
        Depth = 1 + Math.Max(parameters.Length == 0 ? 0 : parameters.Max(p => p.Depth), result?.Depth ?? 0);
        MentionsResource = parameters.Any(p => p.MentionsResource) || result is { MentionsResource: true };
    }

    public string[] Names { get; }

    public ValType[] Params { get; }

    public ValType? Result { get; }

    /// <summary>May block its caller; here such functions run to their end at once.</summary>
    public bool IsAsync { get; }

    public override string Describe => "func";

    public override TypeDef Renamed() => new FuncType(Names, Params, Result, IsAsync);
}
