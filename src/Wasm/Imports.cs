namespace ClawGrains.Wasm;

/// <summary>What is offered to a module's imports, by module and field name, or by a function that is asked.</summary>
public sealed class Imports
{
    private readonly Dictionary<(string Module, string Name), Extern> externs = [];
    private readonly Func<ImportDescriptor, Extern?>? resolver;

    /// <summary>An empty set.</summary>
    public Imports() { }

    /// <summary>A set that asks <paramref name="resolver"/> for what was not added; null is "not there".</summary>
    public Imports(Func<ImportDescriptor, Extern?> resolver) => this.resolver = resolver;

    /// <summary>Offers one thing; the last of a name stands.</summary>
    public Imports Add(string module, string name, Extern value)
    {
        externs[(module, name)] = value;
        return this;
    }

    /// <summary>Offers all exports of an instance under a module name.</summary>
    public Imports Add(string module, Instance instance)
    {
        foreach (var (name, value) in instance.Exports) Add(module, name, value);
        return this;
    }

    internal static Imports None { get; } = new();

    internal Extern? Resolve(ImportDescriptor import) =>
        externs.TryGetValue((import.Module, import.Name), out var found) ? found : resolver?.Invoke(import);
}
