using System.Text.Json;
using ClawGrains.Fuzz.Wasm.Generation;
using ClawGrains.Wasm;

namespace ClawGrains.Fuzz.Wasm.Differential;

/// <summary>Generated modules in our engine and in V8: every result, trap, global, table and byte must be the same.</summary>
/// <param name="node">The path of node.</param>
/// <param name="hasLoops">With loops at the memory's edges, and with functions compiled as after many turns.</param>
internal sealed class NodeTarget(string node, bool hasLoops = false) : FuzzTarget
{
    private readonly EngineExecutor _executor = new(new EngineOptions(), hot: hasLoops);

    public override string Name => hasLoops ? "wasm-node-loops" : "wasm-node";

    public override string Summary => hasLoops ? "loops at the memory's edges, hot from the start, against V8" : "generated modules, our engine against V8";

    protected override int BatchSize => 200;

    protected override IEnumerable<Finding> Try(ulong seed, int count)
    {
        var modules = Enumerable.Range(0, count).Select(i => new ModuleGenerator(seed + (ulong)i, hasLoops ? ModuleKind.Loops : ModuleKind.Plain).Generate()).ToArray();
        var theirs = NodeProcess.Run(node, "Differential/oracle.mjs", modules.Select(m => m.Bytes), Plan(modules));
        return modules.Zip(theirs).Select(p => Compare(p.First, p.Second)).OfType<Finding>();
    }

    private Finding? Compare(GeneratedModule module, string line)
    {
        var theirs = JsonSerializer.Deserialize<string[]>(line) ?? [];
        var what = Observations.Difference("ours", _executor.Run(module).Lines, "V8", theirs);
        return what is null ? null : new Finding(module.Seed, what, module.Bytes);
    }

    private static Func<int, string, object> Plan(GeneratedModule[] modules) => (i, file) => new
    {
        file,
        calls = modules[i].Calls.Select(c => new { export = c.Export, arguments = c.Arguments.Select(a => a.ToString()) }),
    };
}
