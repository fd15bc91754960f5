using System.Text.Json;
using ClawGrains.Components;
using ClawGrains.Fuzz.Wasm.Generation;
using ClawGrains.Wasm;

namespace ClawGrains.Fuzz.Components;

/// <summary>Damaged components: refused with a typed exception, or instantiated and called, all of it soon and within the limits.</summary>
internal sealed class ComponentTarget : FuzzTarget
{
    private const long Fuel = 2_000_000;
    /// <summary>Processor time of the whole process: the clock would count what a busy machine does besides.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);
    private static readonly StoreLimits Limits = new() { MemoryBytes = 32 << 20, TableElements = 100_000, CallDepth = 1_000 };

    public override string Name => "component";

    public override string Summary => "decoder, validator, linker and calls on damaged components and arbitrary sections";

    protected override IEnumerable<Finding> Try(ulong seed, int count)
    {
        var bytes = ComponentMutator.Make(seed);
        var start = Environment.CpuUsage.TotalTime;
        var fault = Check(bytes, new Rng(seed));
        var used = Environment.CpuUsage.TotalTime - start;
        if (used > Limit) fault ??= $"took {used.TotalSeconds:F1} s";
        return fault is null ? [] : [new Finding(seed, fault, bytes)];
    }

    private static string? Check(byte[] bytes, Rng rng)
    {
        try
        {
            using var engine = new Engine(new EngineOptions { Metering = true, CacheBytes = 0 });
            var component = Component.Load(engine, bytes);
            _ = component.ToWit();
            using var store = new Store(engine, Limits) { Fuel = Fuel };
            using var instance = new ComponentLinker { MissingImportsTrap = true }.Instantiate(component, store);
            foreach (var function in component.Functions.Where(f => f.HasJsonForm)) Call(instance, function, rng);
            return null;
        }
        catch (Exception e) when (e is ComponentException or ComponentTrapException)
        {
            return null;
        }
#pragma warning disable CA1031 // Any other exception is a finding.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return $"{e.GetType().Name}: {e.Message} {e.StackTrace?.Split('\n').FirstOrDefault()?.Trim()}";
        }
    }

    private static void Call(ComponentInstance instance, ComponentFunctionType function, Rng rng)
    {
        var arguments = SchemaValues.Make(function.ParametersSchema(), rng);
        _ = instance.GetFunction(function.Name).CallJson(JsonSerializer.SerializeToElement(arguments));
    }
}
