using ClawGrains.Components.Binary;
using ClawGrains.Components.Types;

namespace ClawGrains.Components.Validation;

/// <summary>Binary.md, "Alias Definitions".</summary>
internal static class Aliases
{
    public static ExternType Export(Scope scope, AliasExport alias)
    {
        var instance = scope.At(scope.Instances, alias.Instance, "instance", alias.Offset);
        if (instance.Exports.Find(alias.Name) is not { } found)
            throw ComponentException.Invalid($"instance {alias.Instance} has no export named `{alias.Name}`", alias.Offset);
        if (found.Sort != Externs.SortOf(alias.Sort))
            throw ComponentException.Invalid($"export `{alias.Name}` for instance {alias.Instance} is not a {Externs.SortOf(alias.Sort).ToString().ToLowerInvariant()}", alias.Offset);
        scope.Push(found, alias.Offset);
        return found;
    }

    public static void CoreExport(Scope scope, AliasCoreExport alias)
    {
        var instance = scope.At(scope.CoreInstances, alias.Instance, "core instance", alias.Offset);
        if (!instance.TryGetValue(alias.Name, out var type))
            throw ComponentException.Invalid($"core instance {alias.Instance} has no export named `{alias.Name}`", alias.Offset);
        if (SortOf(type) != alias.Sort)
            throw ComponentException.Invalid($"export `{alias.Name}` for core instance {alias.Instance} is not a {alias.Sort.ToString().ToLowerInvariant()}", alias.Offset);
        PushCore(scope, type, alias.Offset);
    }

    public static CoreSort SortOf(CoreExternType type) => type switch
    {
        CoreFuncType => CoreSort.Func,
        CoreTableType => CoreSort.Table,
        CoreMemoryType => CoreSort.Memory,
        CoreGlobalType => CoreSort.Global,
        _ => CoreSort.Tag,
    };

    private static void PushCore(Scope scope, CoreExternType type, long offset)
    {
        switch (type)
        {
            case CoreFuncType f: Scope.Add(scope.CoreFuncs, f, Limits.Items, "core functions", offset); break;
            case CoreTableType t: Scope.Add(scope.CoreTables, t, Limits.Items, "core tables", offset); break;
            case CoreMemoryType m: Scope.Add(scope.CoreMemories, m, Limits.Items, "core memories", offset); break;
            case CoreGlobalType g: Scope.Add(scope.CoreGlobals, g, Limits.Items, "core globals", offset); break;
            case CoreTagType t: Scope.Add(scope.CoreTags, t, Limits.Items, "core tags", offset); break;
        }
    }

    public static void Outer(Scope scope, AliasOuter alias)
    {
        var target = Target(scope, alias.Count, alias.Offset);
        switch (alias.Sort)
        {
            case Sort.CoreModule: scope.Push(new(ExternSort.Module, target.At(target.CoreModules, alias.Index, "module", alias.Offset)), alias.Offset); break;
            case Sort.Component: scope.Push(new(ExternSort.Component, target.At(target.Components, alias.Index, "component", alias.Offset)), alias.Offset); break;
            case Sort.Type when alias.CoreType: PushCoreType(scope, target.At(target.CoreTypes, alias.Index, "type", alias.Offset), alias.Offset); break;
            default: OuterType(scope, target, alias); break;
        }
    }

    /// <summary>A component is closed: it cannot mention the resources of the one around it.</summary>
    private static void OuterType(Scope scope, Scope target, AliasOuter alias)
    {
        var type = target.At(target.Types, alias.Index, "type", alias.Offset);
        var crossed = scope;
        while (crossed != target && crossed.Parent != target) crossed = crossed.Parent!;
        if (crossed != target && crossed.Kind == ScopeKind.Component && FreeResources.Of(type).Count > 0)
            throw ComponentException.Invalid("cannot alias outer type which transitively refers to resources not defined in the current component", alias.Offset);
        Scope.Add(scope.Types, type, Limits.Items, "types", alias.Offset);
    }

    public static Scope Target(Scope scope, uint count, long offset)
    {
        var target = scope;
        for (var i = 0u; i < count; i++)
            target = target.Parent ?? throw ComponentException.Invalid($"invalid outer alias count of {count}", offset);
        return target;
    }

    public static void PushCoreType(Scope scope, object type, long offset)
    {
        if (type is ModuleType module) Scope.Bounded(module, offset);
        Scope.Add(scope.CoreTypes, type, Limits.Items, "core types", offset);
    }
}
