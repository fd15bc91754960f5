using ClawGrains.Components.Binary;
using ClawGrains.Components.Types;

namespace ClawGrains.Components.Validation;

/// <summary>Component and instance types: a scope of declarations, each with an index space of its own.</summary>
internal static class ScopeTypeBuilder
{
    public static TypeDef Build(Scope parent, ScopeTypeSyntax syntax, long offset)
    {
        var scope = new Scope(syntax.IsComponent ? ScopeKind.ComponentType : ScopeKind.InstanceType, parent);
        if (scope.Depth > Limits.Depth) throw ComponentException.Invalid($"types are nested more than {Limits.Depth} deep", offset);
        foreach (var declaration in syntax.Declarations) Declare(scope, declaration);
        if (syntax.IsComponent) return Externs.ComponentType(scope, offset);
        return new InstanceType(new ExternMap(scope.Exports.Items), scope.DefinedResources);
    }

    private static void Declare(Scope scope, Definition declaration)
    {
        switch (declaration)
        {
            case CoreTypeDefinition d: Aliases.PushCoreType(scope, CoreTypeBuilder.Build(scope, d.Type, d.Offset), d.Offset); break;
            case TypeDefinition d: Scope.Add(scope.Types, TypeBuilder.Build(scope, d.Type, d.Offset), Limits.Items, "types", d.Offset); break;
            case AliasExport { Sort: Sort.Type or Sort.Instance } d: Aliases.Export(scope, d); break;
            case AliasOuter { Sort: Sort.Type } d: Aliases.Outer(scope, d); break;
            case ImportDefinition d: Externs.Import(scope, d); break;
            case ExportDeclaration d: Externs.ExportDeclaration(scope, d); break;
            default: throw ComponentException.Invalid("aliases in component and instance types may only refer to types or instances", declaration.Offset);
        }
    }
}

/// <summary>Core function and module types.</summary>
internal static class CoreTypeBuilder
{
    public static object Build(Scope scope, CoreTypeSyntax syntax, long offset) =>
        syntax is CoreFuncSyntax func ? func.Type : Module(scope, (CoreModuleTypeSyntax)syntax, offset);

    private static ModuleType Module(Scope scope, CoreModuleTypeSyntax syntax, long offset)
    {
        var types = new List<CoreFuncType>();
        var imports = new List<CoreImport>();
        var exports = new List<CoreExport>();
        foreach (var declaration in syntax.Declarations)
        {
            switch (declaration.Kind)
            {
                case CoreDeclarationKind.Type: types.Add(((CoreFuncSyntax)declaration.Type!).Type); break;
                case CoreDeclarationKind.Alias: types.Add(Alias(scope, declaration)); break;
                case CoreDeclarationKind.Import: imports.Add(new CoreImport(declaration.Module, declaration.Name, Extern(types, declaration))); break;
                default: exports.Add(new CoreExport(declaration.Name, Extern(types, declaration))); break;
            }
        }
        return Unique(new ModuleType(imports, exports), offset);
    }

    /// <summary>The scope around the module type is counted too, so a count of 0 is the module type itself.</summary>
    private static CoreFuncType Alias(Scope scope, CoreModuleDeclaration declaration)
    {
        if (declaration.Count == 0) throw ComponentException.Invalid("type index out of bounds: a module type cannot alias its own types", declaration.Offset);
        var target = Aliases.Target(scope, declaration.Count - 1, declaration.Offset);
        return target.At(target.CoreTypes, declaration.Index, "type", declaration.Offset) as CoreFuncType
            ?? throw ComponentException.Invalid("a module type can only alias core function types", declaration.Offset);
    }

    private static CoreExternType Extern(List<CoreFuncType> types, CoreModuleDeclaration declaration)
    {
        var (syntax, offset) = (declaration.Extern!, declaration.Offset);
        if (syntax.Type is CoreMemoryType memory) CheckMemory(memory, offset);
        if (syntax.Type is { } known) return known;
        if (syntax.TypeIndex >= types.Count) throw ComponentException.Invalid($"unknown type {syntax.TypeIndex}: type index out of bounds", offset);
        var func = types[(int)syntax.TypeIndex];
        if (syntax.Sort != CoreSort.Tag) return func;
        if (func.Results.Length > 0) throw ComponentException.Invalid("invalid exception type: non-empty tag result type", offset);
        return new CoreTagType(func);
    }

    private static void CheckMemory(CoreMemoryType memory, long offset)
    {
        var most = memory.Is64 ? 1ul << 48 : 1ul << 16;
        if (memory.Limits.Min > most || memory.Limits.Max > most) throw ComponentException.Invalid($"memory size must be at most {most} pages", offset);
        if (memory.Limits.Max < memory.Limits.Min) throw ComponentException.Invalid("size minimum must not be greater than maximum", offset);
        if (memory is { Shared: true, Limits.Max: null }) throw ComponentException.Invalid("shared memory must have maximum size", offset);
    }

    /// <summary>A module can be instantiated inside a component only by name, so its names must tell its imports apart.</summary>
    public static ModuleType Unique(ModuleType type, long offset)
    {
        var names = new HashSet<(string, string)>();
        foreach (var import in type.Imports)
            if (!names.Add((import.Module, import.Name))) throw ComponentException.Invalid($"duplicate import name `{import.Module}:{import.Name}` already defined", offset);
        var exports = new HashSet<string>(StringComparer.Ordinal);
        foreach (var export in type.Exports)
            if (!exports.Add(export.Name)) throw ComponentException.Invalid($"export name `{export.Name}` already defined", offset);
        return type;
    }
}
