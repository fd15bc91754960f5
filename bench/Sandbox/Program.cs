using ClawGrains.Sandbox.Bench;

// dotnet run -c Release --project bench/Sandbox -- calls [ROUNDS]
switch (args.FirstOrDefault() ?? "calls")
{
    case "calls": await CallBench.RunAsync(args[Math.Min(1, args.Length)..]); break;
    case var other: Console.Error.WriteLine($"unknown bench '{other}': calls"); return 2;
}
return 0;
