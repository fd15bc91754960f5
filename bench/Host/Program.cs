using ClawGrains.Host.Bench;

return await HostBench.RunAsync(args);
