using ClawGrains.Wasm.Binary;

namespace ClawGrains.Wasm.Runtime;

/// <summary>Instantiation in the specification's order (§4.5.4).</summary>
internal static unsafe class Instantiation
{
    public static Instance Run(Store store, Module module, Imports imports)
    {
        var externs = Resolve(store, module, imports);
        var instance = new Instance(store, module);
        store.State.EnsureResults(module.Code.MostResults);
        TakeImports(instance, externs);
        Allocate(instance);
        Globals(instance);
        store.Add(instance);
        Elements(instance);
        Datas(instance);
        if (module.Data.Start is { } start) instance.Function(start.Function).Call([], []);
        return instance;
    }

    private static Extern[] Resolve(Store store, Module module, Imports imports)
    {
        if (module.Imports.Length == 0) return [];
        var externs = new Extern[module.Imports.Length];
        for (var i = 0; i < externs.Length; i++) externs[i] = ImportMatching.Resolve(store, module.Imports[i], imports);
        return externs;
    }

    private static void TakeImports(Instance instance, Extern[] externs)
    {
        int functions = 0, tables = 0, memories = 0, globals = 0, tags = 0;
        foreach (var given in externs)
        {
            switch (given)
            {
                case Function function: instance.Imports[functions++] = HostTarget.Bind(function, instance); break;
                case Table table: instance.Tables[tables++] = table; break;
                case Memory memory: instance.Memories[memories++] = memory; break;
                case Tag tag: instance.Tags[tags++] = tag; break;
                case Global global: instance.Globals[globals++] = global; break;
            }
        }
    }

    private static void Allocate(Instance instance)
    {
        var data = instance.Module.Data;
        for (var i = data.ImportedTables; i < data.Tables.Count; i++)
            instance.Tables[i] = new Table(instance.Store, data.Tables[i], Value.Default(data.Tables[i].Element));
        for (var i = data.ImportedMemories; i < data.Memories.Count; i++)
            instance.Memories[i] = new Memory(instance.Store, data.Memories[i].Limits);
        for (var i = data.ImportedTags; i < data.Tags.Count; i++) instance.Tags[i] = new Tag(instance.Store, data.Tags[i].Type);
        if (instance.Memories.Length == 0) return;
        instance.Memory0 = instance.Memories[0];
        instance.Memory0.Attach(instance);
    }

    private static void Globals(Instance instance)
    {
        var data = instance.Module.Data;
        instance.OwnGlobals = instance.Store.AllocateCells(data.Globals.Count);
        for (var i = 0; i < data.Globals.Count; i++)
        {
            var value = ConstEvaluator.Evaluate(instance, data.Globals[i].Initial);
            var cell = instance.OwnGlobals + i * 2;
            cell[0] = value.Low;
            cell[1] = value.High;
            if (value.Kind.IsReference())
                instance.Globals[data.ImportedGlobals + i] = new Global(instance.Store, data.Globals[i].Type, cell, value.Reference);
        }
    }

    private static void Elements(Instance instance)
    {
        var segments = instance.Module.Data.Elements;
        for (var i = 0; i < segments.Count; i++)
            if (segments[i].Mode == SegmentMode.Passive) instance.ElementSegments[i] = References(instance, segments[i]);
        foreach (var segment in segments)
        {
            if (segment.Mode != SegmentMode.Active) continue;
            var offset = (uint)ConstEvaluator.Evaluate(instance, segment.Offset).AsI32();
            var target = instance.Tables[segment.Table].Range(offset, (uint)segment.Count);
            for (var i = 0; i < target.Length; i++) target[i] = Reference(instance, segment, i);
        }
    }

    private static object?[] References(Instance instance, ElementSegment segment)
    {
        var references = new object?[segment.Count];
        for (var i = 0; i < references.Length; i++) references[i] = Reference(instance, segment, i);
        return references;
    }

    private static object? Reference(Instance instance, ElementSegment segment, int index) =>
        segment.Expressions is { } expressions ? ConstEvaluator.Evaluate(instance, expressions[index]).Reference : instance.Function(segment.Functions[index]);

    private static void Datas(Instance instance)
    {
        var segments = instance.Module.Data.Datas;
        for (var i = 0; i < segments.Count; i++)
        {
            if (segments[i].Mode != SegmentMode.Active) continue;
            var offset = (uint)ConstEvaluator.Evaluate(instance, segments[i].Offset).AsI32();
            BulkMemory.Init(instance, i, (int)segments[i].Memory, (int)offset, 0, segments[i].Length);
            instance.DroppedData[i] = true;
        }
    }
}
