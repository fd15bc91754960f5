using ClawGrains.Wasm.Spec;
using ClawGrains.Wasm.Spec.Reporting;
using ClawGrains.Wasm.Spec.Running;
using ClawGrains.Wasm.Spec.Script;

const int Success = 0, Failure = 1, BadUsage = 2;
SpecOptions options;
try
{
    options = SpecOptions.Parse(args);
}
catch (ArgumentException e)
{
    return Complain(e.Message);
}
if (options.IsHelp)
{
    Console.WriteLine(SpecOptions.Usage);
    return Success;
}
if (options.IsWorker)
{
    Worker.Serve(Console.In, Console.Out, options.Engine);
    return Success;
}
if (!Path.Exists(options.Path)) return Complain($"no folder or file '{options.Path}'");
var files = ScriptFinder.Find(options.Path, options.Filter);
if (files.Count == 0) return Complain($"no script in '{options.Path}' matches '{options.Filter}'");

var root = File.Exists(options.Path) ? Path.GetDirectoryName(Path.GetFullPath(options.Path))! : options.Path;
var reports = await new WorkerPool(root, options).RunAsync(files, report =>
{
    if (!options.Json) TextReport.WriteFile(Console.Out, report);
});
if (options.Json) Console.WriteLine(JsonReport.Write(reports));
else TextReport.WriteTotals(Console.Out, reports);
return reports.Any(r => r.Failed > 0) ? Failure : Success;

static int Complain(string message)
{
    Console.Error.WriteLine($"Wasm.Spec: {message}\n{SpecOptions.Usage}");
    return BadUsage;
}
