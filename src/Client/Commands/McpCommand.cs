using System.CommandLine;
using ClawGrains.Client.Connection;
using ClawGrains.Client.Hosting;
using ClawGrains.Client.Mcp;
using ClawGrains.Client.Mcp.Http;
using ClawGrains.Client.Mcp.PluginFeatures;
using ClawGrains.Client.Mcp.SkillFeatures;
using ClawGrains.Client.Mcp.Stdio;
using ClawGrains.Contracts;

namespace ClawGrains.Client.Commands;

internal static class McpCommand
{
    public static Command Create()
    {
        var command = new Command("mcp", "Serve MCP over standard input and output, through the running host if there is one")
        {
            CommonOptions.EnablePlugins,
        };
        command.SetAction(async (call, cancellationToken) =>
        {
            var paths = CommonOptions.Paths(call);
            if (HostRecord.Read(paths) is { } host) await McpBridge.RunAsync(host, TokenOf(host, paths), cancellationToken);
            else await ServeAsync(paths, call.GetValue(CommonOptions.EnablePlugins), cancellationToken);
            return CommandLine.Done;
        });
        return command;
    }

    private static async Task ServeAsync(HostPaths paths, bool enablePlugins, CancellationToken cancellationToken)
    {
        await using var host = await InProcessConnection.StartAsync(paths, watch: true, cancellationToken, enablePlugins);
        await McpStdio.RunAsync(
            [SkillFeatureSource.Of(host.Grains, TenantId.Default), PluginFeatureSource.Of(host.Grains, TenantId.Default)], new McpOptions { Observers = loggers => McpObservers.Of(host.Grains, TenantId.Default, loggers) }, cancellationToken);
    }

    private static string? TokenOf(HostRecord host, HostPaths paths) =>
        host.NeedsToken ? BearerToken.Read(paths.DataDirectory) : null;
}
