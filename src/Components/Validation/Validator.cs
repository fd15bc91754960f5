using ClawGrains.Components.Binary;
using ClawGrains.Components.Core;
using ClawGrains.Components.Linking;
using ClawGrains.Components.Types;
using ClawGrains.Wasm;
using Limits = ClawGrains.Components.Binary.Limits;

namespace ClawGrains.Components.Validation;

/// <summary>Checks a decoded component and turns it into a plan. Core modules are compiled by the engine on the way.</summary>
internal sealed class Validator(Wasm.Engine engine)
{
    public ComponentPlan Validate(ComponentSyntax component) => Component(component, null);

    private ComponentPlan Component(ComponentSyntax component, Scope? parent)
    {
        var scope = new Scope(ScopeKind.Component, parent);
        var steps = new List<PlanStep>(component.Definitions.Count);
        foreach (var definition in component.Definitions)
            if (Define(scope, definition) is { } step) steps.Add(step);
        return new ComponentPlan(Scope.Bounded(Externs.ComponentType(scope, component.Offset), component.Offset), steps);
    }

    private PlanStep? Define(Scope scope, Definition definition)
    {
        switch (definition)
        {
            case CoreModuleDefinition d: return CoreModule(scope, d);
            case CoreInstantiate d: return CoreLinking.Instantiate(scope, d);
            case CoreInlineExports d: return CoreLinking.InlineExports(scope, d);
            case CoreTypeDefinition d:
                Aliases.PushCoreType(scope, CoreTypeBuilder.Build(scope, d.Type, d.Offset), d.Offset);
                return null;
            case NestedComponent d: return Nested(scope, d);
            case Instantiate d: return Instantiation.Instantiate(scope, d);
            case InlineExports d: return Instantiation.InlineExports(scope, d);
            case AliasExport d:
                Aliases.Export(scope, d);
                return d.Sort == Sort.Type ? null : new AliasExportStep(d.Sort, d.Instance, d.Name);
            case AliasCoreExport d:
                Aliases.CoreExport(scope, d);
                return new CoreAliasStep(d.Sort, d.Instance, d.Name);
            case AliasOuter d: return Outer(scope, d);
            case TypeDefinition d: return Type(scope, d);
            case CanonLift d: return Canons.Lift(scope, d);
            case CanonLower d: return Canons.Lower(scope, d);
            case CanonResource d: return Canons.Resource(scope, d);
            case CanonAsync d: return AsyncCanons.Validate(scope, d);
            case ImportDefinition d: return new ImportStep(d.Name.Name, Externs.Import(scope, d));
            case ExportDefinition d:
                var item = Instantiation.Item(scope, d.Item, d.Offset);
                return new ExportStep(d.Name.Name, item, Externs.Export(scope, d));
            default: throw new InvalidOperationException($"BUG: no rule for {definition}.");
        }
    }

    private ModuleStep CoreModule(Scope scope, CoreModuleDefinition definition)
    {
        var module = Compile(definition);
        var type = CoreTypeBuilder.Unique(CoreModules.TypeOf(module), definition.Offset);
        Scope.Add(scope.CoreModules, type, Limits.Modules, "modules", definition.Offset);
        return new ModuleStep(module);
    }

    private Module Compile(CoreModuleDefinition definition)
    {
        try
        {
            return engine.Compile(definition.Bytes.Span, WasmFeatures.All);
        }
        catch (DecodeException e)
        {
            throw new ComponentException(ComponentErrorKind.Malformed, $"core module: {e.Message}", definition.Offset + e.Offset, e);
        }
        catch (ValidationException e)
        {
            throw new ComponentException(ComponentErrorKind.Invalid, $"core module: {e.Message}", definition.Offset + e.Offset, e);
        }
    }

    private ComponentStep Nested(Scope scope, NestedComponent definition)
    {
        var plan = Component(definition.Component, scope);
        scope.Push(new(ExternSort.Component, plan.Type), definition.Offset);
        return new ComponentStep(plan);
    }

    private static PlanStep? Outer(Scope scope, AliasOuter alias)
    {
        Aliases.Outer(scope, alias);
        return alias.Sort switch
        {
            Sort.CoreModule => new OuterModuleStep(alias.Count, alias.Index),
            Sort.Component => new OuterComponentStep(alias.Count, alias.Index),
            _ => null,
        };
    }

    private static ResourceStep? Type(Scope scope, TypeDefinition definition)
    {
        var type = TypeBuilder.Build(scope, definition.Type, definition.Offset);
        Scope.Add(scope.Types, type, Limits.Items, "types", definition.Offset);
        return definition.Type is ResourceSyntax syntax ? new ResourceStep(((ResourceType)type).Id, syntax.Destructor) : null;
    }
}
