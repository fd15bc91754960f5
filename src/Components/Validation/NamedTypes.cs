using ClawGrains.Components.Types;

namespace ClawGrains.Components.Validation;

/// <summary>
/// Explainer, "External Visibility of Types": a resource, record, variant, enum or flags that an import or export
/// mentions must have been imported or exported itself before.
/// </summary>
internal static class NamedTypes
{
    /// <summary>Checks an import or export and gives names to the types it introduces.</summary>
    public static bool Register(Scope scope, ExternType item, bool import)
    {
        if (scope.Kind == ScopeKind.InstanceType) return true;
        var named = import ? scope.ImportedTypes : scope.ExportedTypes;
        switch (item.Sort)
        {
            case ExternSort.Type:
                if (!PartsNamed(item.Type, named)) return false;
                if (import) scope.ImportedTypes.Add(item.Type);
                scope.ExportedTypes.Add(item.Type);
                return true;
            case ExternSort.Instance:
                return ((InstanceType)item.Type).Exports.Items.All(e => Register(scope, e.Type, import));
            case ExternSort.Func:
                return PartsNamed(item.Type, named);
            default:
                return true;
        }
    }

    /// <summary>Whether everything directly inside is named; the type itself need not be.</summary>
    private static bool PartsNamed(TypeDef type, HashSet<TypeDef> named) => type switch
    {
        ResourceType or ComponentType or ModuleType => true,
        HandleType handle => named.Contains(handle.Resource),
        InstanceType instance => instance.Exports.Items.All(e => e.Type.Sort is ExternSort.Module or ExternSort.Component || PartsNamed(e.Type.Type, named)),
        _ => TypeChildren.Of(type).All(child => Named(child, named)),
    };

    private static bool Named(TypeDef type, HashSet<TypeDef> named) => type switch
    {
        RecordType or VariantType or EnumType or FlagsType => named.Contains(type),
        _ => PartsNamed(type, named),
    };
}
