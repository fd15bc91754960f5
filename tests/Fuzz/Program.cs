using ClawGrains.Fuzz;
using ClawGrains.Fuzz.Components;
using ClawGrains.Fuzz.Skills;
using ClawGrains.Fuzz.Wasm;

FuzzTarget[] targets = [.. WasmTargets.All, .. ComponentTargets.All, new SkillsTarget()];
var target = targets.FirstOrDefault(t => t.Name == args.FirstOrDefault());
if (target is null)
{
    Console.Error.WriteLine("usage: Fuzz TARGET [--seed N] [--count N] [--minutes M] [--out DIR]");
    foreach (var t in targets) Console.Error.WriteLine($"  {t.Name,-14} {t.Summary}");
    return 2;
}
try
{
    var options = FuzzOptions.Parse(args.AsSpan(1));
    var result = target.Run(options, finding => Keep(options.Folder, finding));
    Console.WriteLine($"{target.Name}: {result.Inputs} inputs, {result.Findings.Count} findings");
    return result.Findings.Count == 0 ? 0 : 1;
}
catch (ArgumentException e)
{
    Console.Error.WriteLine($"Fuzz: {e.Message}");
    return 2;
}

void Keep(string folder, Finding finding)
{
    Directory.CreateDirectory(folder);
    var path = Path.Combine(folder, $"{target.Name}-{finding.Seed}");
    File.WriteAllBytes(path, finding.Input);
    Console.WriteLine($"seed {finding.Seed}: {finding.What}\n  kept as {path}");
}
