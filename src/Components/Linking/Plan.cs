using ClawGrains.Components.Binary;
using ClawGrains.Components.Types;
using ClawGrains.Wasm;
using ExternType = ClawGrains.Components.Types.ExternType;

namespace ClawGrains.Components.Linking;

/// <summary>
/// A validated component as the list of things to do, in definition order, to make an instance of it.
/// Immutable and shared by every instance.
/// </summary>
internal sealed record ComponentPlan(ComponentType Type, IReadOnlyList<PlanStep> Steps);

internal abstract record PlanStep;

internal sealed record ModuleStep(Module Module) : PlanStep;

internal sealed record OuterModuleStep(uint Count, uint Index) : PlanStep;

internal sealed record OuterComponentStep(uint Count, uint Index) : PlanStep;

internal sealed record CoreInstantiateStep(uint Module, (string Name, uint Instance)[] Arguments) : PlanStep;

internal sealed record CoreExportsStep((string Name, CoreSortIndex Item)[] Exports) : PlanStep;

internal sealed record CoreAliasStep(CoreSort Sort, uint Instance, string Name) : PlanStep;

internal sealed record ComponentStep(ComponentPlan Plan) : PlanStep;

/// <summary>An instantiation; <paramref name="Result"/> names the resources of the new instance as this component sees them.</summary>
internal sealed record InstantiateStep(uint Component, (string Name, PlanItem Item)[] Arguments, InstanceType Result) : PlanStep;

internal sealed record InlineExportsStep((string Name, PlanItem Item)[] Exports) : PlanStep;

internal sealed record AliasExportStep(Sort Sort, uint Instance, string Name) : PlanStep;

/// <summary>A resource type defined here, fresh for every instance.</summary>
internal sealed record ResourceStep(ResourceId Id, uint? Destructor) : PlanStep;

internal sealed record LiftStep(uint CoreFunc, PlanOptions Options, FuncType Type) : PlanStep;

internal sealed record LowerStep(uint Func, PlanOptions Options, FuncType Type, CoreFuncType CoreType) : PlanStep;

internal sealed record ResourceBuiltinStep(ResourceBuiltin Builtin, ResourceId Resource) : PlanStep;

/// <summary>An asynchronous built-in; <paramref name="Result"/> is what <c>task.return</c> returns, else null.</summary>
internal sealed record AsyncBuiltinStep(AsyncBuiltin Builtin, CoreFuncType CoreType, uint Index, FuncType? Result, PlanOptions? Options) : PlanStep;

internal sealed record ImportStep(string Name, ExternType Type) : PlanStep;

internal sealed record ExportStep(string Name, PlanItem Item, ExternType Type) : PlanStep;

/// <summary>An item of an index space; a type carries itself, as types have no index space at run time.</summary>
internal readonly record struct PlanItem(Sort Sort, uint Index, TypeDef? Type);

internal enum StringEncoding { Utf8, Utf16, Latin1Utf16 }

/// <summary>Canonical options with their indices into the core index spaces.</summary>
internal sealed record PlanOptions(StringEncoding Encoding, uint? Memory, uint? Realloc, uint? PostReturn, bool IsAsync = false, uint? Callback = null);
