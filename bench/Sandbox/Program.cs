using ClawGrains.Sandbox.Bench;

// dotnet run -c Release --project bench/Sandbox -- calls [ROUNDS] | load [SECONDS]
switch (args.FirstOrDefault() ?? "calls")
{
    case "calls": await CallBench.RunAsync(args[Math.Min(1, args.Length)..]); break;
    case "load": await LoadBench.RunAsync(args[1..]); break;
    case var other: Console.Error.WriteLine($"unknown bench '{other}': calls or load"); return 2;
}
return 0;
