using ClawGrains.Wasm.Spec.Script;

namespace ClawGrains.Wasm.Spec.Running;

/// <summary>A command can't be run for a reason that is no fault of the engine's.</summary>
internal sealed class SkipException(string reason) : Exception(reason);

/// <summary>A command did not end as the script says.</summary>
internal sealed class MismatchException(string reason) : Exception(reason);

/// <summary>The instances and definitions a script has made so far, by name.</summary>
internal sealed class ScriptState : IDisposable
{
    private readonly Dictionary<(string Module, string Name), Extern> _externs = [];
    private readonly Dictionary<string, Loaded<Instance>> _instances = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Loaded<Module>> _definitions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _skippedNames = new(StringComparer.Ordinal);
    private readonly string _folder;
    private Loaded<Instance>? _instance;
    private Loaded<Module>? _definition;

    /// <summary>Something made by a command, or why it was not.</summary>
    private sealed record Loaded<T>(T? Value, string? SkipReason) where T : class
    {
        public T Get() => Value ?? throw new SkipException(SkipReason!);
    }

    public ScriptState(Engine engine, string folder)
    {
        (Engine, _folder) = (engine, folder);
        Store = new Store(engine, new StoreLimits { MemoryBytes = 1L << 40 });
        Spectest.AddTo(_externs, Store);
    }

    public Engine Engine { get; }

    public Store Store { get; }

    /// <summary>Compiles the command's module.</summary>
    /// <exception cref="SkipException">It is in the text format, a component, or needs an unsupported proposal.</exception>
    public Module Compile(SpecCommand command, WasmFeatures enabled = WasmFeatures.None)
    {
        if (command.IsComponent) throw new SkipException("component");
        if (command.IsText) throw new SkipException("text format");
        return Engine.Compile(ReadModule(command), enabled);
    }

    /// <summary>Compiles a module that the script says is valid, with the proposals enabled that it turns out to need.</summary>
    /// <exception cref="SkipException">It needs one that the engine doesn't have.</exception>
    public Module CompileSupported(SpecCommand command)
    {
        try
        {
            return CompileWhere(command, WasmFeatures.None) ?? CompileWhere(command, WasmFeatures.All)!;
        }
        catch (WasmException e) when (Unsupported.Proposal(e) is { } proposal)
        {
            throw new SkipException($"unsupported: {proposal}");
        }
    }

    private Module? CompileWhere(SpecCommand command, WasmFeatures enabled)
    {
        try
        {
            return Compile(command, enabled);
        }
        catch (WasmException e) when (enabled == WasmFeatures.None && Unsupported.Proposal(e) is not null)
        {
            return null;
        }
    }

    public Instance Instantiate(Module module)
    {
        var missing = module.Imports.FirstOrDefault(i => _skippedNames.ContainsKey(i.Module));
        if (missing is not null) throw new SkipException(_skippedNames[missing.Module]);
        return Store.Instantiate(module, new Imports(i => _externs.GetValueOrDefault((i.Module, i.Name)) ?? OfNamed(i)));
    }

    // Wasmtime's scripts import from named modules that were not registered.
    private Extern? OfNamed(ImportDescriptor import) => _instances.GetValueOrDefault($"${import.Module}")?.Value?.Find(import.Name);

    public void AddInstance(string? name, Func<Instance> make)
    {
        _instance = null;
        _instance = Keep(_instances, name, make);
    }

    public void AddDefinition(string? name, Func<Module> make)
    {
        _definition = null;
        _definition = Keep(_definitions, name, make);
    }

    public Instance Instance(string? name) => Find(_instances, _instance, name);

    public Module Definition(string? name) => Find(_definitions, _definition, name);

    /// <summary>Offers a module's exports to later imports.</summary>
    public void Register(string module, string? name)
    {
        try
        {
            foreach (var (export, value) in Instance(name).Exports) _externs[(module, export)] = value;
        }
        catch (SkipException e)
        {
            _skippedNames[module] = e.Message;
            throw;
        }
    }

    public void Dispose() => Store.Dispose();

    private byte[] ReadModule(SpecCommand command) =>
        File.ReadAllBytes(Path.Combine(_folder, command.FileName ?? throw new MismatchException("no module file is named")));

    /// <summary>What was skipped is remembered as such, and what failed leaves nothing: later commands say so.</summary>
    private static Loaded<T> Keep<T>(Dictionary<string, Loaded<T>> named, string? name, Func<T> make) where T : class
    {
        if (name is not null) named.Remove(name);
        Loaded<T> loaded;
        try
        {
            loaded = new Loaded<T>(make(), null);
        }
        catch (SkipException e)
        {
            loaded = new Loaded<T>(null, e.Message);
        }
        if (name is not null) named[name] = loaded;
        return loaded;
    }

    private static T Find<T>(Dictionary<string, Loaded<T>> named, Loaded<T>? last, string? name) where T : class
    {
        var loaded = name is null ? last : named.GetValueOrDefault(name);
        return loaded?.Get() ?? throw new MismatchException($"there is no module {name ?? "before this"}");
    }
}
