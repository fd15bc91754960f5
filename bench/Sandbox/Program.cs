using ClawGrains.Sandbox.Bench;

// dotnet run -c Release --project bench/Sandbox -- calls [ROUNDS] | load [SECONDS] | audit
switch (args.FirstOrDefault() ?? "calls")
{
    case "calls": await CallBench.RunAsync(args[Math.Min(1, args.Length)..]); break;
    case "load": await LoadBench.RunAsync(args[1..]); break;
    case "audit": await AuditBench.RunAsync(); break;
    case var other: Console.Error.WriteLine($"unknown bench '{other}': calls, load or audit"); return 2;
}
return 0;
