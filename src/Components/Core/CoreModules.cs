using ClawGrains.Components.Types;
using ClawGrains.Wasm;

namespace ClawGrains.Components.Core;

/// <summary>Turns what the core engine says about a module into the types that validation compares.</summary>
internal static class CoreModules
{
    public static ModuleType TypeOf(Module module) =>
        new([.. module.Imports.Select(i => new CoreImport(i.Module, i.Name, TypeOf(i.Type)))],
            [.. module.Exports.Select(e => new CoreExport(e.Name, TypeOf(e.Type)))]);

    public static CoreExternType TypeOf(Wasm.ExternType type) => type switch
    {
        FunctionType f => new CoreFuncType([.. f.Parameters.Select(p => (CoreValType)p)], [.. f.Results.Select(r => (CoreValType)r)]),
        MemoryType m => new CoreMemoryType(Limits(m.Limits), Shared: false, Is64: false),
        TableType t => new CoreTableType((CoreValType)t.Element, Limits(t.Limits)),
        TagType t => new CoreTagType((CoreFuncType)TypeOf(t.Type)),
        GlobalType g => new CoreGlobalType((CoreValType)g.Content, g.IsMutable),
        _ => throw new InvalidOperationException($"BUG: the core engine exports {type}, which has no component-level counterpart."),
    };

    public static FunctionType ToEngine(CoreFuncType type) =>
        FunctionType.Of([.. type.Params.Select(p => (ValueKind)p)], [.. type.Results.Select(r => (ValueKind)r)]);

    private static CoreLimits Limits(Wasm.Limits limits) => new(limits.Minimum, limits.Maximum);
}
