using ClawGrains.Wasm.Binary;

namespace ClawGrains.Wasm.Validation;

/// <summary>Finds the proposals beyond 1.0 that a module uses, for <see cref="Module.Features"/>.</summary>
internal static class FeatureUse
{
    private static readonly (UsedFeatures Use, string Name)[] Names =
    [
        (UsedFeatures.SignExtension, "sign-extension"), (UsedFeatures.NontrappingConversion, "nontrapping-float-to-int"),
        (UsedFeatures.BulkMemory, "bulk-memory"), (UsedFeatures.ReferenceTypes, "reference-types"), (UsedFeatures.Simd, "simd"),
        (UsedFeatures.TailCall, "tail-call"), (UsedFeatures.ExceptionHandling, "exception-handling"), (UsedFeatures.MultiValue, "multi-value"),
    ];

    public static void Report(ModuleData module, UsedFeatures ofBodies)
    {
        var used = ofBodies | OfTypes(module) | OfSegments(module);
        if (module.Tags.Count > 0) used |= UsedFeatures.ExceptionHandling;
        foreach (var (use, name) in Names)
            if ((used & use) != 0) module.Features.Add(name);
        if (module.Memories.Count > 1) module.Features.Add("multi-memory");
        if (UsesMutableGlobal(module)) module.Features.Add("mutable-global");
    }

    private static UsedFeatures OfTypes(ModuleData module)
    {
        var used = module.Tables.Count > 1 ? UsedFeatures.ReferenceTypes : UsedFeatures.None;
        foreach (var type in module.Types)
        {
            if (type.Results.Length > 1) used |= UsedFeatures.MultiValue;
            foreach (var kind in type.Parameters) used |= Of(kind);
            foreach (var kind in type.Results) used |= Of(kind);
        }
        foreach (var global in module.GlobalTypes) used |= Of(global.Content);
        foreach (var body in module.Bodies)
            foreach (var (_, kind) in body.Locals) used |= Of(kind);
        foreach (var table in module.Tables)
            if (table.Element != ValueKind.FuncRef) used |= Of(table.Element);
        return used;
    }

    private static UsedFeatures OfSegments(ModuleData module)
    {
        var used = module.DataCount is null ? UsedFeatures.None : UsedFeatures.BulkMemory;
        foreach (var data in module.Datas)
            if (data.Mode == SegmentMode.Passive) used |= UsedFeatures.BulkMemory;
        foreach (var segment in module.Elements)
        {
            if (segment.Mode == SegmentMode.Passive) used |= UsedFeatures.BulkMemory;
            if (segment.Mode == SegmentMode.Declarative || segment.Expressions is not null) used |= UsedFeatures.ReferenceTypes;
        }
        return used;
    }

    private static UsedFeatures Of(ValueKind kind) => kind switch
    {
        ValueKind.V128 => UsedFeatures.Simd,
        ValueKind.FuncRef or ValueKind.ExternRef => UsedFeatures.ReferenceTypes,
        ValueKind.ExnRef or ValueKind.NullExnRef => UsedFeatures.ExceptionHandling,
        _ => UsedFeatures.None,
    };

    // In 1.0 globals could not be mutable and cross the border of a module.
    private static bool UsesMutableGlobal(ModuleData module) =>
        module.Imports.Any(import => import.Type is GlobalType { IsMutable: true })
        || module.Exports.Any(export => export.Kind == 3 && module.GlobalTypes[(int)export.Index].IsMutable);
}
