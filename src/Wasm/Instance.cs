namespace ClawGrains.Wasm;

/// <summary>A module brought to life in a store.</summary>
public sealed class Instance
{
    internal Instance() { }

    /// <summary>The module it is made from.</summary>
    public Module Module => throw new NotImplementedException();

    /// <summary>The store it lives in.</summary>
    public Store Store => throw new NotImplementedException();

    /// <summary>All exports, in the module's order.</summary>
    public IEnumerable<KeyValuePair<string, Extern>> Exports => throw new NotImplementedException();

    /// <summary>The export, or null.</summary>
    public Extern? Find(string name) => throw new NotImplementedException();

    /// <summary>The exported function; throws <see cref="KeyNotFoundException"/> when there is none of that name.</summary>
    public Function GetFunction(string name) => throw new NotImplementedException();

    /// <summary>The exported memory; throws <see cref="KeyNotFoundException"/> when there is none of that name.</summary>
    public Memory GetMemory(string name) => throw new NotImplementedException();

    /// <summary>The exported table; throws <see cref="KeyNotFoundException"/> when there is none of that name.</summary>
    public Table GetTable(string name) => throw new NotImplementedException();

    /// <summary>The exported global; throws <see cref="KeyNotFoundException"/> when there is none of that name.</summary>
    public Global GetGlobal(string name) => throw new NotImplementedException();
}
