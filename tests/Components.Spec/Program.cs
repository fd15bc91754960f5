using ClawGrains.Components.Spec;

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
if (!Path.Exists(options.Path)) return Complain($"no folder or file '{options.Path}'");
var scripts = ScriptFinder.Find(options.Path, options.Filter);
if (scripts.Count == 0) return Complain($"no script in '{options.Path}' matches '{options.Filter}'");

using var engine = new ClawGrains.Wasm.Engine(new() { Metering = options.Metered });
var reports = new List<FileReport>();
foreach (var (path, name) in scripts)
{
    var report = ScriptRunner.Run(engine, path, name);
    if (!options.Json) TextReport.WriteFile(Console.Out, report);
    reports.Add(report);
}
if (options.Json) Console.WriteLine(TextReport.Json(reports));
else TextReport.WriteTotals(Console.Out, reports);
return reports.Any(r => r.Failed > 0) ? Failure : Success;

static int Complain(string message)
{
    Console.Error.WriteLine($"Components.Spec: {message}\n{SpecOptions.Usage}");
    return BadUsage;
}
