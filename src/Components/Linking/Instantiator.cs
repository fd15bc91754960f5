using System.Runtime.CompilerServices;
using ClawGrains.Components.Abi;
using ClawGrains.Components.Binary;
using ClawGrains.Components.Core;
using ClawGrains.Components.Types;
using ClawGrains.Wasm;

namespace ClawGrains.Components.Linking;

/// <summary>Carries out a plan: one case per definition, in the order of Binary.md.</summary>
internal static class Instantiator
{
    private const int MaxDepth = 1000;

    public static ComponentFrame Run(RuntimeComponent component, RuntimeStore store, InstanceState? parent, Func<string, object?> import)
    {
        store.CountInstance();
        var frame = new ComponentFrame(store, component.Outer, parent);
        store.Frames.Add(frame);
        if (frame.State.Depth > MaxDepth || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
            throw ComponentException.Link($"component instances are nested too deep ({frame.State.Depth} levels)");
        foreach (var step in component.Plan.Steps) Run(frame, step, import);
        return frame;
    }

    private static void Run(ComponentFrame frame, PlanStep step, Func<string, object?> import)
    {
        switch (step)
        {
            case ModuleStep s: frame.Modules.Add(s.Module); break;
            case OuterModuleStep s: frame.Modules.Add(Outer(frame, s.Count).Modules[(int)s.Index]); break;
            case OuterComponentStep s: frame.Components.Add(Outer(frame, s.Count).Components[(int)s.Index]); break;
            case CoreInstantiateStep s: CoreInstantiate(frame, s); break;
            case CoreExportsStep s: CoreExports(frame, s); break;
            case CoreAliasStep s: CoreAlias(frame, s); break;
            case ComponentStep s: frame.Components.Add(new RuntimeComponent(s.Plan, frame)); break;
            case InstantiateStep s: Instantiate(frame, s); break;
            case InlineExportsStep s: frame.Instances.Add(Bag(frame, s)); break;
            case AliasExportStep s: frame.Push(Validation.Externs.SortOf(s.Sort), frame.Instances[(int)s.Instance].Exports[s.Name]); break;
            case ResourceStep s: frame.Bind(s.Id, new GuestResourceInstance(frame.State, s.Destructor is { } d ? new WasmFunc(frame.CoreFuncs[(int)d]) : null)); break;
            case LiftStep s: frame.Funcs.Add(new LiftedFunc(new WasmFunc(frame.CoreFuncs[(int)s.CoreFunc]), frame.Options(s.Options), s.Signature, frame)); break;
            case LowerStep s: Lower(frame, s); break;
            case ResourceBuiltinStep s: ResourceBuiltins.Add(frame, s); break;
            case AsyncBuiltinStep s: AsyncBuiltins.Add(frame, s); break;
            case ImportStep s: Add(frame, s.Type, import(s.Name)); break;
            case ExportStep s: Export(frame, s); break;
            default: throw new InvalidOperationException($"BUG: no rule for {step}.");
        }
    }

    private static ComponentFrame Outer(ComponentFrame frame, uint count)
    {
        for (; count > 0; count--) frame = frame.Outer ?? throw new InvalidOperationException("BUG: an outer alias reaches past the root.");
        return frame;
    }

    private static void CoreInstantiate(ComponentFrame frame, CoreInstantiateStep step)
    {
        var arguments = step.Arguments.ToDictionary(a => a.Name, a => frame.CoreInstances[(int)a.Instance], StringComparer.Ordinal);
        var imports = new Imports(i => arguments[i.Module](i.Name));
        var instance = frame.Store.Store.Instantiate(frame.Modules[(int)step.Module], imports);
        frame.CoreInstances.Add(instance.Find);
    }

    private static void CoreExports(ComponentFrame frame, CoreExportsStep step)
    {
        var exports = step.Exports.ToDictionary(e => e.Name, e => CoreItem(frame, e.Item), StringComparer.Ordinal);
        frame.CoreInstances.Add(exports.GetValueOrDefault);
    }

    private static Extern CoreItem(ComponentFrame frame, CoreSortIndex item) => item.Sort switch
    {
        CoreSort.Func => frame.CoreFuncs[(int)item.Index],
        CoreSort.Table => frame.CoreTables[(int)item.Index],
        CoreSort.Memory => frame.CoreMemories[(int)item.Index],
        CoreSort.Global => frame.CoreGlobals[(int)item.Index],
        CoreSort.Tag => frame.CoreTags[(int)item.Index],
        _ => throw new InvalidOperationException($"BUG: a core instance can't export {item}."),
    };

    private static void CoreAlias(ComponentFrame frame, CoreAliasStep step)
    {
        switch (frame.CoreInstances[(int)step.Instance](step.Name))
        {
            case Function f: frame.CoreFuncs.Add(f); break;
            case Table t: frame.CoreTables.Add(t); break;
            case Memory m: frame.CoreMemories.Add(m); break;
            case Global g: frame.CoreGlobals.Add(g); break;
            case Tag t: frame.CoreTags.Add(t); break;
            default: throw new InvalidOperationException($"BUG: the core instance has no export {step.Name}.");
        }
    }

    private static void Instantiate(ComponentFrame frame, InstantiateStep step)
    {
        var arguments = step.Arguments.ToDictionary(a => a.Name, a => frame.Item(a.Item), StringComparer.Ordinal);
        var instance = Run(frame.Components[(int)step.Component], frame.Store, frame.State, name => arguments[name]);
        Add(frame, new(ExternSort.Instance, step.Result), instance.Exports);
    }

    private static RuntimeInstance Bag(ComponentFrame frame, InlineExportsStep step)
    {
        var bag = new RuntimeInstance();
        foreach (var (name, item) in step.Exports) bag.Exports[name] = frame.Item(item);
        return bag;
    }

    private static void Lower(ComponentFrame frame, LowerStep step)
    {
        var (callee, options, store) = (frame.Funcs[(int)step.Func], frame.Options(step.Options), frame.Store.Store);
        frame.CoreFuncs.Add(Abi.HostMarshaller.TryCompile(callee, options, step.Signature, frame) is { } compiled
            ? Function.FromDelegate(store, compiled)
            : Slots.HostFunction(store, step.EngineType, new LoweredFunc(callee, options, step.Signature, frame).Call));
    }

    private static void Export(ComponentFrame frame, ExportStep step)
    {
        var item = frame.Item(step.Item);
        frame.Exports.Exports[step.Name] = item;
        Add(frame, step.Type, item);
    }

    private static void Add(ComponentFrame frame, Types.ExternType type, object? item)
    {
        frame.Push(type.Sort, item);
        frame.Bind(type, item);
    }
}

/// <summary>CanonicalABI.md, <c>resource.new</c>, <c>resource.drop</c>, <c>resource.rep</c>.</summary>
internal static class ResourceBuiltins
{
    private static readonly FunctionType DropType = FunctionType.Of([ValueKind.I32], []);
    private static readonly FunctionType AccessType = FunctionType.Of([ValueKind.I32], [ValueKind.I32]);

    public static void Add(ComponentFrame frame, ResourceBuiltinStep step)
    {
        var (state, resource) = (frame.State, frame.Resource(step.Resource));
        var type = step.Builtin == ResourceBuiltin.Drop ? DropType : AccessType;
        CoreCall call = step.Builtin switch
        {
            ResourceBuiltin.New => (a, r) => r[0] = New(state, resource, (uint)a[0]),
            ResourceBuiltin.Drop => (a, _) => Drop(state, resource, (uint)a[0]),
            _ => (a, r) => r[0] = Rep(state, resource, (uint)a[0]),
        };
        frame.CoreFuncs.Add(Slots.HostFunction(frame.Store.Store, type, call));
    }

    private static uint New(InstanceState state, ResourceInstance resource, uint rep)
    {
        Trap.If(!state.MayLeave, "cannot leave component instance");
        return state.Handles.Add(new ResourceHandle(resource, rep, own: true));
    }

    private static void Drop(InstanceState state, ResourceInstance resource, uint index)
    {
        Trap.If(!state.MayLeave, "cannot leave component instance");
        var handle = state.Handles.Get(index);
        handle.Require(resource, index);
        Trap.If(handle.Lends != 0, "cannot remove owned resource while borrowed");
        state.Handles.Remove(index);
        if (handle.Own) resource.Destroy(handle.Rep, state);
        else handle.Scope!.Borrows--;
    }

    private static uint Rep(InstanceState state, ResourceInstance resource, uint index)
    {
        var handle = state.Handles.Get(index);
        handle.Require(resource, index);
        return handle.Rep;
    }
}
