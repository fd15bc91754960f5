using ClawGrains.Client.Mcp.Approvals;
using ClawGrains.Client.Mcp.Autogen;
using ClawGrains.Contracts;
using Microsoft.Extensions.Logging;

namespace ClawGrains.Client.Mcp;

/// <summary>What follows the sessions of a tenant beside serving them.</summary>
/// <param name="Recorder">Notes tool calls.</param>
/// <param name="Prompts">Asks users to decide on approvals.</param>
internal sealed record McpObservers(ToolCallRecorder Recorder, ApprovalPrompts Prompts)
{
    /// <summary>Those of a tenant.</summary>
    public static McpObservers Of(IClusterClient client, TenantId tenant, ILoggerFactory loggers) =>
        new(ToolCallRecorder.Of(client, tenant, loggers), new ApprovalPrompts(client, tenant, loggers.CreateLogger<ApprovalPrompts>()));
}
