using ClawGrains.Components.Linking;
using ClawGrains.Components.Types;
using ClawGrains.Wasm;

namespace ClawGrains.Components;

/// <summary>An exported function of a component instance.</summary>
public sealed class ComponentFunction
{
    private readonly FuncInst _func;

    internal ComponentFunction(ComponentInstance instance, FuncInst func, FuncType type, string name)
    {
        Instance = instance;
        _func = func;
        Type = type;
        Name = name;
    }

    /// <summary>The instance that exports it.</summary>
    public ComponentInstance Instance { get; }

    /// <summary>The name it was found by.</summary>
    public string Name { get; }

    /// <summary>The names of the parameters.</summary>
    public IReadOnlyList<string> Parameters => Type.Names;

    internal FuncType Type { get; }

    /// <summary>
    /// Calls with values of the parameters' types. The result is null when the function has none.
    /// Throws <see cref="ComponentException"/> of kind <see cref="ComponentErrorKind.Value"/> for values of other types,
    /// <see cref="ComponentTrapException"/> when the guest traps, and what a host function threw, unchanged.
    /// </summary>
    public ComponentValue? Call(params ComponentValue[] arguments)
    {
        if (arguments.Length != Type.Params.Length)
            throw ComponentException.Value($"`{Name}` takes {Type.Params.Length} arguments, found {arguments.Length}");
        var site = new HostCallSite(arguments);
        try
        {
            _func.Invoke(site, null);
        }
        catch (TrapException e)
        {
            throw new ComponentTrapException(e.Message, e);
        }
        return site.Result;
    }
}
