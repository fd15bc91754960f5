using System.Runtime.ExceptionServices;
using ClawGrains.Wasm.Binary;

namespace ClawGrains.Wasm.Validation;

/// <summary>Validates a decoded module (§3.4.10).</summary>
internal static class ModuleValidator
{
    private const uint MaxPages = 65536;

    // Bytes of bodies, some 200 µs of work.
    private const int LeastPart = 20_000;

    public static void Validate(ModuleData module)
    {
        if (module.Invalid is { } invalid) throw invalid;
        Types(module);
        Globals(module);
        Elements(module);
        Datas(module);
        Exports(module);
        Start(module);
        Bodies(module);
    }

    private static void Types(ModuleData module)
    {
        for (var i = module.ImportedFunctions; i < module.FunctionTypes.Count; i++)
        {
            if (module.FunctionTypes[i] < (uint)module.Types.Count) continue;
            throw Invalid($"unknown type {module.FunctionTypes[i]}", "function section", module.PositionOfType(i - module.ImportedFunctions));
        }
        for (var i = 0; i < module.Tables.Count; i++)
            Limits(module.Tables[i].Limits, uint.MaxValue, "", SectionOf("table section", i < module.ImportedTables), module.TablePositions[i]);
        for (var i = 0; i < module.Memories.Count; i++) Memory(module, i);
    }

    private static void Memory(ModuleData module, int index)
    {
        var (section, position) = (SectionOf("memory section", index < module.ImportedMemories), module.MemoryPositions[index]);
        Limits(module.Memories[index].Limits, MaxPages, "memory size must be at most 65536 pages (4GiB)", section, position);
        if (index > 0 && (module.Enabled & WasmFeatures.MultiMemory) == 0)
            throw Invalid($"multiple memories: {WasmFeatures.MultiMemory.Off()}", section, position);
    }

    private static string SectionOf(string section, bool imported) => imported ? "import section" : section;

    private static void Limits(Limits limits, uint most, string tooLarge, string section, int position)
    {
        if (limits.Minimum > most || limits.Maximum > most) throw Invalid(tooLarge, section, position);
        if (limits.Maximum < limits.Minimum) throw Invalid("size minimum must not be greater than maximum", section, position);
    }

    private static void Globals(ModuleData module)
    {
        foreach (var global in module.Globals)
            ConstExpressionValidator.Validate(module, global.Initial, global.Type.Content, "global section");
    }

    private static void Elements(ModuleData module)
    {
        const string section = "element section";
        foreach (var segment in module.Elements)
        {
            foreach (var function in segment.Functions) Declare(module, function, section, segment.Position);
            foreach (var expression in segment.Expressions ?? []) ConstExpressionValidator.Validate(module, expression, segment.Type, section);
            if (segment.Mode != SegmentMode.Active) continue;
            if (segment.Table >= (uint)module.Tables.Count) throw Invalid($"unknown table {segment.Table}", section, segment.Position);
            if (!segment.Type.Fits(module.Tables[(int)segment.Table].Element)) throw Invalid("type mismatch", section, segment.Position);
            ConstExpressionValidator.Validate(module, segment.Offset, ValueKind.I32, section);
        }
    }

    private static void Datas(ModuleData module)
    {
        const string section = "data section";
        foreach (var segment in module.Datas)
        {
            if (segment.Mode != SegmentMode.Active) continue;
            if (segment.Memory >= (uint)module.Memories.Count) throw Invalid($"unknown memory {segment.Memory}", section, segment.Position);
            ConstExpressionValidator.Validate(module, segment.Offset, ValueKind.I32, section);
        }
    }

    private static void Exports(ModuleData module)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, kind, index, position) in module.Exports)
        {
            var (count, what) = kind switch
            {
                0 => (module.FunctionTypes.Count, "function"),
                1 => (module.Tables.Count, "table"),
                2 => (module.Memories.Count, "memory"),
                4 => (module.Tags.Count, "tag"),
                _ => (module.GlobalTypes.Count, "global"),
            };
            if (index >= (uint)count) throw Invalid($"unknown {what} {index}", "export section", position);
            if (!names.Add(name)) throw Invalid($"duplicate export name \"{name}\"", "export section", position);
            if (kind == 0) module.DeclaredFunctions.Add(index);
        }
    }

    private static void Start(ModuleData module)
    {
        if (module.Start is not { } start) return;
        if (start.Function >= (uint)module.FunctionTypes.Count) throw Invalid($"unknown function {start.Function}", "start section", start.Position);
        var type = module.TypeOf(start.Function);
        if (type.Parameters.Length + type.Results.Length > 0) throw Invalid("start function", "start section", start.Position);
    }

    private static void Bodies(ModuleData module)
    {
        var parts = Parts(module);
        if (parts.Length == 1)
        {
            FeatureUse.Report(module, Bodies(module, parts[0]));
            return;
        }
        var used = new UsedFeatures[parts.Length];
        var failures = new WasmException?[parts.Length];
        Parallel.For(0, parts.Length, i =>
        {
            try
            {
                used[i] = Bodies(module, parts[i]);
            }
            catch (WasmException e)
            {
                failures[i] = e;
            }
        });
        // Of several faults the one that comes first is told.
        if (failures.FirstOrDefault(failure => failure is not null) is { } first) ExceptionDispatchInfo.Throw(first);
        FeatureUse.Report(module, used.Aggregate((some, others) => some | others));
    }

    private static UsedFeatures Bodies(ModuleData module, (int From, int To) part)
    {
        var validator = new FunctionValidator(module);
        for (var i = part.From; i < part.To; i++) validator.Validate(module.ImportedFunctions + i, module.Bodies[i]);
        return validator.Used;
    }

    // Runs of bodies that are about as long in all, one for each processor where that saves more than it costs.
    private static (int From, int To)[] Parts(ModuleData module)
    {
        var bodies = module.Bodies;
        if (bodies.Count == 0) return [(0, 0)];
        var start = bodies[0].Start;
        var length = bodies[^1].End - start;
        var count = Math.Clamp(length / LeastPart, 1, Environment.ProcessorCount);
        var parts = new (int From, int To)[count];
        for (int i = 0, from = 0; i < count; i++)
        {
            var to = from;
            while (to < bodies.Count && (i == count - 1 || bodies[to].Start - start < (long)length * (i + 1) / count)) to++;
            parts[i] = (from, to);
            from = to;
        }
        return parts;
    }

    public static void Declare(ModuleData module, uint function, string section, int position)
    {
        if (function >= (uint)module.FunctionTypes.Count) throw Invalid($"unknown function {function}", section, position);
        module.DeclaredFunctions.Add(function);
    }

    private static ValidationException Invalid(string reason, string section, long position) => new(reason, section, position);
}
