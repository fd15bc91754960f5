using System.Text.Json;
using ClawGrains.Wasm.Bench;
using ClawGrains.Wasm.Bench.Contenders;

BenchOptions options;
try
{
    options = BenchOptions.Parse(args);
}
catch (ArgumentException e)
{
    Console.Error.WriteLine($"Wasm.Bench: {e.Message}\n{BenchOptions.Usage}");
    return 2;
}
var output = options.Json ? TextWriter.Null : Console.Out;
if (Toolchain.Gcc is null) Console.Error.WriteLine("gcc is not on the PATH: no native figures");
if (Toolchain.Node is null) Console.Error.WriteLine("node is not on the PATH: no figures of V8");

var kernels = Kernels();
var border = options.Wants(BenchOptions.Border) ? Borders() : null;
MemoryUse? live = null, churn = null;
if (options.Wants(BenchOptions.Live)) output.WriteLine($"live instances of one page: {Describe(live = MemoryBench.Live(10_000))}  {Verdict.OfLive(live)}");
if (options.Wants(BenchOptions.Churn)) output.WriteLine($"create, call, dispose: {Describe(churn = MemoryBench.Churn(1_000_000))}  {Verdict.OfChurn(churn)}");
var interrupts = options.Wants(BenchOptions.Interrupt) ? InterruptBench.Run(200) : null;
foreach (var l in interrupts ?? [])
    output.WriteLine($"interrupt, {l.Loop}: median {l.Median:F3} ms, 99 % within {l.P99:F3} ms, at most {l.Most:F3} ms of {l.Count}  {Verdict.OfLatency(l.P99)}");
if (options.Json)
    Console.WriteLine(JsonSerializer.Serialize(
        new { Kernels = kernels, Border = border, Live = live, Churn = churn, Interrupts = interrupts },
        new JsonSerializerOptions(JsonSerializerDefaults.Web) { WriteIndented = true }));
return kernels.All(k => k.Agreed) ? 0 : 1;

List<KernelResult> Kernels()
{
    var results = new List<KernelResult>();
    foreach (var kernel in Kernel.All.Where(k => options.Wants(k.Name)))
    {
        if (results.Count == 0) KernelTable.WriteHeading(output);
        results.Add(KernelBench.Run(kernel, options.Rounds));
        KernelTable.WriteRow(output, results[^1]);
    }
    if (results.Count > 0) KernelTable.WriteMeans(output, results);
    return results;
}

Dictionary<string, List<Border>> Borders()
{
    var all = BorderBench.Run(options.Rounds);
    output.WriteLine($"{"",-14}{"host to guest",15}{"guest to host",15}{"fresh instance",16}{"first call",13}  verdict");
    foreach (var (name, runs) in all)
    {
        WriteBorder(name, BorderBench.Median(runs), name != KernelBench.V8);
        WriteBorder($"{name}, best", BorderBench.Best(runs), name != KernelBench.V8);
    }
    return all;
}

void WriteBorder(string name, Border b, bool judged) => output.WriteLine(
    $"{name,-14}{b.HostToGuest,12:F2} ns{b.GuestToHost,12:F2} ns{b.Instance,13:F2} µs{b.FirstCall,10:F2} ms  {(judged ? Verdict.Of(b) : "")}");

static string Describe(MemoryUse use) =>
    $"{use.Count:N0} in {use.Seconds:F2} s, {use.BeforeMB:F0} MB before, {use.AfterMB:F0} MB after";
