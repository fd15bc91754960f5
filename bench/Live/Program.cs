using ClawGrains.Live.Bench;

return await LiveBench.RunAsync(args);
