using ClawGrains.Components.Binary;
using ClawGrains.Components.Linking;
using ClawGrains.Components.Types;

namespace ClawGrains.Components.Validation;

/// <summary>Binary.md, "Instance Definitions": core instances.</summary>
internal static class CoreLinking
{
    public static CoreInstantiateStep Instantiate(Scope scope, CoreInstantiate definition)
    {
        var offset = definition.Offset;
        var module = scope.At(scope.CoreModules, definition.Module, "module", offset);
        var arguments = new Dictionary<string, Dictionary<string, CoreExternType>>(StringComparer.Ordinal);
        foreach (var (name, index) in definition.Arguments)
            if (!arguments.TryAdd(name, scope.At(scope.CoreInstances, index, "core instance", offset)))
                throw ComponentException.Invalid($"duplicate module instantiation argument named `{name}`", offset);
        foreach (var import in module.Imports) Check(import, arguments, offset);
        Push(scope, module.Exports.ToDictionary(e => e.Name, e => e.Type, StringComparer.Ordinal), offset);
        return new CoreInstantiateStep(definition.Module, definition.Arguments);
    }

    private static void Check(CoreImport import, Dictionary<string, Dictionary<string, CoreExternType>> arguments, long offset)
    {
        if (!arguments.TryGetValue(import.Module, out var instance))
            throw ComponentException.Invalid($"missing module instantiation argument named `{import.Module}`", offset);
        if (!instance.TryGetValue(import.Name, out var given))
            throw ComponentException.Invalid($"module instantiation argument `{import.Module}` does not export an item named `{import.Name}`", offset);
        if (CoreSubtype.Mismatch(given, import.Type) is { } error)
            throw ComponentException.Invalid($"type mismatch for export `{import.Name}` of module instantiation argument `{import.Module}`: {error}", offset);
    }

    public static CoreExportsStep InlineExports(Scope scope, CoreInlineExports definition)
    {
        var exports = new Dictionary<string, CoreExternType>(StringComparer.Ordinal);
        foreach (var (name, item) in definition.Exports)
            if (!exports.TryAdd(name, Item(scope, item, definition.Offset)))
                throw ComponentException.Invalid($"duplicate instantiation export name `{name}` already defined", definition.Offset);
        Push(scope, exports, definition.Offset);
        return new CoreExportsStep(definition.Exports);
    }

    private static CoreExternType Item(Scope scope, CoreSortIndex item, long offset) => item.Sort switch
    {
        CoreSort.Func => scope.At(scope.CoreFuncs, item.Index, "function", offset),
        CoreSort.Table => scope.At(scope.CoreTables, item.Index, "table", offset),
        CoreSort.Memory => scope.At(scope.CoreMemories, item.Index, "memory", offset),
        CoreSort.Global => scope.At(scope.CoreGlobals, item.Index, "global", offset),
        _ => scope.At(scope.CoreTags, item.Index, "tag", offset),
    };

    private static void Push(Scope scope, Dictionary<string, CoreExternType> instance, long offset) =>
        Scope.Add(scope.CoreInstances, instance, Limits.Instances, "core instances", offset);
}
