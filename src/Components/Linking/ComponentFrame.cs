using ClawGrains.Components.Abi;
using ClawGrains.Components.Core;
using ClawGrains.Components.Types;
using ClawGrains.Wasm;
using ExternType = ClawGrains.Components.Types.ExternType;

namespace ClawGrains.Components.Linking;

/// <summary>A component value: its plan with the frame whose index spaces its outer aliases reach.</summary>
internal sealed record RuntimeComponent(ComponentPlan Plan, ComponentFrame? Outer);

/// <summary>
/// A component instance as others see it. Items are <see cref="FuncInst"/>, <see cref="RuntimeInstance"/>,
/// <see cref="RuntimeComponent"/>, <see cref="Module"/>, <see cref="ResourceInstance"/>, or null for other types.
/// </summary>
internal sealed class RuntimeInstance
{
    public Dictionary<string, object?> Exports { get; } = new(StringComparer.Ordinal);
}

/// <summary>What the instances of one root share.</summary>
internal sealed class RuntimeStore(Store store)
{
    private const int MaxInstances = 10_000;
    private int _instances;

    public Store Store { get; } = store;

    /// <summary>Twice the memory that the store may hold, within reason.</summary>
    public long LiftLimit { get; } = Math.Clamp(2 * Math.Min(store.Limits.MemoryBytes, 1L << 40), 64L << 20, 2L << 30);

    public HandleBudget Handles { get; } = new(store.Limits.TableElements);

    public List<HostResourceInstance> HostResources { get; } = [];

    public List<ComponentFrame> Frames { get; } = [];

    /// <summary>Whether no instance holds a handle, runs or has trapped.</summary>
    public bool IsPristine => HostResources.Count == 0 && Frames.TrueForAll(f => f.State.IsPristine);

    /// <summary>The size of all memories. Asked for after every call of a kept instance.</summary>
    public long MemoryBytes
    {
        get
        {
            var sum = 0L;
            foreach (var frame in Frames)
                for (var i = 0; i < frame.CoreMemories.Count; i++)
                    if (frame.CoreMemories.IndexOf(frame.CoreMemories[i]) == i) sum += frame.CoreMemories[i].Size;
            return sum;
        }
    }

    /// <summary>Any object of the host's.</summary>
    public object? Data { get; set; }

    /// <summary>How often the host was called.</summary>
    public int HostCalls { get; set; }

    /// <summary>Counts who had the instances: functions of an earlier use must not be called any more.</summary>
    public int Use { get; set; }

    public void CountInstance()
    {
        if (++_instances > MaxInstances) throw ComponentException.Link($"the component makes more than {MaxInstances} instances");
    }
}

/// <summary>The index spaces of one component instance while and after it is made.</summary>
internal sealed class ComponentFrame(RuntimeStore store, ComponentFrame? outer, InstanceState? parent)
{
    private readonly Dictionary<ResourceId, ResourceInstance> _resources = [];

    public RuntimeStore Store { get; } = store;

    public ComponentFrame? Outer { get; } = outer;

    public InstanceState State { get; } = new(parent, store.LiftLimit, store.Handles);

    public RuntimeInstance Exports { get; } = new();
    public List<Module> Modules { get; } = [];
    public List<Func<string, Extern?>> CoreInstances { get; } = [];
    public List<Function> CoreFuncs { get; } = [];
    public List<Table> CoreTables { get; } = [];
    public List<Memory> CoreMemories { get; } = [];
    public List<Global> CoreGlobals { get; } = [];
    public List<Tag> CoreTags { get; } = [];
    public List<FuncInst> Funcs { get; } = [];
    public List<RuntimeInstance> Instances { get; } = [];
    public List<RuntimeComponent> Components { get; } = [];

    public ResourceInstance Resource(ResourceId id) =>
        _resources.TryGetValue(id, out var resource) ? resource : throw new InvalidOperationException("BUG: a resource type is used before it is bound.");

    public void Bind(ResourceId id, ResourceInstance resource) => _resources.TryAdd(id, resource);

    /// <summary>Learns which resources an item brings, by walking its static type beside the item.</summary>
    public void Bind(ExternType type, object? item)
    {
        if (!type.Type.MentionsResource) return;
        if (type.Type is ResourceType resource && item is ResourceInstance given) Bind(resource.Id, given);
        if (type.Type is not InstanceType instance || item is not RuntimeInstance actual) return;
        foreach (var (name, export) in instance.Exports.Items)
            if (actual.Exports.TryGetValue(name, out var found)) Bind(export, found);
    }

    public object? Item(PlanItem item) => item.Sort switch
    {
        Binary.Sort.CoreModule => Modules[(int)item.Index],
        Binary.Sort.Func => Funcs[(int)item.Index],
        Binary.Sort.Component => Components[(int)item.Index],
        Binary.Sort.Instance => Instances[(int)item.Index],
        _ => item.Type is ResourceType resource ? Resource(resource.Id) : null,
    };

    public void Push(ExternSort sort, object? item)
    {
        switch (sort)
        {
            case ExternSort.Module: Modules.Add((Module)item!); break;
            case ExternSort.Func: Funcs.Add((FuncInst)item!); break;
            case ExternSort.Component: Components.Add((RuntimeComponent)item!); break;
            case ExternSort.Instance: Instances.Add((RuntimeInstance)item!); break;
        }
    }

    public CanonicalOptions Options(PlanOptions options) => new(
        options.Encoding,
        options.Memory is { } m ? new WasmMemory(CoreMemories[(int)m]) : null,
        options.Realloc is { } r ? new WasmFunc(CoreFuncs[(int)r]).Realloc : null,
        options.PostReturn is { } p ? new WasmFunc(CoreFuncs[(int)p]) : null,
        options.IsAsync);
}
