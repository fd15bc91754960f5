using ClawGrains.Client.Commands;

return await CommandLine.RunAsync(args);
