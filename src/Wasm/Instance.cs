using ClawGrains.Wasm.Compilation;
using ClawGrains.Wasm.Runtime;

namespace ClawGrains.Wasm;

/// <summary>A module brought to life in a store.</summary>
public sealed unsafe class Instance
{
    // Read by compiled code. Base and length are kept up to date by the memory.
    internal readonly StoreState State;
    internal byte* MemoryBase;
    internal long MemoryLength;
    internal bool Untracked;

    /// <summary>Calls left of functions that mark what they write until their variants take over that don't; negative once those do.</summary>
    internal int Heat = InitialHeat;

    internal ulong* OwnGlobals;
    internal Function[] Imports;
    internal Table[] Tables;
    internal readonly Tag[] Tags;

    private const int InitialHeat = 5000;

    /// <summary>Compiled code takes the first from the fields above.</summary>
    internal readonly Memory[] Memories;

    /// <summary>Imported globals and those of reference type are always here; own numeric ones once they are asked for.</summary>
    internal readonly Global?[] Globals;

    internal readonly ModuleCode Code;
    internal readonly Function?[] Functions;
    internal readonly object?[]?[] ElementSegments;
    internal readonly bool[] DroppedData;
    internal Memory? Memory0;
    private object?[]?[]? elementImage;
    private bool[]? dataImage;
    private Dictionary<string, Extern>? exports;

    internal Instance(Store store, Module module)
    {
        Store = store;
        Module = module;
        State = store.State;
        Code = module.Code;
        var data = module.Data;
        Imports = data.ImportedFunctions == 0 ? [] : new Function[data.ImportedFunctions];
        Tables = data.Tables.Count == 0 ? [] : new Table[data.Tables.Count];
        Tags = data.Tags.Count == 0 ? [] : new Tag[data.Tags.Count];
        Memories = data.Memories.Count == 0 ? [] : new Memory[data.Memories.Count];
        Globals = data.GlobalTypes.Count == 0 ? [] : new Global?[data.GlobalTypes.Count];
        Functions = new Function?[data.Bodies.Count];
        ElementSegments = data.Elements.Count == 0 ? [] : new object?[]?[data.Elements.Count];
        DroppedData = data.Datas.Count == 0 ? [] : new bool[data.Datas.Count];
    }

    /// <summary>The module it is made from.</summary>
    public Module Module { get; }

    /// <summary>The store it lives in.</summary>
    public Store Store { get; }

    /// <summary>All exports, in the module's order.</summary>
    public IEnumerable<KeyValuePair<string, Extern>> Exports =>
        Module.Data.Exports.Select(export => KeyValuePair.Create(export.Name, Find(export.Name)!));

    /// <summary>The export, or null.</summary>
    public Extern? Find(string name)
    {
        exports ??= new Dictionary<string, Extern>(StringComparer.Ordinal);
        if (exports.TryGetValue(name, out var found)) return found;
        if (!Module.ExportIndex.TryGetValue(name, out var place)) return null;
        var (_, kind, index, _) = Module.Data.Exports[place];
        return exports[name] = kind switch
        {
            0 => Function(index),
            1 => Tables[index],
            2 => Memories[index],
            4 => Tags[index],
            _ => GlobalAt((int)index),
        };
    }

    /// <summary>The exported function; throws <see cref="KeyNotFoundException"/> when there is none of that name.</summary>
    public Function GetFunction(string name) => Get<Function>(name);

    /// <summary>The exported memory; throws <see cref="KeyNotFoundException"/> when there is none of that name.</summary>
    public Memory GetMemory(string name) => Get<Memory>(name);

    /// <summary>The exported table; throws <see cref="KeyNotFoundException"/> when there is none of that name.</summary>
    public Table GetTable(string name) => Get<Table>(name);

    /// <summary>The exported tag; throws <see cref="KeyNotFoundException"/> when there is none of that name.</summary>
    public Tag GetTag(string name) => Get<Tag>(name);

    /// <summary>The exported global; throws <see cref="KeyNotFoundException"/> when there is none of that name.</summary>
    public Global GetGlobal(string name) => Get<Global>(name);

    /// <summary>The function of that index, imports first.</summary>
    internal Function Function(uint index)
    {
        if (index < (uint)Imports.Length) return Imports[index];
        var own = (int)index - Imports.Length;
        return Functions[own] ??= new Function(Store, Code.Signatures[(int)Module.Data.FunctionTypes[(int)index]], Code.CallableSlot(own), this, own, Code.Prepaid(own));
    }

    internal Global GlobalAt(int index)
    {
        var own = index - Module.Data.ImportedGlobals;
        return Globals[index] ??= new Global(Store, Module.Data.GlobalTypes[index], OwnGlobals + own * 2, null);
    }

    internal void TakeImage()
    {
        elementImage = (object?[]?[])ElementSegments.Clone();
        dataImage = (bool[])DroppedData.Clone();
    }

    internal void Track(bool tracked)
    {
        Untracked = !tracked;
        Heat = tracked ? InitialHeat : -1;
    }

    internal void Reset()
    {
        if (!Untracked) Heat = InitialHeat;
        elementImage!.CopyTo(ElementSegments, 0);
        dataImage!.CopyTo(DroppedData, 0);
    }

    private T Get<T>(string name) where T : Extern =>
        Find(name) as T ?? throw new KeyNotFoundException($"The module exports no {typeof(T).Name.ToLowerInvariant()} \"{name}\".");
}
