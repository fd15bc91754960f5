using System.Text.Json;
using System.Text.Json.Nodes;
using ClawGrains.Components.Linking;
using ClawGrains.Components.Types;
using ClawGrains.Components.Wit;
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

    /// <summary>The function's type, with its JSON Schema.</summary>
    public ComponentFunctionType FunctionType => new(Name, Type);

    /// <summary>
    /// Calls with the arguments as a JSON object by parameter name, and gives the result as JSON (null when there is none).
    /// Throws <see cref="ComponentException"/> of kind <see cref="ComponentErrorKind.Value"/> that names the member that does not fit.
    /// </summary>
    public JsonNode? CallJson(JsonElement arguments) =>
        Call(JsonValues.ReadArguments(arguments, Type)) is { } result ? JsonValues.Write(result, Type.Result!) : null;

    /// <summary>Calls with the arguments in WAVE, for example <c>(1, "two", [3])</c>; gives the result in WAVE, or null.</summary>
    public string? CallWave(string arguments) => Call(ReadArguments(arguments))?.ToString();

    /// <summary>
    /// Reads arguments in WAVE by the parameters' types. Throws <see cref="ComponentException"/> of kind
    /// <see cref="ComponentErrorKind.Value"/> that says where the text goes wrong.
    /// </summary>
    public ComponentValue[] ReadArguments(string wave) => WaveReader.ReadArguments(wave, Type);

    /// <summary>The same with every argument in a text of its own, as words of a command; a string needs no quotation marks.</summary>
    public ComponentValue[] ReadArguments(IReadOnlyList<string> words) => WaveReader.ReadWords(words, Type);

    /// <summary>
    /// The function as a delegate of .NET types: integers, floats, bool, <c>Rune</c>, string, <c>byte[]</c> for
    /// list&lt;u8&gt;, arrays, dictionaries for maps, value tuples, nullables or <see cref="Option{T}"/> for options,
    /// <see cref="Result{TOk, TError}"/>, enums, classes with a constructor for records, and classes with a nested
    /// subclass for each case (named like it, its payload the only constructor parameter) for variants.
    /// Signatures without resources, maps, lists of fixed length or <see cref="ComponentValue"/>, whose lists are arrays, are
    /// compiled and box nothing; keep the delegate. Throws like <see cref="Call"/>, and <see cref="ArgumentException"/> for a signature that cannot fit.
    /// </summary>
    public T ToDelegate<T>() where T : Delegate
    {
        if (typeof(T).GetMethod("Invoke")!.GetParameters().Length != Type.Params.Length)
            throw new ArgumentException($"`{Name}` takes {Type.Params.Length} parameters; {typeof(T)} does not.");
        return (T)((_func is LiftedFunc lifted ? Abi.Marshaller.TryCompile(lifted, typeof(T)) : null) ?? GeneralDelegate.Make(typeof(T), this));
    }

    /// <summary>
    /// Calls with values of the parameters' types. The result is null when the function has none.
    /// Throws <see cref="ComponentException"/> of kind <see cref="ComponentErrorKind.Value"/> for values of other types,
    /// <see cref="ComponentTrapException"/> when the guest traps, and what a host function threw, unchanged.
    /// </summary>
    public ComponentValue? Call(params ComponentValue[] arguments)
    {
        if (arguments.Length != Type.Params.Length)
            throw ComponentException.Value($"`{Name}` takes {Type.Params.Length} arguments, found {arguments.Length}");
        Instance.ThrowIfDisposed();
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
