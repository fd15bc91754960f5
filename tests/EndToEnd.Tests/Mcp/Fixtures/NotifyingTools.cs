using System.Text.Json.Nodes;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

#pragma warning disable MCP9005 // Logging is deprecated from 2026-07-28 on; clients of older revisions have it.

namespace ClawGrains.EndToEnd.Tests.Mcp.Fixtures;

/// <summary>Tools that tell of themselves while they run.</summary>
internal static class NotifyingTools
{
    public static IEnumerable<FixtureTool> All =>
    [
        FixtureTool.Of("test_tool_with_logging", "Logs three times", async (request, cancellationToken) =>
        {
            foreach (var line in new[] { "Tool execution started", "Tool processing data", "Tool execution completed" })
                await LogAsync(request, line, cancellationToken);
            return FixtureTool.Text("Tool with logging executed successfully");
        }),
        FixtureTool.Of("test_tool_with_progress", "Reports progress three times", async (request, cancellationToken) =>
        {
            foreach (var progress in new[] { 0, 50, 100 })
                if (request.Params.ProgressToken is { } token)
                    await request.Server.NotifyProgressAsync(
                        token, new ProgressNotificationValue { Progress = progress, Total = 100, Message = $"{progress} of 100" },
                        cancellationToken: cancellationToken);
            return FixtureTool.Text(request.Params.ProgressToken?.ToString() ?? "no token");
        }),
        FixtureTool.Of("test_logging_tool", "Logs where the request asks for it", async (request, cancellationToken) =>
        {
            if (request.JsonRpcRequest.Context?.LogLevel is not null) await LogAsync(request, "logged", cancellationToken);
            return FixtureTool.Text("done");
        }),
    ];

    private static Task LogAsync(RequestContext<CallToolRequestParams> request, string line, CancellationToken cancellationToken) =>
        request.Server.SendMessageAsync(
            new JsonRpcNotification
            {
                Method = NotificationMethods.LoggingMessageNotification,
                Params = new JsonObject { ["level"] = "info", ["logger"] = "fixture", ["data"] = line },
            },
            cancellationToken);
}
